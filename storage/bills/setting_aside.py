"""Setting aside what is no bill, and taking that back: it stands again where it stood."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, func, select

from storage import audit
from storage.bills import lifecycle
from storage.db.savepoints import atomic
from storage.errors import WrongState
from storage.ledger import booking, period_closing
from storage.models import Audit, Bill, BillState

WAS = "was"
"""In the step's details: the state that the bill had. What was set aside before Billify noted it stays so."""
IN_FAVOUR_OF = "in_favour_of"
"""In the step's details: the id of the bill that took this one's place."""


@atomic
def void(
    session: Session, bill_id: int, *, person_id: int, now: datetime, note: str = "", in_favour_of: int | None = None
) -> Bill:
    """Ends a bill that is none ("not an invoice"), `note` says why: what was posted is reversed. A second time is
    harmless.

    Raises: WrongState while something is paid on it.
    """
    bill = lifecycle.lock(session, bill_id)
    if bill.state is BillState.VOID:
        return bill
    if booking.entries_in_force(session, bill_id, *lifecycle.SETTLING):
        title = lifecycle.bill_title(bill)
        raise WrongState("{bill} is {state}. Take the payment back first.", bill=title, state=bill.state)
    details: dict[str, Any] = {WAS: bill.state.value}
    if note:
        details["note"] = note
    if in_favour_of is not None:
        details[IN_FAVOUR_OF] = in_favour_of
    if bill.state in lifecycle.BOOKED:
        entry = lifecycle.confirmation_in_force(session, bill)
        booking.reverse(session, entry, key=f"void/{bill_id}{_again(session, bill_id)}", person_id=person_id, now=now)
    bill.state, bill.open_minor = BillState.VOID, 0
    session.flush()
    audit.record(session, "voided", person_id=person_id, now=now, bill_id=bill_id, details=details)
    return bill


@atomic
def restore(session: Session, step: Audit, *, person_id: int, now: datetime) -> Bill:
    """Takes back that a bill was set aside (`step`): it waits, or is owed, as before.

    What was booked is booked anew, on its day or, where that is closed by now, on the first open one.
    Raises: WrongState unless the bill is void, and for what was set aside before its state was noted.
    """
    assert step.bill_id is not None, "it is a bill that is set aside"
    bill = lifecycle.lock(session, step.bill_id)
    if bill.state is not BillState.VOID or WAS not in step.details:
        title = lifecycle.bill_title(bill)
        raise WrongState("{bill} is {state} by now.", bill=title, state=bill.state)
    bill.state = BillState(step.details[WAS])
    if bill.state in lifecycle.BOOKED:
        entry = lifecycle.confirmation_draft(session, bill, f"restore/{step.id}")
        entry = replace(entry, booked_on=period_closing.first_open_day(session, entry.booked_on))
        booking.post(session, entry, person_id=person_id, now=now, bill_id=bill.id)
        lifecycle.refresh_open_amount(session, bill)
    session.flush()
    audit.record(session, "restored", person_id=person_id, now=now, bill_id=bill.id)
    return bill


def _again(session: Session, bill_id: int) -> str:
    """What tells a further reversal from the earlier ones."""
    query = select(func.count(col(Audit.id))).where(Audit.bill_id == bill_id, Audit.action == "voided")
    earlier = session.exec(query).one()
    return f"/{earlier}" if earlier else ""
