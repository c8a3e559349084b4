"""What makes a mail the same mail: not its Message-ID alone.

Scanners give each of their scans the same Message-ID, and some programs none at all; on the other hand the same mail
comes by two ways, or is repeated by a server that was not told in time, with other trace headers each time. So a
mail is known by its Message-ID together with its sender, its date and its content, which is everything below its
headers.
"""

from __future__ import annotations

import hashlib
import re

_LONGEST_ID = 100
"""Bytes. Longer message ids are known by their hash, so that our own, which contain them, stay below 250 characters."""
_DIGEST = 12
"""Hexadecimal digits: 48 bits, which no company's mails of one Message-ID exhaust."""
_END_OF_HEADERS = re.compile(rb"\r?\n[ \t]*\r?\n|\r\r")
_PREFIX = "mail:"
_KEY = re.compile(rf"{_PREFIX}(.+)/[0-9a-f]{{{_DIGEST}}}")


def mail_key(message_id: str, sender: str, date: str, raw: bytes) -> str:
    """The key of a mail, such as "mail:id@example.com/0123456789ab"; the same whenever the mail comes again.

    `message_id` is without brackets, "" where there is none; `date` is the Date header as it stands. Below 130 bytes.
    """
    content = hashlib.sha256()
    for part in (sender.lower(), " ".join(date.split())):
        content.update(part.encode("utf-8", "surrogateescape") + b"\0")
    content.update(_content(raw))
    return f"{_PREFIX}{_external_id(message_id, raw)}/{content.hexdigest()[:_DIGEST]}"


def message_id_of(key: str) -> str:
    """The Message-ID of the mail of this key; "" where it had none, or one that was too long to keep."""
    found = _KEY.fullmatch(key)
    return found[1] if found and "@" in found[1] else ""


def _external_id(message_id: str, raw: bytes) -> str:
    """The message id, or a hash in its place where there is none or it is too long. Only ids have an "@"."""
    if "@" in message_id and len(message_id.encode("utf-8", "surrogateescape")) <= _LONGEST_ID:
        return message_id
    return "sha256-" + hashlib.sha256(message_id.encode("utf-8", "surrogateescape") or _content(raw)).hexdigest()


def _content(raw: bytes) -> bytes:
    """All below the headers, with the ends of lines that a transport may change alike."""
    end = _END_OF_HEADERS.search(raw)
    body = raw[end.end() :] if end else b""
    return body.replace(b"\r\n", b"\n").rstrip()
