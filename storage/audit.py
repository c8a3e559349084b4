"""Who did what and when. Only ever added to."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select

from storage.models import Audit

TAKEN_BACK = "revoked"
"""Takes back a step that is about no bill; its details name that step's id."""


def record(
    session: Session,
    action: str,
    *,
    person_id: int | None,
    now: datetime,
    bill_id: int | None = None,
    details: dict[str, Any] | None = None,
) -> None:
    """Writes down an action: a verb in the past ("confirmed"), and what else is needed to understand it.

    `person_id` is None for what Billify does by itself. `details` must survive JSON.
    """
    session.add(Audit(at=now, person_id=person_id, action=action, bill_id=bill_id, details=details or {}))
    session.flush()


def history(session: Session, bill_id: int) -> list[Audit]:
    """What happened to a bill, oldest first."""
    return list(session.exec(select(Audit).where(Audit.bill_id == bill_id).order_by(col(Audit.id))).all())


def touched(session: Session, at: datetime) -> list[int]:
    """The ids of the bills to which something was done at this very moment, in their order."""
    query = select(Audit.bill_id).where(Audit.at == at, col(Audit.bill_id).is_not(None)).distinct()
    return sorted(bill for bill in session.exec(query).all() if bill is not None)


def actions_in_force(session: Session, action: str) -> list[Audit]:
    """The steps of this kind that nobody took back, oldest first."""
    query = select(Audit).where(col(Audit.action).in_((action, TAKEN_BACK))).order_by(col(Audit.id))
    events = session.exec(query).all()
    taken_back = {event.details["step"] for event in events if event.action == TAKEN_BACK}
    return [event for event in events if event.action == action and event.id not in taken_back]
