"""Takes back what a message changed, step by step, the last first: exactly that, whatever else there is."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session

from storage.approvals import approvals
from storage.bills import amendments, duplicates, lifecycle, setting_aside
from storage.db.savepoints import atomic
from storage.errors import WrongState
from storage.models import Amendment, Audit, Entry
from storage.payments import payment_orders, settlement
from storage.undo import beside_actions, book_actions
from storage.undo.changes import Change, standing_steps
from storage.undo.standing import amendments_of, decisions_of, order_of, stands


@atomic
def take_back(session: Session, change: Change, *, key: str, person_id: int, now: datetime) -> list[Amendment]:
    """Undoes the steps of a change that still stand; returns the corrections that were taken back.

    Raises: WrongState when nothing stands any more, or what came after needs it; then nothing is taken back.
    """
    for bill_id in sorted(change.bills):
        lifecycle.lock(session, bill_id)
    standing = standing_steps(session, change)
    if not standing:
        raise WrongState("That was taken back already.")
    undone: list[Amendment] = []
    for event in reversed(standing):
        if stands(session, event):  # a payment of two bills is one entry, taken back with the first
            undone += _reverse(session, event, key, person_id, now)
    return undone


_TAKEN_BACK = {"paid": "unpaid", "allocated": "unallocated", "written off": "write-off undone"}


def _reverse(session: Session, event: Audit, key: str, person_id: int, now: datetime) -> list[Amendment]:
    bill_id = event.bill_id
    if bill_id is None:
        book_actions.revoke(session, event.id, key=key, person_id=person_id, now=now)
        return []
    match event.action:
        case "amended":
            keys = dict.fromkeys(made.message_key for made in amendments_of(session, event))
            found = [amendments.undo(session, made, person_id=person_id, now=now) for made in keys]
            return [one for several in found for one in several]
        case "paid" | "allocated" | "written off":
            action = _TAKEN_BACK[event.action]
            entry = session.get_one(Entry, event.details["entry"])
            entry_key = f"{key}/undo/{event.id}"
            settlement.reverse_settlement(session, entry, key=entry_key, person_id=person_id, now=now, action=action)
        case "approved" | "refused":
            for decided in decisions_of(session, event):
                approvals.take_back(session, decided, person_id=person_id, now=now)
        case "confirmed":
            lifecycle.unconfirm(session, bill_id, key=key, person_id=person_id, now=now)
        case "kept both" | "replaced":
            duplicates.hold_again(session, bill_id, person_id=person_id, now=now)
        case "voided":
            bill = setting_aside.restore(session, event, person_id=person_id, now=now)
            if setting_aside.IN_FAVOUR_OF not in event.details:  # else the other is held, as the later one
                duplicates.hold_duplicate(session, bill)
        case action if action in beside_actions.ACTIONS:
            beside_actions.take_back(session, event, person_id=person_id, now=now)
        case "ordered":
            order = order_of(session, event)
            payment_orders.withdraw(session, order, person_id=person_id, now=now)
    return []
