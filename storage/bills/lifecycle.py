"""The life of a bill: draft → confirmed → part-paid → paid, or void. Each step and its postings are one.

Functions lock the bill, so that two processes cannot take the same step; `key` (of the message that asked) makes a
repetition harmless. All raise NoSuchBill, and WrongState with what to do instead.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from sqlmodel import Session, select

from storage import audit
from storage.bills import vendor_ibans
from storage.db.savepoints import atomic
from storage.errors import Incomplete, NoSuchBill, Unfit, WrongState
from storage.ledger import booking, double_entry, period_closing, vat
from storage.ledger.double_entry import EntryDraft
from storage.ledger.money import Money
from storage.models import Bill, BillState, Entry, EntryKind, Side

NEEDED = ("vendor", "total", "currency")
"""What must be known before a bill is booked."""

OPEN = (BillState.CONFIRMED, BillState.PART_PAID)
BOOKED = (*OPEN, BillState.PAID)
SETTLING = (EntryKind.PAYMENT, EntryKind.ALLOCATION)
"""What lessens the open amount of a bill."""


def find(session: Session, bill_id: int) -> Bill:
    """The bill. Raises: NoSuchBill."""
    bill = session.get(Bill, bill_id)
    if bill is None:
        raise NoSuchBill("There is no such bill here.")
    return bill


def lock(session: Session, bill_id: int) -> Bill:
    """The bill as it stands now, which nobody else can change until this transaction ends. Raises: NoSuchBill."""
    query = select(Bill).where(Bill.id == bill_id).with_for_update().execution_options(populate_existing=True)
    bill = session.exec(query).one_or_none()
    if bill is None:
        raise NoSuchBill("There is no such bill here.")
    return bill


@atomic
def confirm(session: Session, bill_id: int, *, key: str, person_id: int, now: datetime, late: bool = False) -> Bill:
    """Posts a draft to the ledger: from now on it is owed.

    A bill of a closed period is booked on the first open day if it is agreed that it came `late`.
    Raises: Incomplete when vendor, total or currency is unknown; Unfit when the amounts cannot be booked;
    PeriodClosed; NoSuchAccount when its category is none.
    """
    bill = lock(session, bill_id)
    entry_key = f"{key}/confirm/{bill_id}"
    if booking.find_entry(session, entry_key):
        return bill
    if bill.state is BillState.HELD:
        raise WrongState("Decide first whether this is a duplicate: keep both, keep this one, or discard it.")
    if bill.state is not BillState.DRAFT:
        raise WrongState(
            "{bill} is {state} already; there is nothing to confirm.", bill=bill_title(bill), state=bill.state
        )
    bill.confirmed_by, bill.confirmed_at = person_id, now
    entry = confirmation_draft(bill, entry_key)
    if late:
        entry = replace(entry, booked_on=period_closing.first_open_day(session, entry.booked_on))
    booking.post(session, entry, person_id=person_id, now=now, bill_id=bill_id)
    refresh_open_amount(session, bill)
    vendor_ibans.trust_first_iban(session, bill, person_id=person_id, now=now)
    audit.record(session, "confirmed", person_id=person_id, now=now, bill_id=bill_id)
    return bill


@atomic
def unconfirm(session: Session, bill_id: int, *, key: str, person_id: int, now: datetime) -> Bill:
    """Takes a confirmation back, by reversal; the bill is a draft again. Raises: WrongState unless it is CONFIRMED."""
    bill = lock(session, bill_id)
    entry_key = f"{key}/unconfirm/{bill_id}"
    if booking.find_entry(session, entry_key):
        return bill
    if bill.state is not BillState.CONFIRMED:
        raise WrongState(
            "{bill} is {state}, so its confirmation cannot be taken back.", bill=bill_title(bill), state=bill.state
        )
    booking.reverse(session, confirmation_in_force(session, bill), key=entry_key, person_id=person_id, now=now)
    bill.state, bill.open_minor = BillState.DRAFT, 0
    bill.confirmed_by, bill.confirmed_at = None, None
    session.flush()
    audit.record(session, "unconfirmed", person_id=person_id, now=now, bill_id=bill_id)
    return bill


@atomic
def void(session: Session, bill_id: int, *, person_id: int, now: datetime, note: str = "") -> Bill:
    """Ends a bill that is none ("not an invoice"), `note` says why: what was posted is reversed. Final; a second time
    is harmless.

    Raises: WrongState while something is paid on it.
    """
    bill = lock(session, bill_id)
    if bill.state is BillState.VOID:
        return bill
    if booking.entries_in_force(session, bill_id, *SETTLING):
        raise WrongState("{bill} is {state}. Take the payment back first.", bill=bill_title(bill), state=bill.state)
    if bill.state in BOOKED:
        entry = confirmation_in_force(session, bill)
        booking.reverse(session, entry, key=f"void/{bill_id}", person_id=person_id, now=now)
    bill.state, bill.open_minor = BillState.VOID, 0
    session.flush()
    details = {"note": note} if note else {}
    audit.record(session, "voided", person_id=person_id, now=now, bill_id=bill_id, details=details)
    return bill


def refresh_open_amount(session: Session, bill: Bill) -> None:
    """Brings a booked bill's open amount and state into line with its postings."""
    balance = booking.balance_of_bill(session, bill.id, double_entry.CONTROL_ACCOUNT[bill.side])
    bill.open_minor = -balance if is_owed_by_us(bill) else balance
    if bill.open_minor == 0:
        bill.state = BillState.PAID
    else:
        bill.state = BillState.CONFIRMED if bill.open_minor == bill.total_minor else BillState.PART_PAID
    session.flush()


