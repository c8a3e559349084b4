"""Whether a file is a mail, by its content: programs attach mails as octet-stream, text or under any name."""

from __future__ import annotations

import re

_FIELD = re.compile(
    rb"^(From|To|Date|Subject|Received|Return-Path|Message-ID|MIME-Version|Delivered-To|Content-Type|X-[\w-]{2,40}):\s",
    re.IGNORECASE | re.MULTILINE,
)
_BEGINNING = re.compile(rb"(?:From [^\r\n]{1,200}\r?\n)?[!-9;-~]{1,60}:[ \t\r\n]")
_OF_MAILS = ("message/rfc822", "message/global")


def looks_like_mail(data: bytes, name: str = "", media_type: str = "") -> bool:
    """Whether the file begins with the header of a mail: three fields that mails have, two where it says it is one."""
    head = data[:4_096].lstrip(b"\xef\xbb\xbf \t\r\n")
    if not _BEGINNING.match(head):
        return False
    header = re.split(rb"\r?\n\r?\n", head, maxsplit=1)[0]
    fields = {field.lower() for field in _FIELD.findall(header)}
    says_so = media_type in _OF_MAILS or name.lower().endswith((".eml", ".mht", ".mhtml"))
    known = {b"from", b"date", b"subject", b"received", b"message-id", b"mime-version", b"return-path", b"content-type"}
    return len(fields & known) >= (1 if says_so else 3)
