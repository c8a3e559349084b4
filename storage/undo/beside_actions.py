"""Taking back what was put beside a bill: a note, a hold and its release, a further paper."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session

from storage.bills.beside import notes, papers, payment_holds
from storage.models import Audit, BillNote, EnclosedPaper, PaymentHold

ACTIONS = (notes.NOTED, payment_holds.HELD, payment_holds.RELEASED, papers.ATTACHED)
REVERSALS = (notes.TAKEN_AWAY, payment_holds.HOLD_ENDED, payment_holds.HELD_AGAIN, papers.DETACHED)


def stands(session: Session, event: Audit) -> bool:
    """Whether the step still holds."""
    row = event.details["row"]
    if event.action == notes.NOTED:
        return session.get_one(BillNote, row).removed_at is None
    if event.action == papers.ATTACHED:
        return session.get_one(EnclosedPaper, row).detached_at is None
    found = session.get_one(PaymentHold, row)
    if event.action == payment_holds.HELD:
        return found.released_at is None
    return found.released_at == event.at and payment_holds.in_force(session, found.bill_id) is None


def take_back(session: Session, event: Audit, *, person_id: int, now: datetime) -> None:
    """As before the step. Raises: WrongState where something later is in the way."""
    row = event.details["row"]
    if event.action == notes.NOTED:
        notes.take_away(session, row, person_id=person_id, now=now)
    elif event.action == papers.ATTACHED:
        papers.detach(session, row, person_id=person_id, now=now)
    elif event.action == payment_holds.HELD:
        before = event.details.get("before")
        payment_holds.take_back_hold(session, row, before, person_id=person_id, now=now)
    else:
        payment_holds.take_back_release(session, row, person_id=person_id, now=now)
