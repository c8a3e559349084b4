"""How many days until invoices are paid: by customers (days sales outstanding) and by us (days payable outstanding).

Days are counted from the issue to the payment that settled it, each invoice weighted by its total ("best possible" and
by-balance formulas need turnover of a steady business; this is what was).
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from sqlalchemy import func
from sqlmodel import Session, col, select

from storage.models import Bill, BillState, Entry, EntryKind, Posting, Side


@dataclass(frozen=True)
class PaymentDays:
    """Of a party, or (name "") of all: days from issue to payment, and after the due date; how many invoices."""

    name: str
    days: Fraction
    late: Fraction | None
    number: int


_PAID: tuple[Any, ...] = (
    Bill.id, Bill.vendor, Bill.issue_date, Bill.due_date, Bill.total_minor, func.max(Entry.booked_on),
)  # fmt: skip


def payment_days(session: Session, side: Side, since: date, until: date) -> list[PaymentDays]:
    """Of invoices that were paid in full in the period: all first, then by party, the slowest first; none: empty."""
    undone = select(Entry.reverses).where(col(Entry.reverses).is_not(None))
    rows = session.exec(
        select(*_PAID)
        .join(Posting, col(Posting.bill_id) == col(Bill.id))
        .join(Entry, col(Entry.id) == col(Posting.entry_id))
        .where(Bill.side == side, Bill.state == BillState.PAID, Bill.kind != "credit_note")
        .where(col(Bill.issue_date).is_not(None), Entry.kind == EntryKind.PAYMENT, col(Entry.id).not_in(undone))
        .group_by(col(Bill.id), col(Bill.vendor), col(Bill.issue_date), col(Bill.due_date), col(Bill.total_minor))
        .having(func.max(Entry.booked_on).between(since, until))
    ).all()
    by_party: dict[str, list[tuple[int, int | None, int]]] = defaultdict(list)
    for _, name, issued, due, minor, paid in rows:
        by_party[name or ""].append(((paid - issued).days, (paid - due).days if due else None, minor or 1))
    if not rows:
        return []
    everything = [one for several in by_party.values() for one in several]
    parties = sorted((_of(name, several) for name, several in by_party.items()), key=lambda one: (-one.days, one.name))
    return [_of("", everything), *parties]


def _of(name: str, paid: list[tuple[int, int | None, int]]) -> PaymentDays:
    weight = sum(minor for _, _, minor in paid)
    dated = [(late, minor) for _, late, minor in paid if late is not None]
    late = Fraction(sum(late * minor for late, minor in dated), sum(minor for _, minor in dated)) if dated else None
    return PaymentDays(name, Fraction(sum(days * minor for days, _, minor in paid), weight), late, len(paid))
