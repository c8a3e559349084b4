"""The phrases that people say, read from the tables in `phrases/`, and how a sentence is matched with them.

A phrase is written in folded words. "[the] bill" makes a word optional, "(bill|credit note)" gives a choice, "{day}" is
a slot for one or more words of the person's own, and "<bill>" a piece of `pieces.toml`.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from handlers.language.translation import LANGUAGES, Language

SUBJECTS = (
    "mail",
    "trail",
    "people",
    "reminders",
    "deeds",
    "bills",
    "money",
    "accounting",
    "books",
    "questions",
)
"""The tables of requests. Where two phrases fit, the earlier one decides."""

_TOKEN = re.compile(r"[\[\]()|]|\{\w+\}|[^\s\[\]()|{}]+")
_MARKS = {"[": "(?:", "(": "(?:", "]": ")?", ")": ")", "|": "|"}
_SLOT = r"(?P<{}_{}>\S+(?: \S+)*?) "
_WORD = re.compile(r"[^\s\[\]()|{}<>]+")


@dataclass(frozen=True)
class Phrase:
    """One way to say something. `first` are the words that it can begin with, None where it begins with a slot."""

    name: str
    text: str
    first: frozenset[str] | None


@cache
def phrases(*subjects: str) -> tuple[Phrase, ...]:
    """The phrases of these tables that have a choice or a slot, in their order."""
    return tuple(Phrase(name, text, _first_words(text)) for name, _, text in _all(subjects) if not _is_plain(text))


@cache
def set_phrases(*subjects: str) -> dict[str, str]:
    """What is said in fixed words → the name of its table; in case of doubt that of the earlier one."""
    plain = [(text, name) for name, _, text in _all(subjects) if _is_plain(text)]
    return dict(reversed(plain))


@cache
def words() -> Mapping[Language, frozenset[str]]:
    """The words that phrases are made of, by language."""
    tables = (*SUBJECTS, "followups", "modifiers")
    return {
        language: frozenset(
            word
            for _, spoken, text in _all(tables)
            if spoken == language
            for word in _WORD.findall(re.sub(r"\{\w+\}", " ", text))
        )
        for language in LANGUAGES
    }


@cache
def compiled(text: str) -> re.Pattern[str]:
    """The pattern of a phrase; it fits folded words of which each is followed by one blank."""
    return re.compile("".join(_part(sign, n) for n, sign in enumerate(_TOKEN.findall(text))))


def slots(found: re.Match[str]) -> dict[str, tuple[int, int]]:
    """Where in the words each slot of a phrase lies; slots without words are left out."""
    named = ((name.rpartition("_")[0], found.span(name)) for name in found.groupdict())
    return {name: (start, end) for name, (start, end) in named if start >= 0}


def _part(sign: str, n: int) -> str:
    if sign in _MARKS:
        return _MARKS[sign]
    return _SLOT.format(sign[1:-1], n) if sign.startswith("{") else re.escape(sign) + " "


def _is_plain(text: str) -> bool:
    return not re.search(r"[\[({]", text)


@cache
def _all(subjects: tuple[str, ...]) -> tuple[tuple[str, Language, str], ...]:
    """(name of the table, language, phrase) of all tables in these files."""
    pieces = _pieces()
    return tuple(
        (name, language, re.sub(r"<(\w+)>", lambda piece: pieces[piece[1]], text))
        for subject in subjects
        for name, said in _tables(subject).items()
        for language in LANGUAGES
        for text in said.get(language, ())
    )


def _tables(subject: str) -> dict[str, dict[str, list[str]]]:
    return tomllib.loads(files("handlers.understand").joinpath("phrases", f"{subject}.toml").read_text("utf-8"))


def _pieces() -> dict[str, str]:
    return tomllib.loads(files("handlers.understand").joinpath("phrases", "pieces.toml").read_text("utf-8"))


def _first_words(text: str) -> frozenset[str] | None:
    """The words that a sentence of this phrase can begin with; None for any."""
    found, optional, _ = _leading(_TOKEN.findall(text))
    return None if optional or "{" in found else frozenset(found)


def _leading(tokens: list[str], at: int = 0) -> tuple[set[str], bool, int]:
    """First words of the group that begins at `at`, whether it may be empty, and where it ends."""
    found: set[str] = set()
    empty = False
    open_ = True  # nothing of this alternative has been said yet
    while at < len(tokens) and tokens[at] not in ")]":
        sign = tokens[at]
        if sign == "|":
            empty, open_, at = empty or open_, True, at + 1
        elif sign in "([":
            inner, bare, end = _leading(tokens, at + 1)
            if open_:
                found |= inner
                open_ = bare or sign == "["
            at = end + 1
        else:
            if open_:
                found.add(sign[0] if sign.startswith("{") else sign)
            open_, at = False, at + 1
    return found, empty or open_, at
