"""Bills that came twice, and what somebody decided about them."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from sqlalchemy import and_, or_
from sqlmodel import Session, col, select

from storage import audit
from storage.bills import lifecycle, setting_aside
from storage.bills.bill_fields import number_key
from storage.bills.vendors import alike, match_key
from storage.db.savepoints import atomic
from storage.errors import WrongState
from storage.ledger import booking
from storage.models import Bill, BillState


def find_duplicates(session: Session, bill: Bill) -> list[Bill]:
    """Bills that are not void and look like this one, oldest first: the same part of the same file; the same vendor
    and number; the same vendor, issue date and total. Names and numbers are compared as a recogniser may misread
    them. Where a vendor is unknown, number and total must agree.
    """
    signs = [and_(col(Bill.document_id) == bill.document_id, col(Bill.part) == bill.part)]
    if bill.number_key is not None:
        signs.append(col(Bill.number_key) == bill.number_key)
    if bill.issue_date is not None and bill.total_minor is not None:
        signs.append(and_(col(Bill.issue_date) == bill.issue_date, col(Bill.total_minor) == bill.total_minor))
    candidates = session.exec(
        select(Bill).where(Bill.id != bill.id, Bill.state != BillState.VOID, or_(*signs)).order_by(col(Bill.id))
    ).all()
    return [candidate for candidate in candidates if _look_alike(candidate, bill)]


def hold_duplicate(session: Session, bill: Bill) -> None:
    """Holds a draft that looks like another bill, and frees one that no longer does.

    A bill that somebody decided to keep beside its duplicate is left alone.
    """
    if bill.state not in (BillState.DRAFT, BillState.HELD):
        return
    if bill.state is BillState.DRAFT and bill.duplicate_of is not None:
        return
    found = find_duplicates(session, bill)
    bill.state = BillState.HELD if found else BillState.DRAFT
    bill.duplicate_of = found[0].id if found else None
    session.flush()


@atomic
def keep_both(session: Session, bill_id: int, *, person_id: int, now: datetime) -> Bill:
    """The held bill is no duplicate: it becomes a draft beside the other. Raises: WrongState, NoSuchBill."""
    bill = _held(session, bill_id)
    bill.state = BillState.DRAFT
    session.flush()
    audit.record(session, "kept both", person_id=person_id, now=now, bill_id=bill_id)
    return bill


@atomic
def hold_again(session: Session, bill_id: int, *, person_id: int, now: datetime) -> Bill:
    """The bill is held as before `keep_both`. Raises: WrongState once it is more than a draft; NoSuchBill."""
    bill = lifecycle.lock(session, bill_id)
    if bill.state is not BillState.DRAFT:
        raise WrongState("{bill} is {state} by now.", bill=lifecycle.bill_title(bill), state=bill.state)
    bill.state = BillState.HELD
    session.flush()
    audit.record(session, "held again", person_id=person_id, now=now, bill_id=bill_id)
    return bill


@atomic
def keep_existing(session: Session, bill_id: int, *, person_id: int, now: datetime) -> Bill:
    """The held bill is a duplicate and void; the other stays as it is. Raises: WrongState, NoSuchBill."""
    _held(session, bill_id)
    return setting_aside.void(session, bill_id, person_id=person_id, now=now)


@atomic
def replace_existing(session: Session, bill_id: int, *, person_id: int, now: datetime) -> Bill:
    """The held bill stands in for the other, which is void and its postings reversed.

    Raises: WrongState when something is paid on the other, or it means something else; NoSuchBill.
    """
    bill = _held(session, bill_id)
    assert bill.duplicate_of is not None
    if obstacle_to_replacing(session, bill) == "meaning":
        other = lifecycle.bill_title(lifecycle.find(session, bill.duplicate_of))
        raise WrongState(
            "{bill} is something else than {other}, so it cannot take its place. Keep both, or discard this one.",
            bill=lifecycle.bill_title(bill),
            other=other,
        )
    setting_aside.void(session, bill.duplicate_of, person_id=person_id, now=now, in_favour_of=bill_id)
    bill.state = BillState.DRAFT
    session.flush()
    details = {"replaces": bill.duplicate_of}
    audit.record(session, "replaced", person_id=person_id, now=now, bill_id=bill_id, details=details)
    return bill


def mean_the_same(one: Bill, other: Bill) -> bool:
    """Whether two documents can stand for one another: not a credit note for its invoice, nor one of ours for one of
    theirs, nor a final invoice for what it counts in."""
    if one.side is not other.side or lifecycle.is_credit_note(one) is not lifecycle.is_credit_note(other):
        return False
    return not (_counts_in(one, other) or _counts_in(other, one))


def _counts_in(one: Bill, other: Bill) -> bool:
    """Whether a bill names the other's number as one before it, and has another number itself."""
    named = number_key(str(one.evidence.get("preceding_invoice", {}).get("value", "")))
    return named is not None and named == other.number_key and one.number_key not in (None, other.number_key)


def obstacle_to_replacing(session: Session, bill: Bill) -> Literal["meaning", "paid"] | None:
    """Why a held bill cannot take the place of the other: that means something else, or is paid. None where it can."""
    other = lifecycle.find(session, bill.duplicate_of) if bill.duplicate_of is not None else None
    if other is None:
        return None
    if not mean_the_same(bill, other) or not (lifecycle.is_bill(bill) or not lifecycle.is_bill(other)):
        return "meaning"
    settled = booking.entries_in_force(session, other.id, *lifecycle.SETTLING)
    return "paid" if settled else None


def _held(session: Session, bill_id: int) -> Bill:
    bill = lifecycle.lock(session, bill_id)
    if bill.state is not BillState.HELD:
        raise WrongState(f"{lifecycle.bill_title(bill)} is {bill.state}; that was decided already.")
    return bill


def _look_alike(one: Bill, other: Bill) -> bool:
    if (one.document_id, one.part) == (other.document_id, other.part):
        return True
    if not (lifecycle.is_bill(one) and lifecycle.is_bill(other)):
        return False  # an order and its invoice have much in common
    if not mean_the_same(one, other):
        return False
    same_number = one.number_key is not None and one.number_key == other.number_key
    same_total = one.total_minor is not None and lifecycle.total_of(one) == lifecycle.total_of(other)
    if one.vendor is None or other.vendor is None:
        return same_number and same_total
    same_date = one.issue_date is not None and one.issue_date == other.issue_date
    return (same_number or (same_date and same_total)) and alike(match_key(one.vendor), match_key(other.vendor))
