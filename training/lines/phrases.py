"""Texts of lines as business documents have them, drawn at random from the forms in phrases.toml."""

from __future__ import annotations

import re
import string
import tomllib
from collections.abc import Callable
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from random import Random

from babel.dates import format_date

_LISTS = {
    "en": "american-english",
    "de": "ngerman",
    "fr": "french",
    "es": "spanish",
    "it": "italian",
    "nl": "dutch",
    "pl": "polish",
    "da": "danish",
    "sv": "swedish",
    "nb": "bokmaal",
    "pt": "portuguese",
}
"""Debian's lists of words; of other languages the words of labels and wares are taken."""

_CORE = ("en", "de", "fr", "es", "it", "nl")
_OTHERS = (
    "pl",
    "cs",
    "sk",
    "sl",
    "hr",
    "hu",
    "ro",
    "tr",
    "et",
    "lv",
    "lt",
    "mt",
    "sv",
    "da",
    "nb",
    "fi",
    "pt",
    "ms",
    "id",
)
LANGUAGES = (*_CORE, *_OTHERS)
_SHARE_OF_OTHERS = 0.45  # of lines; what is known already is practised in the others

_KINDS = {
    "amount": 22,
    "labelled": 25,
    "moment": 8,
    "reference": 12,
    "prose": 16,
    "company": 6,
    "address": 5,
    "item": 9,
    "contact": 4,
    "scramble": 9,
}
"""How often, of their sum, a line is of a kind."""

_GROUPED = (("", "."), (",", "."), (".", ","), (" ", ","), ("'", "."), ("", ","), (" ", "."), ("’", "."))
_DATES = (
    *("dd.MM.yyyy", "dd/MM/yyyy", "MM/dd/yyyy", "yyyy-MM-dd", "dd-MM-yyyy", "d.M.yy", "dd/MM/yy", "MM/dd/yy"),
    *("d MMMM yyyy", "d. MMMM yyyy", "MMM d, yyyy", "MMMM d, yyyy", "dd MMM yyyy", "d MMM yy", "dd-MMM-yyyy"),
)
_ACCENTED = 0.5  # share of words that have an accent or the like: more than in print, since english_g2 knows none
_DRAWN = {"d": string.digits, "l": string.ascii_uppercase, "x": string.ascii_uppercase + string.digits}
_SIGNS = (
    "#%&()*+,-./:;=?@[]_!§°№²×\"'<>|~$€£¥₺₹"
    + "ÄÖÜäöüßÉÈÀÇéèàçñÑêëîïôùûœŒÅåØøÆæ¿¡"
    + "ąćęłńśźżčďěňřšťůžőűășțğışđāēėįūħġ"
)


def phrase(chance: Random, language: str = "") -> str:
    """The text of one line, in that language or else in any; never empty."""
    language = language or chance.choice(_OTHERS if chance.random() < _SHARE_OF_OTHERS else _CORE)
    text = _expanded(chance.choices(list(_KINDS), list(_KINDS.values()))[0], chance, language)
    return text.upper() if chance.random() < 0.25 else text


def _expanded(name: str, chance: Random, language: str) -> str:
    """One of the forms of a name, and whatever stands in it in braces, down to plain text."""
    if drawn := re.fullmatch(r"([dlx])(\d+)", name):
        return "".join(chance.choices(_DRAWN[drawn[1]], k=int(drawn[2])))
    if name in _MADE_UP:
        return _MADE_UP[name](chance, language)
    texts = _texts()
    forms = texts["forms"].get(name) or texts[language][name]
    return re.sub(r"{(\w+)}", lambda inner: _expanded(inner[1], chance, language), chance.choice(forms))


def _sum(chance: Random, language: str) -> str:
    """An amount in one of the conventions for thousands and decimals."""
    group, point = chance.choice(_GROUPED)
    size = chance.choice((10, 100, 100, 1000, 10_000, 100_000, 10_000_000))
    whole = f"{chance.randrange(size):,}".replace(",", group)
    cents = chance.randrange(100) if chance.random() < 0.7 else chance.choice((0, 50, 90, 95, 99))
    rare = ("", f"{point}-", f"{point}{chance.randrange(1000):03}")
    return whole + (f"{point}{cents:02}" if chance.random() < 0.92 else chance.choice(rare))


def _date(chance: Random, language: str) -> str:
    day = date(1998, 1, 1) + timedelta(chance.randrange(13_000))
    return format_date(day, chance.choice(_DATES), locale=language)


def _clock(chance: Random, language: str) -> str:
    parts = [chance.randrange(24), chance.randrange(60), chance.randrange(60)]
    return ":".join(f"{part:02}" for part in parts[: chance.choice((2, 2, 3))])


def _word(chance: Random, language: str) -> str:
    word = chance.choice(_words(language, chance.random() < _ACCENTED))
    return chance.choice((word, word.capitalize(), word.upper()))


def _scramble(chance: Random, language: str) -> str:
    """Any signs next to each other, so that none is ever read from its neighbours alone."""
    signs = chance.choices(string.ascii_letters + string.digits * 3 + _SIGNS, k=chance.randrange(2, 18))
    return "".join(signs) if chance.random() < 0.7 else " ".join(("".join(signs[:-3]), "".join(signs[-3:]))).strip()


_MADE_UP: dict[str, Callable[[Random, str], str]] = {
    "sum": _sum,
    "date": _date,
    "clock": _clock,
    "year": lambda chance, _: str(chance.randrange(2005, 2031)),
    "word": _word,
    "name": lambda chance, language: _word(chance, language).capitalize(),
    "site": lambda chance, language: re.sub(r"[^a-z]", "", _word(chance, language).lower()) or "office",
    "scramble": _scramble,
}


@cache
def _texts() -> dict[str, dict[str, list[str]]]:
    return tomllib.loads(Path(__file__).with_suffix(".toml").read_text())


@cache
def _words(language: str, accented: bool) -> list[str]:
    """The system's list of words, else those of the labels and wares; with `accented`, those beyond ASCII alone."""
    file = Path("/usr/share/dict") / _LISTS.get(language, "none")
    own = (text for texts in _texts()[language].values() for text in texts)
    listed = (file.read_text() if file.exists() else " ".join(own)).split()
    words = [word for word in listed if 2 < len(word) < 16]
    return [word for word in words if not (accented and word.isascii())] or words
