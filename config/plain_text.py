"""Text from strangers as it may be shown, without what a terminal would obey or what turns its order around; and as it
may be compared."""

from __future__ import annotations

import re
import unicodedata

_OBEYED = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f"  # C0 and C1 controls (ECMA-48): escape sequences begin with one of them
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"  # bidirectional formatting (UAX 9): "fdp.exe" reads as "exe.pdf"
    "\u2028\u2029\ufeff\ufff9-\ufffb\U000e0000-\U000e007f"  # lines of another kind, annotations, tags: never seen
    "\ud800-\udfff]"  # halves of characters, which no encoder takes
)


def plain_text(text: str) -> str:
    """The text without control characters, save line feed and tab, and without marks of writing direction.

    Line breaks of every system are line feeds. A sequence without its first character is harmless words.
    """
    return _OBEYED.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def fold(text: str) -> str:
    """Lower case, without accents: what two ways of typing a word have in common ("Fällig" → "fallig")."""
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))
