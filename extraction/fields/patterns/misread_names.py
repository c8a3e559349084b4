"""Names as they are printed, where OCR mistook letters of them or read scraps beside them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from rapidfuzz import fuzz

_CAPITALS = str.maketrans("0158", "OISB")
_SMALL = str.maketrans("0158", "olsb")
_AMONG_LETTERS = re.compile(r"(?<=[^\W\d_])(?:[0158]+(?=[^\W\d_])|0+(?!\w))|(?<!\w)0(?=[^\W\d_]{3})")
_NUMBER = re.compile(r"[#(]?\d+(?:[-/.,]\d+)*\W*")
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})
_AGREEING = 75
"""Per cent of likeness from which a name and a web address are taken for one."""
_STROKES = re.compile(r"[Il1|!]{4,}|[Il1|!iNM]{6,}")


def lettered(text: str) -> str:
    """The text with those digits put right that stand among the letters of a word: PETR0KI0SK, FO0DS."""
    return re.sub(r"\w+", lambda word: _lettered(word[0]), text)


def without_scraps(text: str) -> tuple[int, int]:
    """Start and end of the text less what is neither word nor number at its edges ("% %.91 Cash & Carry")."""
    pieces = [piece.span() for piece in re.finditer(r"\S+", text) if not _is_scrap(piece[0])]
    return (pieces[0][0], pieces[-1][1]) if pieces else (0, len(text))


def is_barcode_noise(name: str) -> bool:
    """Whether it is what the stripes of a bar code or a rule are read as: strokes alone, or one or two letters."""
    return bool(_STROKES.search(name)) or (len(name) > 4 and len(set(name.casefold()) - {" "}) < 3)


def by_others(name: str, spellings: Iterable[str]) -> str:
    """The word as something else on the page spells it that it was probably read from, "" where nothing is like it.

    `spellings` are small letters without blanks: domains of web addresses, names in greetings. "R@SSMANN" and
    rossmann.de are ROSSMANN. A name that is one of them is right as it stands.
    """
    letters = plain(name)
    if " " in name or {letters, plain(name.casefold().translate(_UMLAUTS))} & set(spellings):
        return ""
    close = [other for other in spellings if len(other) > 3 and abs(len(other) - len(letters)) < 3]
    best = max(close, key=lambda other: fuzz.ratio(other, letters), default="")
    if not letters or fuzz.ratio(best, letters) < _AGREEING:
        return ""
    return best.upper() if sum(map(str.isupper, name)) * 2 > len(letters) else best.capitalize()


def _lettered(word: str) -> str:
    digits = sum(map(str.isdigit, word))
    letters = len(word) - digits
    if not digits or letters < max(3, 3 * digits):
        return word
    table = _SMALL if any(map(str.islower, word)) else _CAPITALS
    return _AMONG_LETTERS.sub(lambda found: found[0].translate(table), word)


def _is_scrap(piece: str) -> bool:
    """Whether a piece of text is neither word nor number; what links two names is not."""
    return piece != "&" and not any(map(str.isalpha, piece)) and not _NUMBER.fullmatch(piece)


def plain(name: str) -> str:
    """Its letters and digits in small, without accents, blanks and signs: as web addresses write it."""
    return "".join(char for char in unicodedata.normalize("NFKD", name.casefold()) if char.isascii() and char.isalnum())
