"""A mail as it came in → a Message, with its files kept."""

from __future__ import annotations

import hashlib
import logging
from datetime import datetime

from bot.channels.channel import Files
from bot.channels.mail.parse import Mail
from bot.channels.mail.parsing_process import Parses, parse_in_thread
from bot.channels.mail.reply_tokens import ReplyTokens
from handlers.errors import BillifyError
from handlers.messages import Attachment, Message

log = logging.getLogger(__name__)

_LONGEST_ID = 100
"""Longer message ids are known by their hash, so that our own, which contain them, stay below 250 characters."""


async def receive(
    raw: bytes,
    *,
    files: Files,
    seals: ReplyTokens,
    address: str,
    now: datetime,
    parses: Parses = parse_in_thread,
) -> Message | None:
    """Keeps the files of a mail and says what it says. `address` is our own, `now` when it came in.

    None where it is not to be answered: our own mail, a bounce, an out-of-office note, a newsletter. That is logged.
    Raises: BillifyError when it says nobody whom one could answer.
    """
    mail = await parses(raw)
    if not mail.sender:
        raise BillifyError("The mail has no usable sender address in From, so it cannot be answered.")
    if reason := _why_not(mail, address):
        log.warning("Not taken in, %s: mail %r from %s", reason, mail.subject, mail.sender)
        return None
    message_id = _external_id(mail.message_id, raw)
    answers = seals.answered(mail.references, mail.sender)
    press = seals.pressed(mail.text, mail.sender)
    if press:
        answers = press.answers
    left_out = [file.name or file.media_type for file in mail.enclosures if file.incidental]
    if left_out:
        log.info("Not taken as documents: %s in mail %s", ", ".join(left_out), message_id)
    return Message(
        key=f"mail:{message_id}",
        channel="mail",
        conversation=_thread(mail, message_id, answers),
        sender=mail.sender,
        sender_name=mail.sender_name,
        sent_at=min(mail.sent_at or now, now),
        text=seals.without_code(mail.text) if press else mail.text,
        attachments=tuple(
            [
                Attachment(file.name or "attachment", file.media_type, await files.put(file.data), role=file.role)
                for file in mail.documents
            ]
        ),
        choice=press.choice if press else None,
        answers=answers,
        subject=mail.subject,
        automatic=mail.nature == "machine",
        proven=answers is not None,
        unread=mail.unread,
    )


def parent_id(message: Message) -> str:
    """The message id of the mail behind a Message; "" where it had none, or one that was too long to keep."""
    message_id = message.key.removeprefix("mail:")
    return message_id if "@" in message_id else ""


def root_id(message: Message) -> str:
    """The message id of the first mail of its thread; "" where there is none."""
    return message.conversation if "@" in message.conversation else ""


def _why_not(mail: Mail, address: str) -> str:
    if mail.sender == address.lower():
        return "it is our own"
    if mail.nature == "echo":
        return "it is a machine's answer"
    if mail.nature == "machine" and not mail.documents:
        return "a machine sent it, without a document"
    return ""


def _external_id(message_id: str, raw: bytes) -> str:
    """The message id, or a hash in its place where there is none or it is too long. Only ids have an "@"."""
    if "@" in message_id and len(message_id.encode()) <= _LONGEST_ID:
        return message_id
    return "sha256-" + hashlib.sha256(message_id.encode("utf-8", "surrogateescape") or raw).hexdigest()


def _thread(mail: Mail, message_id: str, answers: str | None) -> str:
    """The root of the mail's thread. A button's mail refers to nothing: it belongs to what its reply answered."""
    if mail.references:
        return mail.references[0]
    return answers.removeprefix("mail:").rpartition("#")[0] if answers else mail.message_id or message_id
