"""Files that stand uuencoded in a plain text, as old scanners and Unix programs still send them (POSIX uuencode)."""

from __future__ import annotations

import binascii
import re

_BEGIN = re.compile(r"begin(?: |-base64 )[0-7]{3,4} (.{1,200})")
_LINE = re.compile(r"[\x20-\x60]{1,90}")


def take_out(text: str) -> tuple[str, list[tuple[str, bytes]]]:
    """The text without the uuencoded files in it, and these with their names. Unfinished ones stay in the text."""
    if "\nend" not in text or "begin" not in text:
        return text, []
    kept: list[str] = []
    files: list[tuple[str, bytes]] = []
    name, body, since = "", bytearray(), -1
    for line in text.split("\n"):
        kept.append(line)
        if since >= 0 and line.strip() == "end":
            del kept[since:]
            files.append((name, bytes(body)))
            since = -1
        elif since >= 0 and _LINE.fullmatch(line):
            body += _decoded(line)
        elif begin := _BEGIN.fullmatch(line.rstrip()):
            name, body, since = begin[1].strip(), bytearray(), len(kept) - 1
        elif line.strip():
            since = -1
    return "\n".join(kept), files


def _decoded(line: str) -> bytes:
    """The bytes of a line; broken encoders pad too little or too much, so their count is believed."""
    try:
        return binascii.a2b_uu(line.encode("ascii"))
    except binascii.Error:
        length = (ord(line[0]) - 32) & 63
        body = line[1 : 1 + (length * 4 + 2) // 3]
        try:
            return binascii.a2b_uu((line[0] + body).encode("ascii"))
        except binascii.Error:
            return b""
