"""A split of a bill as text, and what its parts come to. Pure.

"300.00 travel project:3; 1/3 - person:2; rest office -": of each part its measure, the code of its account ("-" for the
bill's own) and the key of what it is for ("-" for nothing). A measure is an amount of the total, VAT included, in the
bill's currency, a share of it ("50%", "1/3"), or the rest.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from fractions import Fraction

from storage.ledger.money import Money

REST = "rest"
_NONE = "-"


class DoesNotAddUp(ValueError):
    """The parts are more or less than the total (`off`, positive for more), or one of them is nothing."""

    def __init__(self, text: str, off: Money | None = None) -> None:
        super().__init__(text)
        self.off = off


@dataclass(frozen=True)
class Part:
    """A part of a bill: `account` is a code, None for the bill's own; `cost_object` a key, None for none."""

    measure: str
    account: str | None = None
    cost_object: str | None = None

    def __str__(self) -> str:
        return f"{self.measure} {self.account or _NONE} {self.cost_object or _NONE}"


def written(parts: Sequence[Part]) -> str:
    """The parts as text."""
    return "; ".join(map(str, parts))


def parse(text: str) -> tuple[Part, ...]:
    """What `written` made. Raises: DoesNotAddUp for any other text."""
    parts = []
    for piece in text.split(";"):
        words = piece.split()
        if len(words) != 3:
            raise DoesNotAddUp(f"“{text}” is no split.")
        measure, account, cost_object = words
        parts.append(
            Part(measure, None if account == _NONE else account, None if cost_object == _NONE else cost_object)
        )
    return tuple(parts)


def share(measure: str) -> Fraction | None:
    """The share that "50%" and "1/3" are; None for an amount and for the rest."""
    try:
        if measure.endswith("%"):
            return Fraction(Decimal(measure[:-1])) / 100
        return Fraction(measure) if "/" in measure else None
    except (InvalidOperation, ValueError, ZeroDivisionError):
        return None


def with_rest(parts: Sequence[Part]) -> tuple[Part, ...]:
    """The parts, and the rest on the bill's own account where they say nothing of it and shares leave one."""
    shares = [share(part.measure) for part in parts]
    whole = all(one is not None for one in shares) and sum(one for one in shares if one is not None) == 1
    if whole or any(part.measure == REST for part in parts):
        return tuple(parts)
    return (*parts, Part(REST))


def amounts(parts: Sequence[Part], total: Money) -> tuple[Money, ...]:
    """What each part comes to; together they are the total, to the cent.

    Shares are rounded one after the other, so that no cent is lost or made. Raises: DoesNotAddUp.
    """
    fixed = [
        None if part.measure == REST or share(part.measure) is not None else _amount(part, total) for part in parts
    ]
    found: list[int | None] = [None if one is None else one.minor for one in fixed]
    taken, given = Fraction(0), 0
    for n, part in enumerate(parts):
        if (of := share(part.measure)) is not None:
            taken += of
            found[n] = _rounded(taken * total.minor) - given
            given += found[n] or 0
    rests = [n for n, part in enumerate(parts) if part.measure == REST]
    left = total.minor - sum(one for one in found if one is not None)
    if left < 0:
        more = Money(-left, total.currency)
        raise DoesNotAddUp(f"The parts of the split are {more} more than {total}.", more)
    if len(rests) > 1:
        raise DoesNotAddUp("There is one rest only. Say how much each part is.")
    if rests:
        found[rests[0]] = left
    elif left:
        less = Money(left, total.currency)
        raise DoesNotAddUp(f"The parts of the split leave {less} of {total}.", -less)
    if any(not one for one in found):
        raise DoesNotAddUp(f"One of the parts is nothing of {total}.")
    return tuple(Money(one or 0, total.currency) for one in found)


def _amount(part: Part, total: Money) -> Money:
    try:
        return Money.of(part.measure, total.currency)
    except ValueError as error:
        raise DoesNotAddUp(str(error)) from None


def _rounded(exact: Fraction) -> int:
    """Half up."""
    return (2 * exact.numerator + exact.denominator) // (2 * exact.denominator)
