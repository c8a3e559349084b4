"""What was last done to a bill and can be taken back."""

from __future__ import annotations

from sqlmodel import Session

from storage import audit
from storage.models import Audit
from storage.undo.standing import OF_BILLS, REVERSALS, can_be_taken_back, stands

ON_CARDS = tuple(action for action in OF_BILLS if action not in ("ordered", "kept both", "replaced"))
"""What the button under a bill's card takes back."""


def last_undoable(session: Session, bill_id: int, until: int | None = None) -> Audit | None:
    """What was last done to a bill and not taken back: "amended", "paid", "confirmed", "voided"…; None for nothing of
    these, or when the bill was set aside before there was a way back from it.

    With `until`, the number of a step in the audit, what was the last by then, even if it was taken back since.
    """
    events = audit.history(session, bill_id)
    if any(event.action == "voided" and not can_be_taken_back(event) for event in events):
        return None
    later = until is not None and any(event.id > until and event.action in REVERSALS for event in events)
    for event in reversed(events):
        if until is not None and event.id > until:
            continue
        if event.action in ON_CARDS and can_be_taken_back(event) and (later or stands(session, event)):
            return event
    return None
