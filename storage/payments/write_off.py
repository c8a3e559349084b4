"""Writing off what is left of a bill: nobody will pay it, so its price is lessened by it, and the tax in it.

What a customer does not pay any more is a loss, and what we need not pay any more lessens the costs, the tax with it
(§ 17 UStG, Art. 90 of directive 2006/112/EC).
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from sqlmodel import Session

from storage import audit
from storage.bills import lifecycle
from storage.bills.beside import claims
from storage.db.savepoints import atomic
from storage.errors import Unfit, WrongState
from storage.ledger import booking, double_entry
from storage.ledger.double_entry import EntryDraft, Leg
from storage.ledger.money import Money
from storage.models import Bill, EntryKind
from storage.payments import settlement

WRITTEN_OFF = "written off"


@atomic
def write_off(
    session: Session, bill_id: int, reason: str, *, key: str, on: date, person_id: int, now: datetime
) -> Money:
    """Gives up all that is open on the bill, for a reason; once for each `key`. How much that was.

    Raises: WrongState when nothing is open; Unfit without a reason; PeriodClosed.
    """
    bill = lifecycle.lock(session, bill_id)
    entry_key = f"{key}/write off/{bill_id}"
    control = claims.control_account(bill)
    if booked := booking.find_entry(session, entry_key):
        return _given_up(booking.draft_of(session, booked), control)
    if bill.state not in lifecycle.OPEN or bill.currency is None:
        raise WrongState(
            "{bill} is {state}; there is nothing to write off.", bill=lifecycle.bill_title(bill), state=bill.state
        )
    if not reason.strip():
        raise Unfit(
            "Say why, like “write off the rest of {bill}: customer insolvent”.", bill=lifecycle.bill_title(bill)
        )
    rest = Money(bill.open_minor, bill.currency)
    draft = EntryDraft(
        entry_key, EntryKind.ALLOCATION, on, f"Written off: {lifecycle.bill_title(bill)} ({reason})",
        tuple(_legs(session, bill, rest)),
    )  # fmt: skip
    entry = booking.post(session, draft, person_id=person_id, now=now, bill_id=bill.id)
    lifecycle.refresh_open_amount(session, bill)
    details = {"entry": entry.id, "amount": str(rest), "reason": reason}
    audit.record(session, WRITTEN_OFF, person_id=person_id, now=now, bill_id=bill.id, details=details)
    return rest


def _legs(session: Session, bill: Bill, rest: Money) -> list[Leg]:
    control = Leg(claims.control_account(bill), rest)
    legs = [control, *settlement.reduction_legs(session, bill, -rest, double_entry.WRITTEN_OFF)]
    named = [replace(leg, bill=bill.id, party=bill.vendor_id) for leg in legs if leg.amount.minor]
    return named if lifecycle.is_owed_by_us(bill) else list(double_entry.reversed_legs(named))


def _given_up(draft: EntryDraft, control: str) -> Money:
    amount = next(leg.amount for leg in draft.legs if leg.account == control)
    return amount if amount.minor > 0 else -amount
