"""What was on an account before and after its movements, from balances that stand beside some of them."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal


@dataclass(frozen=True)
class Held:
    """A movement, and what was on the account after it; None where that is not told."""

    day: date
    amount: Decimal
    held: Decimal | None


def is_oldest_first(movements: Sequence[Held]) -> bool:
    """Whether the movements stand in the order in which they were booked; by their days, within one day by balances."""
    if not movements:
        return True
    if movements[0].day != movements[-1].day:
        return movements[0].day < movements[-1].day
    return _broken(movements) <= _broken(movements[::-1])


def ends_of(movements: Sequence[Held]) -> tuple[Decimal, Decimal] | None:
    """The opening and the closing balance of movements in their order; None where hardly any balance is told.

    Where the first or the last movement has none, what moved since the nearest is counted.
    """
    told = [n for n, movement in enumerate(movements) if movement.held is not None]
    if not told or (len(told) < 2 and len(movements) > 1):
        return None
    first, last = told[0], told[-1]
    start, end = movements[first].held, movements[last].held
    assert start is not None and end is not None
    before = sum((each.amount for each in movements[: first + 1]), Decimal(0))
    return start - before, end + sum((each.amount for each in movements[last + 1 :]), Decimal(0))


def _broken(movements: Sequence[Held]) -> int:
    """How many balances do not follow from the one before."""
    return sum(
        one.held is not None and other.held is not None and one.held + other.amount != other.held
        for one, other in itertools.pairwise(movements)
    )
