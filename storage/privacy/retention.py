"""How long originals and messages are kept, and what goes when that is over."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import ColumnElement, Text, and_, cast, exists, func, or_, type_coerce
from sqlmodel import Session, col, delete, select, update

from storage import audit
from storage.bills import lifecycle
from storage.models import (
    Bill,
    BillState,
    Delivery,
    Document,
    Entry,
    Imprint,
    Inbound,
    LegalHold,
    PaymentOrder,
    Post,
    Statement,
)

DISCARDED = "discarded original"
FORGOTTEN = "[]"
"""What stays of the replies to a message whose period is over: it was served, with nothing to show."""
AT_ONCE = 500
"""Originals a night; the rest goes the next one."""


@dataclass(frozen=True)
class Periods:
    """How long each kind is kept. What the books rest on (invoices, receipts, statements) for so many years from the
    end of the year of its date: in Germany eight for vouchers and ten for books (§ 147 AO, § 14b UStG, as of 2025), of
    which ten keeps either. Other documents for days from when they came, messages from when they were served.
    """

    books_years: int = 10
    other_days: int = 365
    chat_days: int = 730


def sweep(session: Session, periods: Periods, now: datetime) -> list[str]:
    """Forgets what is past its period and not on hold; the names (SHA-256) of the originals to discard."""
    _forget_messages(session, now - timedelta(days=periods.chat_days))
    # The year that a voucher is of ends after it, so that it has to be older than whole years by the rest of its own.
    year = now.year - periods.books_years
    of_books = and_(_is_of_books(), _dated() < f"{year}-01-01", _received_before(datetime(year, 1, 1, tzinfo=UTC)))
    others = and_(~_is_of_books(), ~_waits(), _received_before(now - timedelta(days=periods.other_days)))
    due = select(Document).where(col(Document.discarded_at).is_(None), or_(of_books, others), ~_is_open(), ~_is_held())
    return [
        _discard(session, document, now)
        for document in session.exec(due.order_by(col(Document.id)).limit(AT_ONCE)).all()
    ]


def _forget_messages(session: Session, before: datetime) -> None:
    session.exec(delete(Post).where(col(Post.changed_at) < before))
    session.exec(delete(Delivery).where(col(Delivery.sent_at) < before))
    replies = type_coerce(col(Inbound.replies), Text)
    told = update(Inbound).where(col(Inbound.served_at) < before, replies != FORGOTTEN)
    session.execute(told.values(replies=type_coerce(FORGOTTEN, Text)))
    session.flush()


def _discard(session: Session, document: Document, now: datetime) -> str:
    bills: Sequence[Bill] = session.exec(select(Bill).where(Bill.document_id == document.id)).all()
    for bill in bills:
        bill.picture_sha256 = None
    session.exec(delete(Imprint).where(col(Imprint.bill_id).in_([bill.id for bill in bills])))
    document.discarded_at, document.name = now, ""
    session.flush()
    bill_id = bills[0].id if bills else None
    details = {"document": document.id, "received": document.received_at.date().isoformat()}
    audit.record(session, DISCARDED, person_id=None, now=now, bill_id=bill_id, details=details)
    return document.sha256


def _bill(*conditions: ColumnElement[bool] | bool) -> ColumnElement[bool]:
    """Whether the document, or the one that it is a form of, has such a bill."""
    of_it = or_(col(Bill.document_id) == col(Document.id), col(Bill.document_id) == col(Document.form_of))
    return exists(select(Bill.id).where(of_it, *conditions).correlate(Document))


def _is_of_books() -> ColumnElement[bool]:
    """Whether anything was ever booked for it: a bill, a statement, a payment file."""
    booked = exists(select(Entry.id).where(col(Entry.bill_id) == col(Bill.id)).correlate(Bill))
    return or_(
        _bill(or_(col(Bill.state).in_(lifecycle.BOOKED), booked)),
        exists(select(Statement.id).where(col(Statement.sha256) == col(Document.sha256)).correlate(Document)),
        exists(select(PaymentOrder.id).where(col(PaymentOrder.sha256) == col(Document.sha256)).correlate(Document)),
    )


def _dated() -> ColumnElement[str]:
    """The latest date of what it is about (ISO 8601), "" where only its arrival is known."""
    of_it = or_(col(Bill.document_id) == col(Document.id), col(Bill.document_id) == col(Document.form_of))
    issued = select(func.max(cast(col(Bill.issue_date), Text))).where(of_it).correlate(Document).scalar_subquery()
    return func.coalesce(issued, "")


def _received_before(moment: datetime) -> ColumnElement[bool]:
    return col(Document.received_at) < moment


def _waits() -> ColumnElement[bool]:
    """Whether somebody has yet to decide about it."""
    return _bill(col(Bill.state).in_((BillState.DRAFT, BillState.HELD)))


def _is_open() -> ColumnElement[bool]:
    """Whether something is still to be paid of it."""
    return _bill(col(Bill.state).in_((BillState.CONFIRMED, BillState.PART_PAID)))


def _is_held() -> ColumnElement[bool]:
    holds = or_(col(LegalHold.vendor_id) == col(Bill.vendor_id), col(LegalHold.bill_id) == col(Bill.id))
    return _bill(exists(select(LegalHold.id).where(col(LegalHold.ended_at).is_(None), holds).correlate(Bill)))
