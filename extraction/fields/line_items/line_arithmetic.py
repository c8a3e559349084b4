"""A line of a bill as it stands on the page, and the arithmetic that bears it out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import permutations

from extraction.evidence import LineItem
from extraction.fields.layout.rows import Row
from extraction.fields.patterns.amounts import AmountSpan
from extraction.standards.decimals import plain

_HALF_CENT = Decimal("0.0051")
_MOST_NUMBERS = 6  # of a row that are tried as quantity and price


@dataclass(frozen=True)
class Number:
    """A number that stands on a line beside its total; `per_cent` says that a sign for that follows."""

    value: Decimal
    per_cent: bool = False


@dataclass(frozen=True)
class Factors:
    """What makes a line's total: how much, at which price; `proven` says that they do."""

    quantity: Decimal | None = None
    price: Decimal | None = None
    proven: bool = False


@dataclass(frozen=True)
class BillLine:
    """A line: its words, its factors, and the amount `row.text[span.start:span.end]` that it makes."""

    description: str
    factors: Factors
    row: Row
    span: AmountSpan

    @property
    def total(self) -> Decimal:
        return self.span.value

    def item(self, places: int) -> LineItem:
        """The line as it is handed out; `places` are those of the currency."""
        quantity, price = self.factors.quantity, self.factors.price
        return LineItem(
            self.description,
            None if quantity is None else plain(quantity),
            None if price is None else _at_least(price, places),
            _at_least(self.total, places),
        )


def factors_of(total: Decimal, numbers: Sequence[Number], said: Factors) -> Factors:
    """Quantity and price among the numbers of a line.

    What the columns `said` is taken if it makes the total, or would but for a price that is rounded; else whichever two
    of the numbers do, be it less a discount in per cent that stands there too; else what was said.
    """
    if not total:
        return said
    for quantity in _readings(said.quantity):
        if quantity is not None and said.price is not None and _makes(quantity, said.price, total):
            return Factors(quantity, said.price, proven=True)
    if said.quantity is not None and said.price is not None and _nearly_makes(said.quantity, said.price, total):
        return said
    values = [number.value for number in numbers if not number.per_cent][:_MOST_NUMBERS]
    discounts = [Decimal(0), *(number.value for number in numbers if number.per_cent and 0 < number.value < 100)]
    for discount in discounts:
        for quantity, price in _pairs(values, said):
            if _makes(quantity, price * (100 - discount) / 100, total):
                return Factors(quantity, price, proven=True)
    return said


def _pairs(values: Sequence[Decimal], said: Factors) -> Iterator[tuple[Decimal, Decimal]]:
    """Quantity and price; where the columns say one of them, it is one of them."""
    known = (said.quantity, said.price)
    # A price has cents, and most quantities none.
    for pair in sorted(permutations(values, 2), key=lambda pair: (not _whole(pair[0]), _whole(pair[1]))):
        if known == (None, None) or any(a == b for a, b in zip(pair, known, strict=True)):
            for quantity in _readings(pair[0]):
                if quantity:
                    yield quantity, pair[1]


def _whole(number: Decimal) -> bool:
    return number.as_tuple().exponent == 0


def _readings(number: Decimal | None) -> tuple[Decimal | None, ...]:
    """A number with three digits behind its mark may be a thousand of it: 1.000 pieces."""
    if number is None or number.as_tuple().exponent != -3:
        return (number,)
    return number, number * 1000


def _makes(quantity: Decimal, price: Decimal, total: Decimal) -> bool:
    return abs(quantity * price - total) < _HALF_CENT


def _nearly_makes(quantity: Decimal, price: Decimal, total: Decimal) -> bool:
    """Whether a price of more digits, which is printed as this one, may make the total."""
    exponent = price.as_tuple().exponent
    finest = Decimal(1).scaleb(exponent if isinstance(exponent, int) else 0)
    return abs(quantity * price - total) < abs(quantity) * finest / 2 + _HALF_CENT


def _at_least(amount: Decimal, places: int) -> str:
    whole, _, fraction = plain(amount).partition(".")
    fraction = fraction.ljust(places, "0")
    return f"{whole}.{fraction}" if fraction else whole
