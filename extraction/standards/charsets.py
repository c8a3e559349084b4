"""Bytes of strangers as text, in the charset that it names, else in the likeliest one."""

from __future__ import annotations

import codecs
import re
from contextlib import suppress

_NO_CHARSETS = frozenset({"idna", "punycode", "unicode_escape", "raw_unicode_escape", "undefined", "mbcs", "oem"})
"""Codecs of Python that no mail is written in; of these, punycode and idna take quadratic time."""

# Unicode's category Cc, without line feed and tab
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")


def decode(data: bytes, charset: str | None) -> str:
    """The text of bytes. An unknown or wrong charset is not believed: UTF-8 is tried, then Western text is taken."""
    for name in (charset or "utf-8", "utf-8"):
        with suppress(LookupError, ValueError):
            if codecs.lookup(name[:40]).name not in _NO_CHARSETS:
                return data.decode(name[:40])
    return data.decode("cp1252", "replace")


def printable(text: str) -> str:
    """The text with plain line breaks, without control characters and halves of characters.

    Databases and JSON take neither of those.
    """
    whole = text.replace("\r\n", "\n").replace("\r", "\n").encode("utf-8", "replace").decode()
    return _CONTROLS.sub("", whole)
