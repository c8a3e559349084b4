"""The words beside a value that say what it is, matched in spite of accents, case and what OCR makes of them.

Each language is a file of `languages/`: its subjects, their roles, and for each role the words that mean it. A word is
a regular expression over folded text, written as the language spells it, accents and all, without punctuation.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Mapping
from functools import cache, lru_cache
from pathlib import Path

from rapidfuzz import process
from rapidfuzz.distance import Levenshtein
from text_unidecode import unidecode

LANGUAGES = Path(__file__).parent / "languages"

ROLES: Mapping[str, tuple[str, ...]] = {
    "amount": (
        *("forward", "rounded", "savings", "service", "change", "advance", "rounding", "tip", "due", "net_total"),
        *("subtotal", "cash", "inclusive", "tax", "quantity", "total"),
    ),
    "tax_sum": ("summary",),
    "levy": (
        "central",
        "state",
        "integrated",
        "county",
        "city",
        "cess",
        "quebec",
        "provincial",
        "harmonised",
        "federal",
    ),
    "date": ("stamp", "due", "invoice", "unrelated", "period", "issue", "plain"),
    "number": ("payment", "order", "other", "invoice", "yours"),
    "reference": ("advance", "preceding"),
    "word": ("number",),
    "party": ("seller", "buyer", "client", "others"),
    "caption": ("heading",),
    "title": ("credit_note", "statement", "other", "invoice", "receipt"),
    "items": ("total", "unit_price", "quantity", "tax_rate", "discount", "position", "day", "description"),
}
"""The roles of each subject. Of several whose words a text has the first counts: narrow before wide ones.

`levy` are taxes of one bill that are paid together. `tax_sum.summary`: in a summary of tax by rate a total row repeats
the net amount and tax. `number.yours` is said by the seller of a number that the buyer gave, `word.number` is what
languages call a number. `reference.preceding` names an invoice that the paper is about, `reference.advance` one for a
part of what is billed. Of the buyer's words `party.client` are those that name who buys, whoever the bill is sent to,
and `party.others` name others. `caption.heading` stands alone on tills' papers and forms as a name might: it must match
whole, and so must the headings of a table of lines, `items`.
"""

LATIN_LETTERS: Mapping[int, str] = str.maketrans(
    {"ß": "ss", "ł": "l", "Ł": "L", "ø": "o", "Ø": "O", "æ": "ae", "Æ": "AE", "œ": "oe", "Œ": "OE", "đ": "d", "Đ": "D"}
    | {"ı": "i", "ħ": "h", "Ħ": "H", "ð": "d", "Ð": "D", "þ": "th", "Þ": "TH"}
)
"""Latin letters that Unicode does not take apart, since they are no base letter with an accent."""

_WHOLE = {
    **LATIN_LETTERS,
    **{point: re.sub("[^A-Za-z]", "", unidecode(chr(point))) for point in (*range(0x370, 0x400), *range(0x400, 0x460))},
}
"""These, and Greek and Cyrillic ones."""

_ALIKE = 0.79
"""The share of a word's letters that are as read: one taken for another is a fault, as is one that is lost or added."""

_LETTERS = str.maketrans("01589|", "olsbgl")


_SHORTEST_MISREAD = {"en": 5, "de": 5, "fr": 5, "es": 5, "it": 5, "nl": 5}
"""Letters of a word, by language, from which a misread one is put right: in shorter words a letter makes another word.

The recogniser was trained on these languages. In others 8: what it makes of their letters is no nearer to one of their
words than to many of these.
"""


_EVERYDAY = frozenset({"reference", "levy", "caption"})
"""Subjects of everyday words ("for our invoice", "city tax"), which tell neither labels nor languages."""

_TELLING, _FEWEST = 4, 3
"""Letters of a word by which a language is known, and how many of its words that takes at least."""


