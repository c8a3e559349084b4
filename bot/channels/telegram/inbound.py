"""What arrives from Telegram, as a `Message`: pure translation, nothing is fetched or answered."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

import telegram
from telegram.constants import ChatType, MessageEntityType

from bot.channels.telegram.attached import files_of, what_is_no_file
from bot.channels.telegram.membership import joined
from bot.channels.telegram.menu import COMMANDS
from handlers.messages import Message


def to_message(update: telegram.Update, us: telegram.User, received_at: datetime) -> Message | None:
    """The message in an update; None when there is nothing for us in it.

    Not for us: what bots wrote, service notes such as a pin, and in a group whatever is neither addressed to us nor a
    file. `received_at` dates a pressed button, which Telegram does not date.
    """
    if update.callback_query:
        return _pressed(update.update_id, update.callback_query, received_at)
    if update.message:
        return _said(update.update_id, update.message, us)
    if update.edited_message:
        return _edited(update.update_id, update.edited_message, us)
    if update.my_chat_member:
        return joined(update.update_id, update.my_chat_member, us)
    return None


def gathered(parts: Sequence[Message]) -> Message:
    """The parts of an album, in the order in which they came, as the one message that they are: its words, and whom it
    is addressed to, belong to all of it."""
    ordered = sorted(parts, key=lambda part: int(part.ids[0].rpartition(":")[2]))
    return replace(
        ordered[0],
        text="\n".join(part.text for part in ordered if part.text),
        attachments=(files := tuple(file for part in ordered for file in part.attachments)),
        unread=None if files else ordered[0].unread,
        ids=tuple(sent for part in ordered for sent in part.ids),
        addressed=any(part.addressed for part in ordered),
        answers=next((part.answers for part in ordered if part.answers), None),
        album="",
    )


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
        shared=query.message.chat.type != ChatType.PRIVATE,
        locale=query.from_user.language_code or "",
    )


def _edited(update_id: int, message: telegram.Message, us: telegram.User) -> Message | None:
    """An earlier message as it is now. Telegram also says so of a moving location, and of nothing that people see."""
    said = _said(update_id, message, us)
    if said is None or not (said.text or said.attachments):
        return None
    return replace(said, sent_at=message.edit_date or message.date, edited=True, album="")


def _said(update_id: int, message: telegram.Message, us: telegram.User) -> Message | None:
    sender, answered = message.from_user, _answered(message)
    text = message.text or message.caption or ""
    if sender is None or sender.is_bot or not (text or message.effective_attachment):
        return None
    forwarded, files = message.forward_origin is not None, files_of(message)
    shared = message.chat.type != ChatType.PRIVATE
    addressed = not shared or (not forwarded and _is_addressed(message, text, answered, us))
    if not (addressed or files):
        return None
    theirs = answered is not None and (answered.from_user is None or answered.from_user.id != us.id)
    said = text if forwarded else _typed(message, text)
    return Message(
        key=f"telegram:{update_id}",
        channel="telegram",
        conversation=_conversation(message),
        sender=str(sender.id),
        sender_name=sender.full_name,
        sent_at=message.date,
        text=_words(said or text, us),
        attachments=files,
        answers=f"sent:{sent_id(answered)}" if answered else None,
        ids=(sent_id(message),),
        shared=shared,
        addressed=addressed,
        forwarded=forwarded or (bool(text) and not said),
        quoted=files_of(answered) if answered and theirs else (),
        album=message.media_group_id or "",
        unread=None if files else what_is_no_file(message),
        locale=sender.language_code or "",
    )


def _answered(message: telegram.Message) -> telegram.Message | None:
    """The message that this one answers. In a group with topics whatever is no answer says that it answers the message
    that opened the topic."""
    answered = message.reply_to_message
    if answered is None or (message.is_topic_message and answered.message_id == message.message_thread_id):
        return None
    return answered


def _is_addressed(message: telegram.Message, text: str, answered: telegram.Message | None, us: telegram.User) -> bool:
    """Whether somebody in a group speaks to us: by our name, in answer to us, or by a command of ours that names no
    other bot. Others that stand alone may be of another bot that is there as well."""
    answers_us = answered is not None and answered.from_user is not None and answered.from_user.id == us.id
    commands = [one for one in message.entities if one.type == MessageEntityType.BOT_COMMAND and one.offset == 0]
    bare = bool(commands) and text[1 : commands[0].length].casefold() in COMMANDS
    return answers_us or bare or _names(message, text, us)


def _typed(message: telegram.Message, text: str) -> str:
    """The text without what is quoted in it."""
    quotes = (MessageEntityType.BLOCKQUOTE, MessageEntityType.EXPANDABLE_BLOCKQUOTE)
    units = text.encode("utf-16-le")
    for entity in reversed([one for one in (*message.entities, *message.caption_entities) if one.type in quotes]):
        units = units[: 2 * entity.offset] + units[2 * (entity.offset + entity.length) :]
    return units.decode("utf-16-le").strip()


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
    """What was said, without our name: "/due@billify_bot" is "/due"."""
    return _our_name(us).sub("", text).strip()
