"""What is owed in all, by party: sums of what is open, not lists of bills."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import case, func
from sqlmodel import Session, col, select

from storage.dues import OPEN
from storage.models import Bill, Side, Vendor
from storage.money import Money

SIGNED = case((col(Bill.kind) == "credit_note", -col(Bill.open_minor)), else_=col(Bill.open_minor))
"""What is open on a bill; a credit note takes away from what is owed."""


@dataclass(frozen=True)
class Debt:
    """What one party is owed, or owes us, in one currency: the sum of so many bills, and what of it is overdue."""

    party: str
    amount: Money
    bills: int
    overdue: Money


def by_party(
    session: Session, side: Side, today: date, *, parties: Sequence[int] | None = None, until: date | None = None
) -> list[Debt]:
    """Open amounts by party and currency, the largest first; `parties` are vendors' ids, None all.

    `until` leaves out what falls due later; bills without a due date count as not overdue.
    """
    late = case((col(Bill.due_date) < today, SIGNED), else_=0)
    columns: tuple[Any, ...] = (Vendor.name, Bill.currency, func.sum(SIGNED), func.count(), func.sum(late))
    query = (
        select(*columns)
        .join(Vendor, col(Vendor.id) == col(Bill.vendor_id))
        .where(col(Bill.state).in_(OPEN), Bill.side == side)
        .group_by(col(Vendor.id), Vendor.name, col(Bill.currency))
    )
    if parties is not None:
        query = query.where(col(Bill.vendor_id).in_(parties))
    if until is not None:
        query = query.where(col(Bill.due_date) <= until)
    debts = [
        Debt(party, Money(int(minor), currency), bills, Money(int(overdue), currency))
        for party, currency, minor, bills, overdue in session.exec(query).all()
        if currency is not None
    ]
    return sorted(debts, key=lambda debt: (debt.amount.currency, -debt.amount.minor, debt.party))
