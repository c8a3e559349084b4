"""The life of a bill: draft → confirmed → part-paid → paid, or void (see `setting_aside`). Each step and its postings
are one.

Functions lock the bill, so that two processes cannot take the same step; `key` (of the message that asked) makes a
repetition harmless. All raise NoSuchBill, and WrongState with what to do instead.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from sqlmodel import Session, select

from storage import audit
from storage.bills import vat_treatment, vendor_ibans
from storage.bills.beside import claims
from storage.bills.splitting import split_bill
from storage.db.lists import one_of
from storage.db.savepoints import atomic
from storage.errors import Incomplete, NoBill, NoSuchBill, Unfit, WrongState
from storage.ledger import booking, double_entry, period_closing
from storage.ledger.double_entry import EntryDraft
from storage.ledger.money import Money
from storage.models import Bill, BillState, Entry, EntryKind, Side
from storage.people import company

NEEDED = ("vendor", "total", "currency")
"""What must be known before a bill is booked."""

YEARS = range(1990, 2101)
"""In which a bill may be dated: other years were misread, or mistyped."""

OPEN = (BillState.CONFIRMED, BillState.PART_PAID)
BOOKED = (*OPEN, BillState.PAID)
SETTLING = (EntryKind.PAYMENT, EntryKind.ALLOCATION)
"""What lessens the open amount of a bill."""

BOOKED_KINDS = ("invoice", "receipt", "credit_note")
"""Kinds of documents that are booked."""


def find(session: Session, bill_id: int) -> Bill:
    """The bill. Raises: NoSuchBill."""
    bill = session.get(Bill, bill_id)
    if bill is None:
        raise NoSuchBill("There is no such bill here.")
    return bill


def find_each(session: Session, bill_ids: Sequence[int]) -> list[Bill]:
    """The bills of these ids, in their order; those that there are not are left out."""
    found = {bill.id: bill for bill in session.exec(select(Bill).where(one_of(Bill.id, bill_ids))).all()}
    return [found[bill_id] for bill_id in bill_ids if bill_id in found]


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
    Raises: NoBill; Incomplete when vendor, total or currency is unknown; Unfit when the amounts cannot be booked;
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
    if not is_bill(bill):
        raise NoBill(
            "{bill} is no bill by what it says, so it is not booked. Say “record it as a bill” if it is one after all.",
            bill=bill_title(bill),
        )
    bill.confirmed_by, bill.confirmed_at = person_id, now
    entry = confirmation_draft(session, bill, entry_key)
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


def refresh_open_amount(session: Session, bill: Bill) -> None:
    """Brings a booked bill's open amount and state into line with its postings."""
    balance = booking.balance_of_bill(session, bill.id, claims.control_account(bill))
    bill.open_minor = -balance if is_owed_by_us(bill) else balance
    if bill.open_minor == 0:
        bill.state = BillState.PAID
    else:
        bill.state = BillState.CONFIRMED if bill.open_minor == bill.total_minor else BillState.PART_PAID
    session.flush()


def confirmation_in_force(session: Session, bill: Bill) -> Entry:
    """The entry by which a booked bill is owed."""
    return booking.entries_in_force(session, bill.id, EntryKind.CONFIRMATION)[-1]


def confirmation_draft(session: Session, bill: Bill, key: str) -> EntryDraft:
    """The entry that confirming the bill books, on its issue date or else on the day it was confirmed.

    Raises: Incomplete, Unfit.
    """
    total = total_of(bill)
    if missing := unknown(bill):
        raise Incomplete(missing)
    assert total is not None and bill.confirmed_at is not None
    if total.minor == 0:
        raise Unfit("The total is zero, so there is nothing to book. Correct the total, or say “not an invoice”.")
    tax = _amount(bill, bill.tax_minor)
    if tax is not None and total < tax:
        raise Unfit("VAT of {tax} is more than the total of {total}. Correct one of them.", tax=tax, total=total)
    booked_on = bill.issue_date or bill.confirmed_at.date()
    if booked_on.year not in YEARS:
        raise Unfit("Its date of issue cannot be right. Correct it, like “issued 3 March 2026”.")
    home = vat_treatment.home_of(company.company(session))
    parts = vat_treatment.taxed_parts(bill, home, booked_on)
    category = bill.category or double_entry.UNCATEGORISED[bill.side]
    return double_entry.confirmation(
        key,
        booked_on,
        bill_title(bill),
        total=total,
        parts=parts,
        category=category,
        side=bill.side,
        credit_note=is_credit_note(bill),
        bill=bill.id,
        party=bill.vendor_id,
        costs=split_bill.costs(bill, total, parts, category),
        control=claims.control_account(bill),
    )


def unknown(bill: Bill) -> tuple[str, ...]:
    """Which of the fields that an entry needs (`NEEDED`) the bill lacks."""
    return tuple(name for name in NEEDED if not _is_known(bill, name))


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


def is_bill(bill: Bill) -> bool:
    """Whether it is a document that is booked: no reminder, order, statement or the like."""
    return bill.kind in BOOKED_KINDS


def document_type(bill: Bill) -> str:
    """Its type as it was read or told (extraction.evidence.DocumentType); "" where only its kind is known."""
    return str(bill.evidence.get("document_type", {}).get("value", ""))


def is_owed_by_us(bill: Bill) -> bool:
    """Whether money is to go out for it: a bill that we got, or a credit note that we gave."""
    return (bill.side is Side.PAYABLE) != is_credit_note(bill)


def bill_title(bill: Bill) -> str:
    """What the bill is called in the journal: its vendor and number as far as they are known."""
    return " ".join(part for part in (bill.vendor, bill.number) if part) or "The bill"


def _amount(bill: Bill, minor: int | None) -> Money | None:
    return None if minor is None or bill.currency is None else Money(minor, bill.currency)
