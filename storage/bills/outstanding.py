"""What is owed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from sqlmodel import Session, col, select

from storage.bills.lifecycle import BOOKED_KINDS, OPEN, is_credit_note
from storage.bills.vendors import find_vendors
from storage.db.lists import one_of
from storage.ledger import double_entry
from storage.ledger.money import Money
from storage.models import Bill, BillState, Side

WAITING = (BillState.HELD, BillState.DRAFT)


def open_bills(
    session: Session,
    *,
    until: date | None = None,
    since: date | None = None,
    vendor: str | None = None,
    side: Side | None = None,
) -> list[Bill]:
    """Bills in the ledger on which something remains to be paid, by due date, those without one last.

    `side` says whether by us or to us, None both. `until` and `since` (both inclusive) bound the due date; given
    either, bills without a due date are left out: ask for them by `undated_bills`. `vendor` is a name as people say
    it; nobody of that name owns no bill.
    """
    query = select(Bill).where(col(Bill.state).in_(OPEN))
    if side is not None:
        query = query.where(Bill.side == side)
    if until is not None:
        query = query.where(col(Bill.due_date) <= until)
    if since is not None:
        query = query.where(col(Bill.due_date) >= since)
    if vendor is not None:
        query = query.where(one_of(Bill.vendor_id, [known.id for known in find_vendors(session, vendor)]))
    return list(session.exec(query.order_by(col(Bill.due_date).is_(None), col(Bill.due_date), col(Bill.id))).all())


def undated_bills(session: Session) -> list[Bill]:
    """Open bills whose due date is unknown, oldest first."""
    return [bill for bill in open_bills(session) if bill.due_date is None]


def waiting_bills(session: Session) -> list[Bill]:
    """Bills that wait for a person (draft or held), oldest first. They are not in the ledger."""
    return list(
        session.exec(
            select(Bill).where(col(Bill.state).in_(WAITING), col(Bill.kind).in_(BOOKED_KINDS)).order_by(col(Bill.id))
        ).all()
    )


def open_amount(bill: Bill) -> Money:
    """What remains to be paid on a bill of the ledger; negative for a credit note, which the other side owes."""
    assert bill.currency is not None
    return Money(-bill.open_minor if is_credit_note(bill) else bill.open_minor, bill.currency)


def totals(bills: Iterable[Bill]) -> list[Money]:
    """What remains to be paid on these bills, one sum a currency."""
    return double_entry.sum_by_currency(open_amount(bill) for bill in bills)
