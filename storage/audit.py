"""Who did what and when. Only ever added to."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, func, select

from storage.models import Audit
from storage.trail.chain import ERASED, SERVING

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
    key = session.info.get(SERVING)
    event = Audit(at=now, person_id=person_id, action=action, bill_id=bill_id, details=details or {}, message_key=key)
    session.add(event)
    session.flush()


def blot_out(session: Session, replaced: Callable[[dict[str, Any]], dict[str, Any]]) -> None:
    """Replaces what steps say of somebody who was erased, and marks their details so ("erased"), which the database
    lets pass. Corrections of bills stay: they say what documents say."""
    for event in session.exec(select(Audit).where(Audit.action != "amended")).all():
        if (details := replaced(event.details)) != event.details:
            event.details = {**details, ERASED: True}
    session.flush()


def record_under(session: Session, message_key: str) -> None:
    """From now on, what is recorded in this session is what this message asked for."""
    session.info[SERVING] = message_key


def history(session: Session, bill_id: int) -> list[Audit]:
    """What happened to a bill, oldest first."""
    return list(session.exec(select(Audit).where(Audit.bill_id == bill_id).order_by(col(Audit.id))).all())


def was_drafted_now(session: Session, bill_id: int) -> bool:
    """Whether a bill came in with the message that is being served."""
    key = session.info.get(SERVING)
    query = select(Audit.id).where(Audit.bill_id == bill_id, Audit.action == "drafted", Audit.message_key == key)
    return key is not None and session.exec(query).first() is not None


def is_changed_now(session: Session, bill_id: int) -> bool:
    """Whether the message that is being served did anything with a bill."""
    key = session.info.get(SERVING)
    query = select(Audit.id).where(Audit.bill_id == bill_id, Audit.message_key == key)
    return key is not None and session.exec(query).first() is not None


def last_of(session: Session, bill_id: int, but: Sequence[str] = ()) -> Audit | None:
    """What happened to a bill last, these actions left aside."""
    query = select(Audit).where(Audit.bill_id == bill_id, col(Audit.action).not_in(but))
    return session.exec(query.order_by(col(Audit.id).desc())).first()


def last_step(session: Session) -> int:
    """The number of the latest step of all, 0 before any."""
    return session.exec(select(func.max(Audit.id))).one() or 0


def touched_since(session: Session, step: int) -> list[int]:
    """The ids of the bills to which something was done after this step; to remind of one does nothing to it."""
    query = select(Audit.bill_id).where(
        col(Audit.id) > step, col(Audit.bill_id).is_not(None), Audit.action != "reminded"
    )
    return sorted({bill for bill in session.exec(query).all() if bill is not None})


def touched_by(session: Session, message_key: str) -> list[int]:
    """The ids of the bills to which this message did something, in their order; to remind of one does nothing to it."""
    did = (Audit.message_key == message_key, Audit.action != "reminded")
    query = select(Audit.bill_id).where(*did, col(Audit.bill_id).is_not(None)).distinct()
    return sorted(bill for bill in session.exec(query).all() if bill is not None)


def actions_in_force(session: Session, action: str) -> list[Audit]:
    """The steps of this kind that nobody took back, oldest first."""
    query = select(Audit).where(col(Audit.action).in_((action, TAKEN_BACK))).order_by(col(Audit.id))
    events = session.exec(query).all()
    taken_back = {event.details["step"] for event in events if event.action == TAKEN_BACK}
    return [event for event in events if event.action == action and event.id not in taken_back]
