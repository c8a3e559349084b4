"""Taxes of several levies on one bill, paid together: India's CGST and SGST, Canada's GST and PST, those of a US state.

Each is printed by its name, beside or below the other, often in the same amount; the tax of the bill is their sum.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import combinations, islice, product

from extraction.fields.money.labelled_amounts import Amount
from extraction.fields.patterns.vocabulary import fold, vocabulary

_TOGETHER = (
    frozenset({"central", "state", "integrated", "cess"}),
    frozenset({"federal", "provincial", "quebec", "harmonised"}),
    frozenset({"state", "county", "city"}),
)
"""Levies (roles of the vocabulary) that are on one bill together."""

_MOST_OF_ONE = 4  # amounts of a levy that are tried, as lines have theirs, too
_MOST_SUMS = 500


def levies_together(amounts: Sequence[Amount]) -> list[tuple[Amount, ...]]:
    """Amounts of two levies or more that may be one tax together, an amount of each; those of most levies first."""
    by_levy: dict[str, dict[Decimal, Amount]] = {}
    for amount in amounts:
        if amount.value and (levy := _levy(amount)):
            by_levy.setdefault(levy, {})[amount.value] = amount  # the last of a value: sums stand below lines
    return list(islice(_sums(by_levy), _MOST_SUMS))


def _sums(by_levy: dict[str, dict[Decimal, Amount]]) -> Iterator[tuple[Amount, ...]]:
    for family in _TOGETHER:
        named = [list(by_levy[levy].values())[-_MOST_OF_ONE:] for levy in sorted(family & by_levy.keys())]
        for many in range(len(named), 1, -1):
            for those in combinations(named, many):
                yield from product(*those)


def _levy(amount: Amount) -> str:
    """The levy that the words of a tax name last, next to its amount; "" for none."""
    if amount.role != "tax":
        return ""
    words = fold(amount.words)
    ends = {
        levy: max((found.end() for found in pattern.finditer(words)), default=0)
        for levy, pattern in vocabulary()["levy"].items()
    }
    last = max(ends, key=lambda levy: ends[levy])
    return last if ends[last] else ""
