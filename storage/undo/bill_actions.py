"""What was last done to a bill and can be taken back."""

from __future__ import annotations

from sqlmodel import Session

from storage import audit
from storage.models import Audit
from storage.undo.standing import OF_BILLS, can_be_taken_back, stands

ON_CARDS = tuple(action for action in OF_BILLS if action not in ("ordered", "kept both"))
"""What the button under a bill's card takes back."""


def last_undoable(session: Session, bill_id: int) -> Audit | None:
    """What was last done to a bill and not taken back: "amended", "paid", "confirmed"…; None for nothing of these, or
    when the bill is void, which is final."""
    for event in reversed(audit.history(session, bill_id)):
        if event.action == "voided":
            return None
        if event.action in ON_CARDS and can_be_taken_back(event) and stands(session, event):
            return event
    return None
