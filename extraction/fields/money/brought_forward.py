"""What of an amount due is new and what was brought forward from an earlier bill, which may be in the books already."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from extraction.fields.money.labelled_amounts import TOTALS, Amount

_PAYMENTS = frozenset({"cash", "advance"})


@dataclass(frozen=True)
class BroughtForward:
    """The parts of an amount due: `new`, and `old`, which remained of the last bill after what was paid of it."""

    new: Decimal
    old: Decimal


def brought_forward(total: Decimal, amounts: Sequence[Amount]) -> BroughtForward | None:
    """The parts of this total, None where nothing was brought forward, or was paid meanwhile.

    A total that is none of `TOTALS` on the page has no parts; nor has one whose new part is printed nowhere.
    """
    carried = {amount.value for amount in amounts if amount.role == "forward" and amount.value > 0}
    if not carried or not any(amount.value == total and amount.role in TOTALS for amount in amounts):
        return None
    paid = [abs(amount.value) for amount in amounts if _is_payment(amount)]
    printed = {amount.value for amount in amounts}
    for balance in sorted(carried, reverse=True):
        for old in dict.fromkeys(balance - payment for payment in (sum(paid, Decimal(0)), *paid, Decimal(0))):
            if 0 < old < total and total - old in printed:
                return BroughtForward(total - old, old)
    return None


def _is_payment(amount: Amount) -> bool:
    return amount.role in _PAYMENTS or (amount.value < 0 and amount.role not in TOTALS)
