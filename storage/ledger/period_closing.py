"""Closed periods: what was reported to somebody does not change any more.

Nothing is booked on or before the day until which the books are closed. What turns out wrong afterwards is reversed,
and booked anew, on the first day that is open.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

from sqlmodel import Session, col, select

from storage import audit
from storage.db.locks import acquire_lock
from storage.errors import PeriodClosed, WrongState
from storage.models import Closing


def closing_in_force(session: Session) -> Closing | None:
    """The closing that reaches furthest of those not taken back; None while nothing is closed."""
    query = select(Closing).where(col(Closing.reopened_at).is_(None))
    return session.exec(query.order_by(col(Closing.until).desc(), col(Closing.id).desc())).first()


def first_open_day(session: Session, on: date) -> date:
    """The day itself, or the first open one where it is closed."""
    last = closing_in_force(session)
    return on if last is None else max(on, last.until + timedelta(days=1))


def require_open(session: Session, on: date) -> None:
    """Makes sure that the day is open, and stays so until this transaction ends. Raises: PeriodClosed."""
    acquire_lock(session, "closing", shared=True)
    last = closing_in_force(session)
    if last is not None and on <= last.until:
        raise PeriodClosed(last.until)


def close(session: Session, until: date, *, today: date, person_id: int, now: datetime) -> Closing:
    """Closes the books until a day, inclusive. Raises: WrongState when that is to come, or closed already."""
    acquire_lock(session, "closing")
    last = closing_in_force(session)
    if last is not None and until <= last.until:
        raise WrongState("The books are closed until {day} already.", day=last.until)
    if until >= today:
        raise WrongState("{day} is not over yet. Close the books until a day that is.", day=until)
    closed = Closing(until=until, closed_by=person_id, closed_at=now)
    session.add(closed)
    session.flush()
    audit.record(session, "closed", person_id=person_id, now=now, details={"closing": closed.id})
    return closed


def reopen(session: Session, *, person_id: int, now: datetime) -> Closing:
    """Takes the last closing back; an earlier one holds again. Raises: WrongState when nothing is closed."""
    acquire_lock(session, "closing")
    last = closing_in_force(session)
    if last is None:
        raise WrongState("Nothing is closed.")
    last.reopened_by, last.reopened_at = person_id, now
    session.flush()
    audit.record(session, "reopened", person_id=person_id, now=now, details={"closing": last.id})
    return last
