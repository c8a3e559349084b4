"""Budgets: how much may be spent on a category in a month, quarter or year, and what is left of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal

from sqlmodel import Session, col, select

from storage import audit
from storage.db.locks import acquire_lock
from storage.db.savepoints import atomic
from storage.errors import Unfit, WrongState
from storage.ledger import accounts
from storage.ledger.money import Money
from storage.models import Budget
from storage.reports import spending
from storage.reports.spending import Period

Interval = Literal["month", "quarter", "year"]
MONTHS = {"month": 1, "quarter": 3, "year": 12}
SET = "set budget"


@dataclass(frozen=True)
class Standing:
    """A budget in its present interval: what was spent of it, net of VAT, and what is left (negative: too much)."""

    budget: Budget
    period: Period
    spent: Money

    @property
    def amount(self) -> Money:
        """How much may be spent."""
        return Money(self.budget.amount_minor, self.budget.currency)

    @property
    def left(self) -> Money:
        """How much still may."""
        return self.amount - self.spent


def in_force(session: Session) -> list[Budget]:
    """Every budget that holds, by when it was set."""
    query = select(Budget).where(col(Budget.ended_at).is_(None)).order_by(col(Budget.id))
    return list(session.exec(query).all())


@atomic
def put(
    session: Session, category: str, amount: Money | None, interval: Interval, *, person_id: int, now: datetime
) -> Budget | None:
    """Sets the budget of a category in place of the one of the same interval; without an amount it is ended.

    Raises: Unfit for an amount that is none; WrongState where there is none to end.
    """
    acquire_lock(session, "budgets")
    if amount is not None and amount.minor <= 0:
        raise Unfit("A budget of {amount} is none. Say how much may be spent.", amount=amount)
    before = [one for one in in_force(session) if (one.category, one.interval) == (category, interval)]
    if amount is None and not before:
        raise WrongState("There is no such budget.")
    for one in before:
        one.ended_at = now
    made = None
    if amount is not None:
        made = Budget(
            category=category,
            interval=interval,
            amount_minor=amount.minor,
            currency=amount.currency,
            made_by=person_id,
            made_at=now,
        )
        session.add(made)
    session.flush()
    details = {"made": made.id if made else None, "ended": [one.id for one in before]}
    audit.record(session, SET, person_id=person_id, now=now, details=details)
    return made


def take_back(session: Session, made: int | None, ended: list[int], now: datetime) -> None:
    """As it was before. Raises: WrongState where the budget was changed again since."""
    if made is not None:
        budget = session.get_one(Budget, made)
        if budget.ended_at is not None:
            raise WrongState("The budget was changed again since.")
        budget.ended_at = now
    for one in ended:
        session.get_one(Budget, one).ended_at = None
    session.flush()


def standing(session: Session, budget: Budget, today: date) -> Standing:
    """What was spent of a budget so far in the month, quarter or year of today."""
    span = period_of(budget.interval, today)
    account = accounts.account(session, budget.category)
    spent = [
        one.amount for one in spending.by_category(session, span, [account]) if one.amount.currency == budget.currency
    ]
    return Standing(budget, span, spent[0] if spent else Money(0, budget.currency))


def period_of(interval: str, today: date) -> Period:
    """The whole month, quarter or year of a day."""
    months = MONTHS[interval]
    first = date(today.year, (today.month - 1) // months * months + 1, 1)
    count = first.year * 12 + first.month - 1 + months
    return Period(first, date(count // 12, count % 12 + 1, 1) - timedelta(days=1))
