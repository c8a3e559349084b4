"""Header fields of mails as they really come: raw 8-bit text, broken encoded words, wrong charsets.

Nothing here raises, whatever the mail holds, and nothing takes longer than in proportion to the field's length.
"""

from __future__ import annotations

import re
from contextlib import suppress
from email.header import decode_header
from email.message import Message
from email.utils import unquote

from extraction.standards.charsets import decode, printable

_LONGEST_ENCODED = 4_000  # characters in which encoded words are looked for; the search is not linear


def values(mail: Message, name: str) -> list[str]:
    """All values of a header, in order, unfolded, encoded words not yet decoded."""
    found = [value for header, value in mail.raw_items() if header.lower() == name.lower()]
    return [" ".join(repaired(str(value)).split()) for value in found]


def first(mail: Message, name: str) -> str:
    """The first value of a header; "" where the mail has none."""
    return next(iter(values(mail, name)), "")


def text(mail: Message, name: str) -> str:
    """The first value of a header with its encoded words (RFC 2047) decoded, on one line."""
    return decoded(first(mail, name))


def decoded(value: str) -> str:
    """The value with its encoded words decoded; as it stands where they are broken."""
    if "=?" in value:
        head, rest = value[:_LONGEST_ENCODED], value[_LONGEST_ENCODED:]
        with suppress(Exception):  # decode_header raises errors of many kinds on broken words
            value = "".join(map(_word, decode_header(head))) + rest
    return " ".join(printable(value).split())


def _word(piece: tuple[bytes | str, str | None]) -> str:
    """What one piece of a decoded header says. Python gives what lies between encoded words as escaped bytes."""
    data, charset = piece
    if isinstance(data, str):
        return data
    return decode(data, charset) if charset else data.decode("raw-unicode-escape")


def media_type(part: Message) -> str:
    """The media type that a part claims, in lower case."""
    return printable(part.get_content_type())[:100]


def file_name(part: Message) -> str:
    """The name of an attachment without any folders; "" where it has none."""
    name: object = ""
    with suppress(Exception):  # RFC 2231 continuations that are out of order or in an unknown charset
        name = part.get_param("filename", None, "content-disposition") or part.get_param("name", "")
        if isinstance(name, tuple):  # charset, language, text (RFC 2231)
            name = decode(bytes(str(name[2]), "raw-unicode-escape"), name[0])
        name = unquote(str(name))
    return plain_name(decoded(repaired(str(name))))


def plain_name(name: str) -> str:
    """The name of a file without folders and quotes, of at most 200 characters."""
    return re.split(r"[/\\]", printable(name).replace("\n", " "))[-1].strip().strip('"')[:200]


def repaired(value: str) -> str:
    """Bytes that a header must not hold (surrogates, as the parser keeps them) as UTF-8, else as Western text."""
    try:
        data = value.encode("ascii", "surrogateescape")
    except UnicodeEncodeError:  # already decoded text
        return value.encode("utf-8", "replace").decode()
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")
