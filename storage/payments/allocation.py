"""Setting credit notes and prepayments against open bills of the same party, without any money moving."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session, col, select

from storage import audit
from storage.bills import lifecycle
from storage.bills.beside import claims
from storage.bills.lifecycle import OPEN
from storage.db.locks import acquire_lock
from storage.db.savepoints import atomic
from storage.errors import WrongState
from storage.ledger import booking, double_entry
from storage.ledger.double_entry import EntryDraft, Leg
from storage.ledger.money import Money
from storage.models import Bill, Entry, EntryKind, Side
from storage.payments import prepayments, settlement


@dataclass(frozen=True)
class Applied:
    """How much of a credit note or a bill was set off; `bill` None stands for the party's prepayments."""

    bill: int | None
    amount: Money


@atomic
def allocate(
    session: Session, bill_id: int, *, key: str, on: date, person_id: int, now: datetime
) -> tuple[Entry, list[Applied]]:
    """Sets an open credit note against the party's open bills, those due first before others; or, given an open bill,
    the party's prepayments and credit notes against it. Once for each `key`. What was set off, credits negative.

    Raises: WrongState when the bill is not open, or there is nothing to set against it.
    """
    bill = lifecycle.lock(session, bill_id)
    entry_key = f"{key}/allocate/{bill_id}"
    if booked := booking.find_entry(session, entry_key):
        return booked, _applied(session, booked)
    if bill.state not in OPEN or bill.vendor_id is None or bill.currency is None:
        raise WrongState(
            "{bill} is {state}; there is nothing to set off.", bill=lifecycle.bill_title(bill), state=bill.state
        )
    acquire_lock(session, f"ahead:{bill.vendor_id}")
    others = _others(session, bill)
    ahead = prepayments.remaining(session, bill.vendor_id, bill.side, bill.currency)
    credit_note = lifecycle.is_credit_note(bill)
    given = [bill] if credit_note else [other for other in others if lifecycle.is_credit_note(other)]
    owed = [other for other in others if not lifecycle.is_credit_note(other)] if credit_note else [bill]
    legs = _legs(given, owed, Money(0, bill.currency) if credit_note else ahead)
    if not legs:
        raise WrongState("There is nothing of {party} to set against each other.", party=bill.vendor or "")
    draft = EntryDraft(entry_key, EntryKind.ALLOCATION, on, f"Set off: {lifecycle.bill_title(bill)}", tuple(legs))
    entry = booking.post(session, draft, person_id=person_id, now=now)
    for touched in [*given, *owed]:
        if any(leg.bill == touched.id for leg in legs):
            lifecycle.refresh_open_amount(session, touched)
            details = {"entry": entry.id, "amounts": [str(a.amount) for a in _applied(session, entry)]}
            audit.record(session, "allocated", person_id=person_id, now=now, bill_id=touched.id, details=details)
    return entry, _applied(session, entry)


@atomic
def take_back(session: Session, bill_id: int, *, key: str, person_id: int, now: datetime) -> None:
    """Takes back the last set-off that the bill was part of. Raises: WrongState when there is none."""
    bill = lifecycle.lock(session, bill_id)
    made = booking.entries_in_force(session, bill_id, EntryKind.ALLOCATION)
    entry_key = f"{key}/unallocate/{bill_id}"
    if booking.find_entry(session, entry_key):
        return
    if not made:
        raise WrongState("Nothing was set off against {bill}.", bill=lifecycle.bill_title(bill))
    settlement.reverse_settlement(session, made[-1], key=entry_key, person_id=person_id, now=now, action="unallocated")


def _others(session: Session, bill: Bill) -> list[Bill]:
    """The party's other open bills of that side and currency, locked, due first before others."""
    query = select(Bill.id).where(
        Bill.vendor_id == bill.vendor_id,
        Bill.side == bill.side,
        Bill.currency == bill.currency,
        Bill.id != bill.id,
        col(Bill.state).in_(OPEN),
    )
    found = [lifecycle.lock(session, bill_id) for bill_id in session.exec(query.order_by(col(Bill.id))).all()]
    still = [other for other in found if other.state in OPEN]
    return sorted(still, key=lambda other: (other.due_date is None, other.due_date or date.max, other.id))


def _legs(given: list[Bill], owed: list[Bill], ahead: Money) -> list[Leg]:
    """Credits (prepayments first) against what is owed, in their order, until one of them is used up."""
    rest = sum(bill.open_minor for bill in owed)
    legs: list[Leg] = []
    sample = (given or owed)[0]
    used = min(ahead.minor, rest)
    if used > 0:
        legs.append(
            Leg(double_entry.PREPAYMENT_ACCOUNT[sample.side], Money(-used, ahead.currency), party=sample.vendor_id)
        )
    for credit in given:
        part = min(credit.open_minor, rest - used)
        if part > 0:
            legs.append(_leg(credit, -part))
            used += part
    for bill in owed:
        part = min(bill.open_minor, used)
        if part > 0:
            legs.append(_leg(bill, part))
            used -= part
    return legs if sample.side is Side.PAYABLE else list(double_entry.reversed_legs(legs))


def _leg(bill: Bill, minor: int) -> Leg:
    assert bill.currency is not None
    return Leg(claims.control_account(bill), Money(minor, bill.currency), bill=bill.id, party=bill.vendor_id)


def _applied(session: Session, entry: Entry) -> list[Applied]:
    legs = booking.draft_of(session, entry).legs
    receivable = any(leg.account in (double_entry.RECEIVABLE, double_entry.ADVANCES) for leg in legs)
    return [Applied(leg.bill, -leg.amount if receivable else leg.amount) for leg in legs]
