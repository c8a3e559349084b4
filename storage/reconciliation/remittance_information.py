"""What the words of a bank's movement say: a bill's number, a party's name. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import fuzz

from storage.bills.vendors import match_key
from storage.models import Movement

SHORTEST = 3
"""Numbers of fewer letters and digits are none."""

ALIKE = 88.0
"""Least similarity (0–100) of two match keys that are one name."""

LONG = 5
"""A name of more letters and digits is also found where a text runs its words together."""


@dataclass(frozen=True)
class RemittanceText:
    """What a movement says, prepared for many comparisons: its words in lower case, the same without marks, the match
    keys of its words and of all of them, and that of the other side's name."""

    words: str
    compact: str
    keys: frozenset[str]
    key: str
    party: str

    @classmethod
    def of(cls, movement: Movement) -> RemittanceText:
        """The words of the movement."""
        words = f"{movement.reference or ''} {movement.text}"
        keys = frozenset(_key(word) for word in movement.text.split())
        return cls(words.casefold(), _compact(words), keys, _key(movement.text), _key(movement.counterparty or ""))


def mentions(text: str, number: str) -> bool:
    """Whether the number stands in the text by itself, whatever marks are within: "RE-2024/117" in "re 2024 117"."""
    return stands_in(number, text.casefold(), _compact(text))


def same_party(movement: Movement, name: str | None) -> bool:
    """Whether the other side of the movement may have this name, however banks shorten it."""
    return is_party(RemittanceText.of(movement), name)


_key = lru_cache(4096)(match_key)


@lru_cache(4096)
def _compact(text: str) -> str:
    return "".join(character for character in text.casefold() if character.isalnum())


def stands_in(number: str, text: str, compact: str) -> bool:
    """As `mentions`, of a text in lower case and the same text without marks."""
    characters = _compact(number)
    if len(characters) < SHORTEST or characters not in compact or not any(map(str.isdigit, characters)):
        return False
    pattern = r"[\W_]*".join(map(re.escape, characters))
    return bool(re.search(rf"(?<![^\W_]){pattern}(?![^\W_])", text))


def is_party(said: RemittanceText, name: str | None) -> bool:
    """As `same_party`, of a movement whose words are prepared."""
    key, other = _key(name or ""), said.party
    if not key:
        return False
    if other and (
        fuzz.ratio(key, other) >= ALIKE or (min(len(key), len(other)) > 3 and (key in other or other in key))
    ):
        return True
    return key in said.keys or (len(key) > LONG and key in said.key)
