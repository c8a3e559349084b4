"""A value that was found in a sentence."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal[
    "party", "bill", "person", "account", "category", "field", "period", "day", "lateness", "amount", "number"
]

KINDS: tuple[Kind, ...] = (
    "party", "bill", "person", "account", "category", "field", "lateness", "period", "day", "amount", "number"
)  # fmt: skip
"""In the order in which they win where two take the same words: known names first."""


@dataclass(frozen=True)
class Tag:
    """Words `start` up to, not including, `end` of a sentence, and the value that they say.

    `value` by kind: party: names as in the books (tuple of str, several where the words fit several, the one of that
    very name first); bill: its number as it was written (str), as in the books where it is known; person: a name;
    account, category: a code; field: its name in evidence; period: a `Period`; day: a date; lateness: days (int);
    amount: an `Amount`; number: an int. `excluded`: it stands after "except", "without". `other` is another reading of
    the same words where nothing tells which is meant. `sure`: the words are the whole name, or can be nothing else.
    `tail` is what a compound says besides ("telekomrechnung" → "rechnung").
    """

    kind: Kind
    start: int
    end: int
    value: object
    excluded: bool = False
    other: Tag | None = None
    sure: bool = True
    tail: str = ""

    @property
    def names(self) -> tuple[object, ...]:
        """The names that it may stand for; its one value where it is no party."""
        return self.value if isinstance(self.value, tuple) else (self.value,)

    @property
    def places(self) -> range:
        """Of its words in the sentence."""
        return range(self.start, self.end)