def confirmation_in_force(session: Session, bill: Bill) -> Entry:
    """The entry by which a booked bill is owed."""
    return booking.entries_in_force(session, bill.id, EntryKind.CONFIRMATION)[-1]


def confirmation_draft(bill: Bill, key: str) -> EntryDraft:
    """The entry that confirming the bill books, on its issue date or else on the day it was confirmed.

    Raises: Incomplete, Unfit.
    """
    total = total_of(bill)
    if missing := tuple(name for name in NEEDED if not _is_known(bill, name)):
        raise Incomplete(missing)
    assert total is not None and bill.confirmed_at is not None
    if total.minor == 0:
        raise Unfit("The total is zero, so there is nothing to book. Correct the total, or say “not an invoice”.")
    tax, subtotal = _amount(bill, bill.tax_minor), _amount(bill, bill.subtotal_minor)
    if tax is not None and total < tax:
        raise Unfit("VAT of {tax} is more than the total of {total}. Correct one of them.", tax=tax, total=total)
    return double_entry.confirmation(
        key,
        bill.issue_date or bill.confirmed_at.date(),
        bill_title(bill),
        total=total,
        taxes=vat.tax_by_rate(tax, subtotal, bill.taxes),
        category=bill.category or double_entry.UNCATEGORISED[bill.side],
        side=bill.side,
        credit_note=is_credit_note(bill),
        bill=bill.id,
        party=bill.vendor_id,
    )


def _is_known(bill: Bill, name: str) -> bool:
    """Whether a field has a value; a total that was read counts, though it only fits its column with a currency."""
    if name == "total" and bill.currency is None:
        return "total" in bill.evidence
    return getattr(bill, "total_minor" if name == "total" else name) is not None


def total_of(bill: Bill) -> Money | None:
    """The bill's total, None while it or the currency is unknown."""
    return _amount(bill, bill.total_minor)


def is_credit_note(bill: Bill) -> bool:
    """Whether whoever issued the bill owes it, instead of the other side."""
    return bill.kind == "credit_note"


def is_owed_by_us(bill: Bill) -> bool:
    """Whether money is to go out for it: a bill that we got, or a credit note that we gave."""
    return (bill.side is Side.PAYABLE) != is_credit_note(bill)


def bill_title(bill: Bill) -> str:
    """What the bill is called in the journal: its vendor and number as far as they are known."""
    return " ".join(part for part in (bill.vendor, bill.number) if part) or "The bill"


def _amount(bill: Bill, minor: int | None) -> Money | None:
    return None if minor is None or bill.currency is None else Money(minor, bill.currency)
