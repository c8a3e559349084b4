"""What a tax is of an amount, at one of the usual rates."""

from __future__ import annotations

from decimal import Decimal

CENT = Decimal("0.01")

RATES = [Decimal(tenths) / 10 for tenths in (50, 55, 60, 70, 77, 80, 81, 90, 100, 120, 130, 135, 140, 150, 160, 170)]
RATES += [Decimal(rate) for rate in (18, 19, 20, 21, 22, 23, 24, 25, 27)]
"""Per cent of VAT and GST that prices contain, of the countries whose receipts we have seen or expect."""


def is_tax_in_gross(tax: Decimal, total: Decimal) -> bool:
    """Whether the tax is that of a gross total at one of the usual rates."""
    return any(abs(abs(total) * rate / (100 + rate) - tax) <= 2 * CENT for rate in RATES)


def is_tax_on_net(tax: Decimal, net: Decimal) -> bool:
    """Whether the tax is that of a net amount at one of the usual rates."""
    return any(abs(abs(net) * rate / 100 - tax) <= CENT for rate in RATES)
