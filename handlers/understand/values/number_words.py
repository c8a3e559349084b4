"""Numbers in words, English and German: "fifty", "two hundred and fifty", "zwölfhundert", "half a million"."""

from __future__ import annotations

import re

from handlers.understand.text.words import fold
from handlers.understand.values.calendar_words import NUMBERS

_TENS = {
    word: 10 * n
    for n, words in enumerate(
        (
            "twenty zwanzig", "thirty dreissig", "forty vierzig", "fifty funfzig", "sixty sechzig", "seventy siebzig",
            "eighty achtzig", "ninety neunzig",
        ), start=2
    )
    for word in words.split()
}  # fmt: skip
SCALES = {
    "k": 1000, "tsd": 1000, "tausend": 1000, "thousand": 1000, "mio": 1_000_000, "million": 1_000_000,
    "millionen": 1_000_000, "millions": 1_000_000, "hundred": 100, "hundert": 100, "grand": 1000,
}  # fmt: skip
"""Words that multiply what stands before them."""

_NO_COUNTS = frozenset({"no", "keine", "a", "an", "ein", "eine", "einen", "einer", "once", "couple", "zero", "null"})
_SMALL = {word: n for word, n in NUMBERS.items() if word not in _NO_COUNTS} | _TENS
_UMLAUTS = (("fuenf", "funf"), ("zwoelf", "zwolf"), ("dreißig", "dreissig"))
LEAST_ALONE = 20
"""A smaller number in words is an amount only beside a scale or a currency: "one" mostly means something else."""


def word_value(word: str) -> int | None:
    """The number that one word is, with German compounds and English hyphens; None for other words."""
    plain = fold(word)
    for written, usual in _UMLAUTS:
        plain = plain.replace(written, usual)
    if "-" in plain:
        parts = [_SMALL.get(part) for part in plain.split("-")]
        return sum(part or 0 for part in parts) if all(parts) and len(parts) == 2 else None
    return _compound(plain)


def _compound(plain: str) -> int | None:
    if plain in ("ein", "eine", "eins"):
        return 1
    if plain in _SMALL:
        return _SMALL[plain]
    for scale, factor in (("tausend", 1000), ("hundert", 100)):
        head, found, tail = plain.partition(scale)
        if found:
            many = _compound(head) if head else 1
            rest = _compound(tail.removeprefix("und")) if tail else 0
            return many * factor + rest if many is not None and rest is not None else None
    unit, found, tens = plain.partition("und")
    return _compound(unit) + _TENS[tens] if found and tens in _TENS and unit in {"ein", *_SMALL} else None  # type: ignore[operator]


def is_number_word(plain: str) -> bool:
    """Whether a folded word is a number in words, or multiplies one."""
    return plain in SCALES or (plain not in _NO_COUNTS and word_value(plain) is not None)


def in_digits(said: str) -> str:
    """The text with its number in words, scales among them, written in digits; as it was where there is none."""
    said = re.sub(r"\b(?:half a|a half|eine halbe)\s+(?=milli)", "0.5 ", said, flags=re.IGNORECASE)
    words = said.split()
    start = next((n for n, word in enumerate(words) if is_number_word(fold(word))), None)
    if start is None or any(word[0].isdigit() for word in words):
        return said
    while start and words[start - 1].casefold() in ("a", "an", "ein", "eine"):
        start -= 1
    end = max(n for n, word in enumerate(words) if is_number_word(fold(word))) + 1
    value = _value([fold(word) for word in words[start:end]])
    told = end < len(words) or start > 0 or any(fold(word) in SCALES for word in words[start:end])
    if value is None or (value < LEAST_ALONE and not told):
        return said
    return " ".join([*words[:start], str(value), *words[end:]])


def _value(words: list[str]) -> int | None:
    """ "one thousand two hundred and fifty"."""
    total, current = 0, 0
    for word in words:
        if word in SCALES:
            factor = SCALES[word]
            current = max(current, 1) * factor
            if factor >= 1000:
                total, current = total + current, 0
        elif word in ("a", "an", "ein", "eine"):
            current += 1
        elif word not in ("and", "und"):
            value = word_value(word)
            if value is None:
                return None
            current += value
    return total + current