@cache
def vocabulary() -> Mapping[str, Mapping[str, re.Pattern[str]]]:
    """For each subject its roles in order, each with one pattern over folded text: the words of all languages."""
    return {
        subject: {
            role: _pattern([word for words in _languages().values() for word in words.get(subject, {}).get(role, ())])
            for role in roles
        }
        for subject, roles in ROLES.items()
    }


def _pattern(words: list[str]) -> re.Pattern[str]:
    """One pattern of all these words, which matches whole words only."""
    return re.compile(rf"(?<![a-z0-9])(?:{'|'.join(dict.fromkeys(words))})(?![a-z0-9])")


@cache
def _languages() -> Mapping[str, Mapping[str, Mapping[str, list[str]]]]:
    """For each language (ISO 639-1) its subjects, their roles and their words, in the letters a to z."""
    return {file.stem: tomllib.loads(_latin(file.read_text("utf-8"))) for file in sorted(LANGUAGES.glob("*.toml"))}


@cache
def as_spelt(subject: str, role: str) -> Mapping[str, tuple[str, ...]]:
    """For each language its words of a role as it spells them, in its own letters."""
    files = {file.stem: tomllib.loads(file.read_text("utf-8")) for file in sorted(LANGUAGES.glob("*.toml"))}
    return {language: tuple(words.get(subject, {}).get(role, ())) for language, words in files.items()}


@cache
def words_of(language: str) -> frozenset[str]:
    """Every plain word in the vocabulary of a language, however short, folded."""
    subjects = (roles for subject, roles in _languages()[language].items() if subject not in _EVERYDAY)
    patterns = (word for roles in subjects for words in roles.values() for word in words)
    return frozenset(word for text in patterns for word in re.findall(r"(?<![\\a-z])[a-z]+", text))


@cache
def keywords() -> frozenset[str]:
    """Every plain word of three letters or more in the vocabulary."""
    return frozenset(word for language in _languages() for word in words_of(language) if len(word) >= 3)


@cache
def _often_misread(length: int) -> tuple[str, ...]:
    """The words that a misread one of so many letters may stand for, in order."""
    words = {
        word
        for language in _languages()
        for word in words_of(language)
        if len(word) >= _SHORTEST_MISREAD.get(language, 8)
    }
    return tuple(sorted(word for word in words if abs(len(word) - length) <= (1 - _ALIKE) * max(len(word), length)))


def _latin(text: str) -> str:
    """The text in the letters a to z, without accents; what is none of them and no ASCII is left out."""
    return unicodedata.normalize("NFKD", text.translate(_WHOLE)).encode("ascii", "ignore").decode()


@lru_cache(maxsize=20_000)
def fold(text: str) -> str:
    """Lower case, no accents, words of letters apart from one blank; a misread word is put right if one is close."""
    plain = _latin(text).lower()
    return " ".join(_word(word) for word in re.findall(r"[a-z0-9|]+|[#%@]", plain))


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
    close = process.extractOne(
        letters, _often_misread(len(letters)), scorer=Levenshtein.normalized_similarity, score_cutoff=_ALIKE
    )
    return close[0] if close else letters


def spelt(text: str) -> list[str]:
    """The words of a text as they are read, in the letters a to z: none is taken for another."""
    return re.findall(r"[a-z0-9]+", _latin(text).lower())


def languages_of(text: str) -> frozenset[str]:
    """English, and the languages of a document's labels: those of which it has most words, or half as many."""
    words = {word for word in spelt(text) if len(word) >= _TELLING}
    counts = {language: len(words & words_of(language)) for language in _languages()}
    most = max(counts.values())
    return frozenset(language for language, count in counts.items() if count >= max(_FEWEST, most / 2)) | {"en"}


@lru_cache(maxsize=20_000)
def role_of(subject: str, text: str) -> str:
    """The first role of the subject whose words occur in the text, "" if none does."""
    folded = fold(text)
    return next((role for role, pattern in vocabulary()[subject].items() if pattern.search(folded)), "")


def has(subject: str, role: str, text: str) -> bool:
    """Whether words of that role occur in the text."""
    return bool(vocabulary()[subject][role].search(fold(text)))
