"""Discounts for early payment (Skonto) of a bill: what may be taken off, and until when. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from storage.ledger.money import Money
from storage.models import Bill


@dataclass(frozen=True)
class DiscountStep:
    """`off` may be taken off when all is paid by `until` (None: whenever). `said` is how it was told: "2%", "7.16"."""

    off: Money
    until: date | None
    said: str


def steps(bill: Bill) -> tuple[DiscountStep, ...]:
    """The steps of the bill's discount, earliest first; none while its currency is unknown."""
    columns = {
        "discount": (bill.discount_minor, bill.discount_until),
        "later_discount": (bill.later_discount_minor, bill.later_discount_until),
    }
    return tuple(
        DiscountStep(Money(minor, bill.currency), until, str(bill.evidence.get(name, {}).get("value", "")))
        for name, (minor, until) in columns.items()
        if minor and bill.currency
    )


def step_on(bill: Bill, on: date) -> DiscountStep | None:
    """The step that holds on a day for a bill of which nothing is paid; None when there is none, any more."""
    return holding(steps(bill), on) if bill.open_minor == bill.total_minor else None


def holding(steps_of_bill: Iterable[DiscountStep], on: date) -> DiscountStep | None:
    """The first of these steps that holds on a day."""
    return next((step for step in steps_of_bill if step.until is None or on <= step.until), None)


def discounted_rest(bill: Bill, on: date) -> Money | None:
    """What settles an open bill on that day with its discount for early payment; None when there is none, any more."""
    step = step_on(bill, on)
    return Money(bill.open_minor, step.off.currency) - step.off if step else None
