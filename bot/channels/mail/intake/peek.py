"""The outside of a mail: what its headers say, read without looking into it.

Only this much is read of a mail that may be a stranger's, and it is quick whatever the mail holds: the header fields
alone, of which so many bytes count.
"""

from __future__ import annotations

import email
import email.policy
import re
from dataclasses import dataclass
from datetime import datetime
from email.message import Message
from email.parser import BytesHeaderParser

from bot.channels.mail import headers
from bot.channels.mail.automatic_mail import MailKind, is_bounce, mail_kind
from bot.channels.mail.intake.mail_key import mail_key
from storage.mail.mail_log import ArrivedMail

_HEADER_BYTES = 256 * 1024
_HEADER_FIELDS = 500
_END = re.compile(rb"\r?\n\r?\n|\r\r")
_TO_US = ("Delivered-To", "X-Original-To", "Envelope-To", "X-Envelope-To", "To", "Cc")
_FORWARDED = (
    "X-Forwarded-For",
    "X-Forwarded-To",
    "X-Original-To",
    "Delivered-To",
    "Resent-From",
    "Resent-Sender",
    "Resent-To",
    "Resent-Cc",
    "X-MS-Exchange-Inbox-Rules-Loop",
    "X-Envelope-To",
)
"""What programs write that forward mail by a rule: Gmail, Exchange ("redirect"), Sieve, Postfix, qmail; RFC 5322,
3.6.6. In `Delivered-To` stands each mailbox that the mail went through."""
_ADDRESS = re.compile(r"[\w.!#$%&'*+/=?^`{|}~-]{1,64}@[\w.-]{1,253}")
_MOST_ADDRESSES = 50


@dataclass(frozen=True)
class Outside:
    """What the headers say. `tags` are what stands behind the "+" of the addresses of ours it was sent to; `forwarders`
    the other addresses that it came by, which anybody could have written there; `ours` those of ours that it was sent
    to."""

    arrived: ArrivedMail
    kind: MailKind
    bulk: bool
    bounce: bool
    tags: tuple[str, ...]
    forwarders: tuple[str, ...]
    ours: tuple[str, ...] = ()


def peek(raw: bytes, *, way: str, address: str) -> Outside:
    """Reads the headers of a mail; `address` is ours, `way` how it came ("IMAP", "SMTP", "LMTP")."""
    mail = _headers(raw)
    name, sender = headers.sender(mail)
    message_id = next(iter(headers.message_ids(mail, "Message-ID")), "")
    ours = address.lower()
    domain = ours.rpartition("@")[2]
    to_us = [found for found in _addresses(mail, _TO_US) if _without_tag(found) in (ours, f"postmaster@{domain}")]
    by = tuple(found for found in _addresses(mail, _FORWARDED) if _without_tag(found) != ours and found != sender)
    return Outside(
        arrived=ArrivedMail(
            key=mail_key(message_id, sender, headers.first(mail, "Date"), raw),
            message_id=message_id[:300],
            sender=sender,
            sender_name=name[:200],
            subject=headers.text(mail, "Subject")[:300],
            recipient=to_us[0] if to_us else "",
            way=way,
            bytes=len(raw),
            said_at=_sane(headers.date(mail)),
        ),
        kind=mail_kind(mail),
        bulk=any(headers.first(mail, header) for header in ("List-Id", "List-Unsubscribe", "Precedence")),
        bounce=is_bounce(mail),
        tags=tuple(dict.fromkeys(found.partition("@")[0].partition("+")[2] for found in to_us if "+" in found)),
        forwarders=by,
        ours=tuple(to_us),
    )


def _headers(raw: bytes) -> Message:
    head = raw[:_HEADER_BYTES]
    end = _END.search(head)
    lines = head[: end.start() if end else None].splitlines(keepends=True)
    return BytesHeaderParser(policy=email.policy.compat32).parsebytes(b"".join(lines[: _HEADER_FIELDS * 4]))


def _addresses(mail: Message, names: tuple[str, ...]) -> list[str]:
    """The addresses in these headers, in lower case, each once."""
    found = [
        address.lower()
        for name in names
        for value in headers.values(mail, name)[:_MOST_ADDRESSES]
        for address in _ADDRESS.findall(value[:5000])
    ]
    return list(dict.fromkeys(found))[:_MOST_ADDRESSES]


def _without_tag(address: str) -> str:
    local, _, domain = address.rpartition("@")
    return f"{local.partition('+')[0]}@{domain}"


def _sane(date: datetime | None) -> datetime | None:
    """A date that a database can keep; None for the years that forgers and broken clocks write."""
    return date if date and 1980 <= date.year <= 2200 else None
