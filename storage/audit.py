"""Who did what and when. Only ever added to."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select

from storage.models import Audit


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
