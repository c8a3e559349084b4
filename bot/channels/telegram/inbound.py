"""What arrives from Telegram, as a `Message`: pure translation, nothing is fetched or answered."""

from __future__ import annotations

import re
from datetime import datetime

import telegram
from telegram.constants import ChatType

from handlers.messages import Attachment, Message


def to_message(update: telegram.Update, us: telegram.User, received_at: datetime) -> Message | None:
    """The message in an update; None when there is nothing for us in it.

    Not for us: what bots wrote, service notes such as a join, edits, and in a group whatever neither names us
    nor replies to us. `received_at` dates a pressed button, which Telegram does not date.
    """
    if update.callback_query:
        return _pressed(update.update_id, update.callback_query, received_at)
    if update.message:
        return _said(update.update_id, update.message, us)
    return None


def sent_id(message: telegram.MaybeInaccessibleMessage) -> str:
    """How `send` names a message: message ids are unique within a chat only."""
    return f"{message.chat.id}:{message.message_id}"


def _pressed(update_id: int, query: telegram.CallbackQuery, received_at: datetime) -> Message | None:
    if query.message is None or query.data is None:
        return None
    return Message(
        key=f"telegram:{update_id}",
        channel="telegram",
        conversation=_conversation(query.message),
        sender=str(query.from_user.id),
        sender_name=query.from_user.full_name,
        sent_at=received_at,
        choice=query.data,
        answers=f"sent:{sent_id(query.message)}",
    )


def _said(update_id: int, message: telegram.Message, us: telegram.User) -> Message | None:
    sender, answered = message.from_user, message.reply_to_message
    text = message.text or message.caption or ""
    if sender is None or sender.is_bot or not (text or message.effective_attachment):
        return None
    answers_us = answered is not None and answered.from_user is not None and answered.from_user.id == us.id
    if not (message.chat.type == ChatType.PRIVATE or answers_us or _names(message, text, us)):
        return None
    return Message(
        key=f"telegram:{update_id}",
        channel="telegram",
        conversation=_conversation(message),
        sender=str(sender.id),
        sender_name=sender.full_name,
        sent_at=message.date,
        text=_words(text, us),
        attachments=_attachments(message),
        answers=f"sent:{sent_id(answered)}" if answered and answers_us else None,
    )


def _conversation(message: telegram.MaybeInaccessibleMessage) -> str:
    """The chat, and the topic within it where the chat has topics.

    A group without topics also numbers the threads of its replies; those are not conversations of their own.
    """
    if isinstance(message, telegram.Message) and message.is_topic_message:
        return f"{message.chat.id}:{message.message_thread_id}"
    return str(message.chat.id)


def _names(message: telegram.Message, text: str, us: telegram.User) -> bool:
    mentioned = [entity.user for entity in (*message.entities, *message.caption_entities) if entity.user]
    return bool(_our_name(us).search(text)) or us in mentioned


def _our_name(us: telegram.User) -> re.Pattern[str]:
    return re.compile(rf"@{re.escape(us.username or '')}\b", re.IGNORECASE)


def _words(text: str, us: telegram.User) -> str:
    """What was said, without our name; a command as plain words.

    "/due@billify_bot" is "due" and "/mark_paid" is "mark paid". A link t.me/our_name?start=CODE arrives as
    "/start CODE": that is the code alone. The bare "/start" of each first visit asks for help.
    """
    text = _our_name(us).sub("", text).strip()
    command = re.fullmatch(r"/(\w+)\s*(.*)", text, re.DOTALL)
    if not command:
        return text
    name, rest = command.groups()
    if name == "start":
        return rest or "help"
    return f"{name.replace('_', ' ')} {rest}".strip()


def _attachments(message: telegram.Message) -> tuple[Attachment, ...]:
    """The file of a message (Telegram allows one), by its `file_id`; of a photo the largest size."""
    if message.photo:
        photo = max(message.photo, key=lambda size: size.width * size.height)
        return (Attachment("photo.jpg", "image/jpeg", handle=photo.file_id),)
    file = message.document or message.video or message.audio or message.voice
    if file is None:
        return ()
    name = getattr(file, "file_name", None) or type(file).__name__.lower()
    return (Attachment(name, file.mime_type or "application/octet-stream", handle=file.file_id),)
