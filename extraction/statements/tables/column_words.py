"""The words with which banks head their columns, tell which way money went, and name balances: `columns.toml`."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.resources import files

EXACT, BEGINS, CONTAINS = 3, 2, 1
"""How well a heading answers a word."""

_MOST_STATUS = 30
_LETTERS = re.compile(r"[^\W\d_]+")


@cache
def words(role: str) -> tuple[str, ...]:
    """The words of a role, small and without accents, the likelier first."""
    return tuple(folded(word) for word in _told()[role])


def folded(text: str) -> str:
    """Small, without accents and marks, blanks single: "Bokfört saldo (kr)" is "bokfort saldo kr"."""
    plain = unicodedata.normalize("NFKD", text.casefold().replace("ł", "l").replace("ø", "o").replace("ı", "i"))
    kept = "".join(c if c.isalnum() or c in "+-" else " " for c in plain if not unicodedata.combining(c))
    return " ".join(kept.split())


def strength(heading: str, role: str) -> tuple[int, int]:
    """How well a heading answers a role, then how likely the word is; (0, 0) where it answers none.

    A word counts as a whole: "net" heads no "internet".
    """
    head = folded(heading)
    return max(_strengths(head, role), default=(0, 0))


def _strengths(head: str, role: str) -> Iterator[tuple[int, int]]:
    for at, word in enumerate(words(role)):
        if head == word:
            yield EXACT, -at
        elif head.startswith(f"{word} "):
            yield BEGINS, -at
        elif head.endswith(f" {word}") or (f" {word} " in head and len(word) > 3):
            yield CONTAINS, -at


def is_known(heading: str) -> bool:
    """Whether a heading is, or begins with, one that some bank's column has."""
    return any(strength(heading, role)[0] >= BEGINS for role in _HEADINGS)


def direction(cell: str) -> int:
    """1 where a cell says that money came in, -1 that it went out, 0 where it says neither."""
    plain = folded(cell)
    if plain in _set("outgoing"):
        return -1
    return 1 if plain in _set("incoming") else 0


def is_pending(cell: str) -> bool:
    """Whether a cell says that a movement is not booked yet."""
    return len(cell) < _MOST_STATUS and _may_be(cell, "pending") and folded(cell) in _set("pending")


def aside(row: Sequence[str]) -> str:
    """What a row is that is no movement: "opening" or "closing" where it tells a balance, "total" for a sum; else "".

    Only a cell that says nothing else counts ("Kontostand vom 31.03.2025:"): "Saldo Rechnung 15" is what somebody paid.
    """
    for cell in row:
        if len(cell) > 3 and _may_be(cell, "opening", "closing", "total"):
            plain = folded(cell)
            if found := next((role for role, phrase in _asides().items() if phrase.fullmatch(plain)), ""):
                return found
    return ""


def _may_be(cell: str, *roles: str) -> bool:
    """By its first word, which is quickly looked at: tables have hundreds of thousands of cells."""
    first = cell.lstrip("#* ").partition(" ")[0].rstrip(":").casefold()
    return first in _first_words(*roles) if first.isascii() else True


def foreign_letters(text: str) -> int:
    """How many letters beyond ASCII stand in words of a text that head columns."""
    known = _foreign_words()
    return sum(
        sum(not letter.isascii() for letter in word)
        for word in _LETTERS.findall(text.casefold())
        if not word.isascii() and word in known
    )


_HEADINGS = (
    "date", "value", "amount", "debit", "credit", "sign", "text", "counterparty", "payer", "payee", "iban", "reference",
    "bank_reference", "currency", "balance", "account", "status", "fee", "no_amount",
)  # fmt: skip


@cache
def _told() -> dict[str, list[str]]:
    told: dict[str, list[str]] = tomllib.loads(
        files("extraction.statements.tables").joinpath("columns.toml").read_text("utf-8")
    )
    return told


@cache
def _first_words(*roles: str) -> frozenset[str]:
    return frozenset(word.split(" ")[0] for role in roles for word in words(role))


@cache
def _asides() -> dict[str, re.Pattern[str]]:
    behind = r"(?: (?:as of|as|of|on|at|vom|am|per|zum|au|al|em|del|dal|na|k|ke|\d+|[a-z]{3}))*"
    return {
        role: re.compile(f"(?:{'|'.join(map(re.escape, words(role)))}){behind}")
        for role in ("opening", "closing", "total")
    }


@cache
def _set(role: str) -> frozenset[str]:
    return frozenset(words(role))


@cache
def _foreign_words() -> frozenset[str]:
    return frozenset(
        word
        for phrases in _told().values()
        for phrase in phrases
        for word in _LETTERS.findall(phrase)
        if not word.isascii()
    )
