"""The header of a mail as the bytes it came in: its fields in order, and its one author. Linear in its length."""

from __future__ import annotations

import email
import email.policy
import re
from collections.abc import Iterator

from bot.channels.mail import headers
from bot.channels.mail.addresses import ascii_domain

_FIELD = re.compile(rb"([!-9;-~]+)[ \t]*:((?:[^\n]*\n[ \t])*[^\n]*(?:\n|$))")
_END = re.compile(rb"\r?\n\r?\n|^\r?\n")


def split(raw: bytes) -> tuple[bytes, bytes]:
    """The header, its last line end included, and the rest with the empty line before it."""
    end = _END.search(raw)
    if end is None:
        return raw, b""
    cut = end.start() if end.start() == 0 else end.start() + (2 if raw[end.start() : end.start() + 1] == b"\r" else 1)
    return raw[:cut], raw[cut:]


def fields(header: bytes) -> Iterator[tuple[str, str, bytes]]:
    """Name in lower case, value unfolded, and the bytes of each field. A line that is no field has the name ""."""
    position = 0
    while position < len(header):
        found = _FIELD.match(header, position)
        if found is None:
            end = header.find(b"\n", position) + 1 or len(header)
            yield "", "", header[position:end]
        else:
            end = found.end()
            value = " ".join(found[2].decode("utf-8", "replace").split())
            yield found[1].decode("ascii").lower(), value, found[0]
        position = end


def author_of(raw: bytes) -> str:
    """The one address in From, its domain as DNS has it; "" where there is none, or where there are several.

    Several From fields, or several addresses in it, are what forgers hope that readers and checks disagree about
    (RFC 7489, 6.6.1); nobody who writes an ordinary mail has them.
    """
    mail = email.message_from_bytes(split(raw)[0], policy=email.policy.compat32)
    values = headers.values(mail, "From")
    addresses = headers.addresses(values[0]) if len(values) == 1 else []
    _, sender = headers.sender(mail)
    if len(addresses) != 1 or not sender or ascii_domain(addresses[0][1]) != sender:
        return ""
    return sender
