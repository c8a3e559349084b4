"""VAT by rate: what of a bill's tax is of which rate, and what a discount takes of it. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import Any

from storage.ledger.double_entry import Tax
from storage.ledger.money import Money

COMMON_RATES = tuple(Decimal(rate) for rate in range(2, 28))
"""Whole per cents in which a rate is looked for: the lowest and highest that the EU's countries have."""


def tax_by_rate(tax: Money | None, subtotal: Money | None, lines: Sequence[Mapping[str, Any]]) -> tuple[Tax, ...]:
    """A bill's tax by rate.

    `lines` are what the document says of each rate ("rate", "net", "tax" as decimals); they count if they sum to the
    tax. Otherwise the rate is the one that the lines name alone, or that makes `tax` of `subtotal`. Where neither
    tells, the rate is None. Empty when there is no tax. A rate that is named alone is not believed where the amounts
    make another: they were corrected since.
    """
    if tax is None or not tax.minor:
        return ()
    told = [Tax(rate_text(line["rate"]), amount) for line in lines if (amount := _amount(line, tax.currency))]
    taxed = tuple(part for part in told if part.amount.minor)
    if taxed and sum((part.amount for part in taxed), Money(0, tax.currency)) == tax:
        return _merged(taxed)
    rates = {rate_text(line["rate"]) for line in lines}
    made = rate_between(subtotal, tax) if subtotal else None
    if len(rates) == 1 and made is None:
        return (Tax(rates.pop(), tax),)
    return (Tax(made, tax),)


def rate_text(rate: str) -> str:
    """ "19" for "19.00", "5.5" for "5.50"."""
    return f"{Decimal(rate).normalize():f}"


def is_tax_of(net: Money, rate: str, tax: Money) -> bool:
    """Whether `rate` per cent of `net` are `tax`, but for what rounding line by line makes."""
    return abs(pro_rata(net, Decimal(rate), 100).minor - tax.minor) <= ROUNDED + abs(tax.minor) // 1000


ROUNDED = 2
"""Minor units by which the tax of a bill may be off for rounding its lines, beside a thousandth of it."""


def net_of(tax: Money, rate: str) -> Money:
    """The amount of which `rate` per cent are `tax`; the rate is not zero."""
    exact = tax.minor * 100 / Decimal(rate)
    return Money(int(exact.quantize(Decimal(1), ROUND_HALF_UP)), tax.currency)


def contained(total: Money, rate: str) -> Money:
    """The tax in a total of which it is `rate` per cent of the net."""
    exact = total.minor * Decimal(rate) / (100 + Decimal(rate))
    return Money(int(exact.quantize(Decimal(1), ROUND_HALF_UP)), total.currency)


def pro_rata(amount: Money, part: int | Decimal, whole: int) -> Money:
    """`amount` × `part` / `whole`, rounded half up to minor units."""
    exact = amount.minor * Decimal(part) / whole
    return Money(int(exact.quantize(Decimal(1), ROUND_HALF_UP)), amount.currency)


def rate_between(net: Money, tax: Money) -> str | None:
    """The one whole per cent that makes `tax` of `net`, None when none or several do, as on small amounts."""
    fitting = [rate for rate in COMMON_RATES if pro_rata(net, rate, 100) == tax]
    return rate_text(str(fitting[0])) if len(fitting) == 1 else None


def _merged(taxes: Sequence[Tax]) -> tuple[Tax, ...]:
    sums: dict[str | None, Money] = {}
    for tax in taxes:
        sums[tax.rate] = sums[tax.rate] + tax.amount if tax.rate in sums else tax.amount
    return tuple(Tax(rate, amount) for rate, amount in sums.items())


def _amount(line: Mapping[str, Any], currency: str) -> Money | None:
    """The line's tax; without its sign, which some credit notes print. None where it is unknown or no amount."""
    try:
        found = Money.of(line["tax"], currency) if line.get("tax") is not None else None
    except (ValueError, InvalidOperation):
        return None
    return Money(abs(found.minor), currency) if found else None
