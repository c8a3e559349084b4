"""Open amounts by how long they are overdue: the ageing report of payables and receivables."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func
from sqlmodel import Session, col, select

from storage.bills.lifecycle import OPEN
from storage.ledger.money import Money
from storage.models import Bill, Side
from storage.reports.open_items import SIGNED

BUCKET_LIMITS = (0, 30, 60, 90)
"""The last day of each age but the last: not due; up to 30, 60, 90 days overdue; longer."""


@dataclass(frozen=True)
class AgeingBuckets:
    """One currency: the open amount and number of bills of each age, the youngest first (see LIMITS)."""

    currency: str
    minor: tuple[int, ...]
    bills: tuple[int, ...]

    @property
    def total(self) -> Money:
        """All that is open."""
        return Money(sum(self.minor), self.currency)

    @property
    def overdue(self) -> int:
        """How many bills are overdue."""
        return sum(self.bills[1:])

    def amount(self, age: int) -> Money:
        """What is open of one age."""
        return Money(self.minor[age], self.currency)


def ageing(session: Session, side: Side, today: date) -> list[AgeingBuckets]:
    """The ages of all open bills of a side, by currency. Bills without a due date count as not due."""
    query = (
        select(col(Bill.currency), col(Bill.due_date), func.sum(SIGNED), func.count())
        .where(col(Bill.state).in_(OPEN), Bill.side == side)
        .group_by(col(Bill.currency), col(Bill.due_date))
    )
    minor: dict[str, list[int]] = {}
    bills: dict[str, list[int]] = {}
    for currency, due, amount, number in session.exec(query).all():
        if currency is None:
            continue
        age = age_of(due, today)
        minor.setdefault(currency, [0] * (len(BUCKET_LIMITS) + 1))[age] += int(amount)
        bills.setdefault(currency, [0] * (len(BUCKET_LIMITS) + 1))[age] += number
    return [AgeingBuckets(currency, tuple(minor[currency]), tuple(bills[currency])) for currency in sorted(minor)]


def age_of(due: date | None, today: date) -> int:
    """The place in LIMITS of a bill that is due on that day; the last age is beyond all limits."""
    days = (today - due).days if due else 0
    return next((n for n, limit in enumerate(BUCKET_LIMITS) if days <= limit), len(BUCKET_LIMITS))
