"""A bill over several accounts: each treatment of VAT in proportion to the parts, exact to the cent. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from storage.ledger.double_entry import Leg, TaxedPart
from storage.ledger.money import Money


@dataclass(frozen=True)
class Share:
    """A part of a bill, VAT included, and where it goes. A `private` one is neither cost nor input VAT."""

    account: str
    amount: Money
    cost_object: str | None = None
    private: bool = False


def split_legs(total: Money, parts: Sequence[TaxedPart], shares: Sequence[Share]) -> tuple[Leg, ...]:
    """What is debited: of each share its net by treatment and its VAT, or all of it where it is private.

    `shares` sum to the total, and the legs do: each part of VAT is spread over the shares in proportion, each share
    gets what it is. Nets and taxes are within a cent of the share's own.
    """
    currency = total.currency
    named = sum((part.net + part.tax for part in parts), Money(0, currency))
    rest = total - named
    rows = [*parts, *([TaxedPart(rest, Money(0, currency), "")] if rest.minor or not parts else [])]
    grossed = spread([row.net.minor + row.tax.minor for row in rows], [share.amount.minor for share in shares])
    legs: list[Leg] = []
    for row, gross in zip(rows, grossed, strict=True):
        (taxes,) = spread([row.tax.minor], gross) if row.tax.minor else ([0] * len(shares),)
        for share, whole, tax in zip(shares, gross, taxes, strict=True):
            if share.private:
                legs.append(Leg(share.account, Money(whole, currency), cost_object=share.cost_object))
                continue
            legs.append(Leg(share.account, Money(whole - tax, currency), tax=row.code, cost_object=share.cost_object))
            legs.append(Leg(row.tax_account, Money(tax, currency), tax=row.code))
    return _merged(legs)


def spread(rows: Sequence[int], columns: Sequence[int]) -> list[list[int]]:
    """Each row over the columns in their proportion, as integers: the sums of rows are kept, and those of columns where
    both have the same sum.

    What rounds is carried along rows and columns, so that each value is off by less than two. Columns of nothing, and
    rows where all columns are nothing, take nothing.
    """
    whole = sum(columns)
    upto = list(accumulate(columns))
    before = [0] * (len(columns) + 1)
    found = []
    for row in accumulate(rows):
        edges = [0, *(_rounded(row * edge, whole) if whole else 0 for edge in upto)]
        found.append([edges[n + 1] - edges[n] - (before[n + 1] - before[n]) for n in range(len(columns))])
        before = edges
    return found


def _rounded(exact: int, by: int) -> int:
    """Half up."""
    return (2 * exact + by) // (2 * by)


def _merged(legs: Sequence[Leg]) -> tuple[Leg, ...]:
    """Legs of one account, treatment and cost object as one, in the order in which they come; without nothing."""
    sums: dict[tuple[str, str | None, str | None], Money] = {}
    for leg in legs:
        place = leg.account, leg.tax, leg.cost_object
        sums[place] = sums[place] + leg.amount if place in sums else leg.amount
    return tuple(
        Leg(account, amount, tax=tax, cost_object=about)
        for (account, tax, about), amount in sums.items()
        if amount.minor
    )
