"""The words beside a value that say what it is, matched in spite of accents, case and what OCR makes of them."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from functools import cache, lru_cache
from pathlib import Path

from rapidfuzz import fuzz, process

_WHOLE = str.maketrans(
    {"ß": "ss", "ł": "l", "Ł": "L", "ø": "o", "Ø": "O", "æ": "ae", "Æ": "AE", "œ": "oe", "Œ": "OE", "đ": "d", "Đ": "D"}
)
"""Letters that are no base letter with an accent, so that Unicode does not take them apart."""


_LETTERS = str.maketrans("01589|", "olsbgl")


@cache
def vocabulary() -> dict[str, dict[str, re.Pattern[str]]]:
    """`vocabulary.toml`: for each subject its roles, each with one pattern over folded text."""
    tables = tomllib.loads((Path(__file__).parent / "vocabulary.toml").read_text())
    return {
        subject: {role: re.compile(rf"(?<![a-z0-9])(?:{'|'.join(words)})(?![a-z0-9])") for role, words in roles.items()}
        for subject, roles in tables.items()
    }


@cache
def keywords() -> frozenset[str]:
    """Every plain word of three letters or more in the vocabulary."""
    patterns = [pattern.pattern for roles in vocabulary().values() for pattern in roles.values()]
    return frozenset(word for text in patterns for word in re.findall(r"(?<![\\a-z])[a-z]{3,}", text))


@cache
def _long_keywords() -> tuple[str, ...]:
    """Those that a misread word may stand for, in order: in shorter ones a letter makes another word."""
    return tuple(sorted(word for word in keywords() if len(word) >= 5))


@lru_cache(maxsize=20_000)
def fold(text: str) -> str:
    """Lower case, no accents, words of letters apart from one blank; a misread word is put right if one is close."""
    plain = unicodedata.normalize("NFKD", text.translate(_WHOLE)).encode("ascii", "ignore").decode().lower()
    return " ".join(_word(word) for word in re.findall(r"[a-z0-9|]+|[#%@]", plain.replace("n°", "no")))


@lru_cache(maxsize=20_000)
def _word(word: str) -> str:
    if word.isdigit() or len(word) < 4:
        return word
    stem = word.rstrip("0123456789")
    if stem in keywords():  # "TAX1", "MwSt19"
        return stem
    letters = word.translate(_LETTERS)
    if letters in keywords() or not letters.isalpha():
        return letters if letters.isalpha() else word
    close = process.extractOne(letters, _long_keywords(), scorer=fuzz.ratio, score_cutoff=80)
    return close[0] if close else letters


def role_of(subject: str, text: str) -> str:
    """The first role of the subject whose words occur in the text, "" if none does."""
    folded = fold(text)
    return next((role for role, pattern in vocabulary()[subject].items() if pattern.search(folded)), "")


def has(subject: str, role: str, text: str) -> bool:
    """Whether words of that role occur in the text."""
    return bool(vocabulary()[subject][role].search(fold(text)))
