"""Where a mail may bring back a mark of ours: in the ids it refers to, in the address it was sent to, in its text."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from bot.channels.mail import headers
from bot.channels.mail.addresses import detail
from bot.channels.mail.authentication.header_fields import fields, split
from bot.channels.mail.marks.reply_tokens import Proof, ReplyTokens

_SENT_TO = ("delivered-to", "x-original-to", "envelope-to", "x-envelope-to", "x-forwarded-to", "to", "cc")


def proof_of(
    raw: bytes,
    *,
    seals: ReplyTokens,
    references: Iterable[str],
    text: str,
    address: str,
    senders: Iterable[str],
    now: datetime,
) -> Proof | None:
    """What this mail was shown to answer or press, None for nothing.

    `references` are the message ids of its thread, `text` its words, `address` is ours, and `senders` are the addresses
    of whoever wrote it, of which the mark must be for one. The address that it was sent to counts only in an answer:
    address books keep it, and a new mail to it is about something new.
    """
    senders, references = tuple(senders), tuple(references)
    marks = (*details(raw, address), *references) if references else ()
    return seals.pressed(text, senders, now) or seals.answered(marks, senders, now)


def details(raw: bytes, address: str) -> list[str]:
    """What stands behind the "+" in our addresses that a mail was sent to, in the order of its headers."""
    named = [value for name, value, _ in fields(split(raw)[0]) if name in _SENT_TO]
    found = (detail(to, address) for value in named for _, to in headers.addresses(value))
    return [each for each in found if each]
