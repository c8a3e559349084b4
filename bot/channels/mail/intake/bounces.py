"""Bounces: a mail server's note of what became of a mail of ours (RFC 3464), and the many that keep to no standard.

A note is believed for what it is about only: a mail whose Message-ID is ours and known to nobody but whoever got it.
"""

from __future__ import annotations

import email
import email.policy
import re
from dataclasses import dataclass
from email.message import Message

from bot.channels.mail import headers

_MOST_BYTES = 512 * 1024
_MOST_PARTS = 50
_ID = re.compile(r"<([\x21-\x3b\x3d\x3f-\x7e]{3,400})>")
_STATUS_LINE = re.compile(r"\b([245]\d\d[ -](?:[245]\.\d{1,3}\.\d{1,3} )?[^\r\n]{0,200})")


@dataclass(frozen=True)
class Bounce:
    """What a bounce says. `message_ids` are those it may be about; `failed` that the mail will not arrive: else it is
    only late, or arrived. `reason` is the server's word on it, "" for none."""

    message_ids: tuple[str, ...]
    failed: bool
    reason: str


def read_bounce(raw: bytes) -> Bounce:
    """Reads a mail that is a report or that a mail server sent. Never raises."""
    mail = email.message_from_bytes(raw[:_MOST_BYTES], policy=email.policy.compat32)
    parts = _parts(mail)
    status = [part for part in parts if part.get_content_type() == "message/delivery-status"]
    fields = [block for part in status for block in _blocks(part)]
    actions = {headers.first(block, "Action").lower() for block in fields} - {""}
    text = _text(raw)
    failed = "failed" in actions if actions else bool(headers.first(mail, "X-Failed-Recipients") or not status)
    said = next(
        (
            headers.first(block, "Diagnostic-Code")
            for block in fields
            if headers.first(block, "Action").lower() == "failed"
        ),
        "",
    )
    said = said.partition(";")[2].strip() if ";" in said else said
    found = _STATUS_LINE.search(text)
    status_code = next((headers.first(block, "Status") for block in fields if headers.first(block, "Status")), "")
    return Bounce(
        message_ids=tuple(dict.fromkeys(_ID.findall(text)))[:100],
        failed=failed,
        reason=(said or status_code or (found[1] if found else ""))[:300].strip(),
    )


def _parts(mail: Message) -> list[Message]:
    try:
        return [part for _, part in zip(range(_MOST_PARTS), mail.walk(), strict=False)]
    except RecursionError:
        return [mail]


def _blocks(part: Message) -> list[Message]:
    """The groups of fields of a delivery status: of the message, then of each recipient (RFC 3464, 2.1)."""
    payload = part.get_payload()
    return [block for block in payload if isinstance(block, Message)] if isinstance(payload, list) else []


def _text(raw: bytes) -> str:
    """The whole as text, in which message ids are looked for; lines that were folded or broken are joined."""
    text = raw[:_MOST_BYTES].decode("utf-8", "replace").replace("=\r\n", "").replace("=\n", "").replace("=3D", "=")
    return re.sub(r"\r?\n[ \t]+", " ", text)
