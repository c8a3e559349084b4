"""What was last done to a bill and can be taken back."""

from __future__ import annotations

from collections import Counter

from sqlmodel import Session

from storage import audit
from storage.models import Audit

TAKES_BACK = {
    "undone": "amended",
    "unpaid": "paid",
    "unallocated": "allocated",
    "unconfirmed": "confirmed",
    "unapproved": "approved",
    "unrefused": "refused",
}
"""Actions that take back the latest one of another kind that still stands."""


def last_undoable(session: Session, bill_id: int) -> str | None:
    """What was last done to a bill and not taken back: "amended", "paid", "confirmed"…; None for nothing of these, or
    when the bill is void, which is final."""
    taken_back: Counter[str] = Counter()
    for event in reversed(audit.history(session, bill_id)):
        if event.action == "voided":
            return None
        if event.action in TAKES_BACK:
            taken_back[TAKES_BACK[event.action]] += 1
        elif event.action in TAKES_BACK.values() and _had_effect(event):
            if not taken_back[event.action]:
                return event.action
            taken_back[event.action] -= 1
    return None


def _had_effect(event: Audit) -> bool:
    """A correction to the value that was there already only made it certain: nothing to take back."""
    return event.action != "amended" or bool(event.details)
