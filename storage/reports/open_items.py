"""What is open: sums by currency and by party, and the first bills of a list. All of it without loading every bill."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Literal

from sqlalchemy import ColumnElement, case, func, or_
from sqlmodel import Session, col, select

from storage.bills.finding import amount_filters
from storage.bills.lifecycle import OPEN
from storage.db.lists import one_of
from storage.ledger.money import Money
from storage.models import Bill, Side, Vendor

SIGNED = case((col(Bill.kind) == "credit_note", -col(Bill.open_minor)), else_=col(Bill.open_minor))
"""What is open on a bill; a credit note takes away from what is owed."""


@dataclass(frozen=True)
class OpenItemFilter:
    """Which open bills: of one side, due in a stretch of days (both inclusive; either leaves out what has no due
    date), issued in a stretch of days, of some vendors (ids) or without some, in one currency, with at least or
    at most so much open (in major units), sent by some people (ids). None is no limit; `undated` are those without a
    due date."""

    side: Side
    until: date | None = None
    since: date | None = None
    vendors: Sequence[int] | None = None
    currency: str | None = None
    at_least: Decimal | None = None
    without: Sequence[int] = ()
    undated: bool = False
    issued_since: date | None = None
    issued_until: date | None = None
    at_most: Decimal | None = None
    people: Sequence[int] | None = None


@dataclass(frozen=True)
class Sum:
    """What is open in one currency, on so many bills."""

    amount: Money
    bills: int


@dataclass(frozen=True)
class PartyBalance:
    """What one party is owed, or owes us, in one currency: the sum of so many bills, and what of it is overdue.
    `first_due` is when the earliest of them falls due, None where no due date is known."""

    party: str
    amount: Money
    bills: int
    overdue: Money
    first_due: date | None = None

    def days_late(self, today: date) -> int:
        """How long the earliest is overdue; 0 for not at all."""
        return max(0, (today - self.first_due).days) if self.first_due and self.overdue.minor > 0 else 0


def sums(session: Session, wanted: OpenItemFilter) -> list[Sum]:
    """What is open on the bills that are wanted, by currency."""
    columns: tuple[Any, ...] = (Bill.currency, func.sum(SIGNED), func.count())
    query = select(*columns).where(*_conditions(session, wanted)).group_by(col(Bill.currency))
    rows = session.exec(query.order_by(col(Bill.currency))).all()
    return [Sum(Money(int(minor), currency), bills) for currency, minor, bills in rows if currency]


Order = Literal["due", "oldest", "largest"]


def first(session: Session, wanted: OpenItemFilter, most: int, order: Order = "due") -> list[Bill]:
    """The first of these bills by due date, by date of issue (without one last), or by what is open, the largest."""
    places: dict[Order, tuple[Any, ...]] = {
        "due": (col(Bill.due_date).is_(None), col(Bill.due_date)),
        "oldest": (col(Bill.issue_date).is_(None), col(Bill.issue_date)),
        "largest": (SIGNED.desc(),),
    }
    query = select(Bill).where(*_conditions(session, wanted)).order_by(*places[order], col(Bill.id))
    return list(session.exec(query.limit(most)).all())


def _conditions(session: Session, wanted: OpenItemFilter) -> list[ColumnElement[bool]]:
    where = [col(Bill.state).in_(OPEN), col(Bill.side) == wanted.side]
    if wanted.until is not None:
        where.append(col(Bill.due_date) <= wanted.until)
    if wanted.since is not None:
        where.append(col(Bill.due_date) >= wanted.since)
    if wanted.issued_since is not None:
        where.append(col(Bill.issue_date) >= wanted.issued_since)
    if wanted.issued_until is not None:
        where.append(col(Bill.issue_date) <= wanted.issued_until)
    if wanted.vendors is not None:
        where.append(one_of(Bill.vendor_id, wanted.vendors))
    if wanted.people is not None:
        where.append(col(Bill.created_by).in_(wanted.people))
    if wanted.without:
        where.append(or_(col(Bill.vendor_id).is_(None), ~one_of(Bill.vendor_id, wanted.without)))
    if wanted.undated:
        where.append(col(Bill.due_date).is_(None))
    if wanted.currency is not None:
        where.append(col(Bill.currency) == wanted.currency)
    if wanted.at_least is not None:
        where.append(amount_filters.at_least(SIGNED, wanted.at_least, amount_filters.currencies(session)))
    if wanted.at_most is not None:
        where.append(amount_filters.at_most(SIGNED, wanted.at_most, amount_filters.currencies(session)))
    return where


def by_party(session: Session, wanted: OpenItemFilter, today: date) -> list[PartyBalance]:
    """What is open on the bills that are wanted by party and currency, the largest first; bills without a due date
    count as not overdue."""
    late = case((col(Bill.due_date) < today, SIGNED), else_=0)
    columns: tuple[Any, ...] = (
        Vendor.name,
        Bill.currency,
        func.sum(SIGNED),
        func.count(),
        func.sum(late),
        func.min(col(Bill.due_date)),
    )
    query = (
        select(*columns)
        .join(Vendor, col(Vendor.id) == col(Bill.vendor_id))
        .where(*_conditions(session, wanted))
        .group_by(col(Vendor.id), Vendor.name, col(Bill.currency))
    )
    debts = [
        PartyBalance(party, Money(int(minor), currency), bills, Money(int(overdue), currency), first_due)
        for party, currency, minor, bills, overdue, first_due in session.exec(query).all()
        if currency is not None
    ]
    return sorted(debts, key=lambda debt: (debt.amount.currency, -debt.amount.minor, debt.party))
