"""The bytes of a mail → who wrote it, what they said, which files are with it.

Nothing in a mail is so malformed that reading it fails; what cannot be decoded is kept as it came.

A mail that was forwarded as an attachment (message/rfc822) is looked into: its files count as files of the mail.
"""

from __future__ import annotations

import email
import email.policy
import logging
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from email.message import Message

from bot.channels.mail import body_text, headers
from bot.channels.mail.attachments import MailAttachment, is_incidental, opened
from bot.channels.mail.automatic_mail import MailKind, mail_kind
from handlers.errors import BillifyError

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Mail:
    """A mail as far as Billify needs it.

    `message_id` is "" where it has none; `references` are the ids of its thread, the root first. `text` is what
    the sender said, or the mail that they passed on where they said nothing and no file is with it. `sent_at` is
    None where its date is missing or unreadable.
    """

    message_id: str
    references: tuple[str, ...]
    sender: str
    sender_name: str
    subject: str
    sent_at: datetime | None
    text: str
    enclosures: tuple[MailAttachment, ...]
    nature: MailKind

    @property
    def documents(self) -> tuple[MailAttachment, ...]:
        """The files that somebody meant to send: without logos, signatures and calendar entries."""
        return tuple(file for file in self.enclosures if not file.incidental)


def parse(raw: bytes) -> Mail:
    """Reads a mail from its bytes (RFC 5322, MIME).

    Raises: handlers.errors.BillifyError for one thing only: parts within parts within parts, hundreds of times.
    """
    try:
        return _parse(email.message_from_bytes(raw, policy=email.policy.compat32))
    except RecursionError:
        raise BillifyError("This mail is nested too deeply to be read. Please send the files directly.") from None


def _parse(mail: Message) -> Mail:
    name, address = headers.sender(mail)
    subject = headers.text(mail, "Subject")
    enclosures = tuple(_enclosures(mail))
    said = body_text.words(_body(mail), subject)
    passed_on = said.passed_on or _passed_on_whole(mail)
    bare = not said.said and all(file.incidental for file in enclosures)
    return Mail(
        message_id=next(iter(headers.message_ids(mail, "Message-ID")), ""),
        references=headers.message_ids(mail, "References", "In-Reply-To"),
        sender=address,
        sender_name=name,
        subject=subject,
        sent_at=headers.date(mail),
        text=passed_on if bare else said.said,
        enclosures=enclosures,
        nature=mail_kind(mail),
    )


def _enclosures(mail: Message) -> Iterator[MailAttachment]:
    """All files in the mail and in the mails within it, in order."""
    shown = _shown_images(mail)
    for part in mail.walk():
        if not _is_file(part):
            continue
        data = _payload(part)
        name = headers.file_name(part)
        type_ = body_text.printable(part.get_content_type())[:100]
        in_text = headers.first(part, "Content-ID").strip("<>") in shown
        whole = MailAttachment(name, type_, data, is_incidental(type_, data, in_text))
        yield from opened(whole)


def _is_file(part: Message) -> bool:
    """Whether a part is a file: it has a name or says so, or is no text. Reports of mail servers are none."""
    if part.is_multipart() or part.get_content_maintype() in ("multipart", "message"):
        return False
    if part.get_content_disposition() == "attachment" or headers.file_name(part):
        return True
    return part.get_content_maintype() != "text"


def _shown_images(mail: Message) -> set[str]:
    """Content ids that an HTML text of the mail shows in place (RFC 2392)."""
    texts = [_text(part) for part in mail.walk() if part.get_content_type() == "text/html"]
    ids = (headers.first(part, "Content-ID").strip("<>") for part in mail.walk())
    return {id_ for id_ in ids if id_ and any(f"cid:{id_}" in text for text in texts)}


def _body(part: Message) -> str:
    """The text of a part: of alternatives the first that says anything, plain text being the first."""
    if part.get_content_type() in ("message/rfc822", "message/global") or _is_file(part):
        return ""
    if part.is_multipart():
        bodies = [body for child in part.get_payload() if isinstance(child, Message) and (body := _body(child))]
        return "".join(bodies[:1]) if part.get_content_subtype() == "alternative" else "\n\n".join(bodies)
    text = _text(part)
    text = body_text.printable(body_text.from_html(text) if part.get_content_type() == "text/html" else text)
    return text if text.strip() else ""


def _passed_on_whole(mail: Message) -> str:
    """The texts of the mails that are attached to this one."""
    inner = [part for part in mail.walk() if part is not mail and part.get_content_type() == "message/rfc822"]
    children = [child for part in inner if part.is_multipart() for child in part.get_payload()]
    return "\n\n".join(body for child in children if isinstance(child, Message) and (body := _body(child)))


def _payload(part: Message) -> bytes:
    """The decoded bytes of a part; as they stand where their encoding is broken."""
    with suppress(Exception):  # the decoders raise errors of many kinds
        data = part.get_payload(decode=True)
        if isinstance(data, bytes):
            return data
    log.warning("A part of a mail is encoded in a way that cannot be read; it is kept as it came.")
    return str(part.get_payload()).encode("utf-8", "surrogateescape")


def _text(part: Message) -> str:
    """The text of a part, in the charset that it names, else in the likeliest one."""
    data = _payload(part)
    charsets = ["utf-8"]
    with suppress(Exception):  # a charset parameter in broken RFC 2231 form
        charsets.insert(0, part.get_content_charset() or "utf-8")
    for charset in charsets:
        with suppress(LookupError, ValueError):
            return data.decode(charset)
    return data.decode("cp1252", "replace")
