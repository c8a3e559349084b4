"""Imports of statements that take long: which are under way, who does them, and how far they are."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from sqlalchemy import func, or_
from sqlmodel import Session, col, select

from storage.models import Movement, MovementState, StatementImport

LEASE = timedelta(seconds=60)
"""A worker that was not heard of for so long does the import no more; another goes on."""


def claim(session: Session, now: datetime) -> StatementImport | None:
    """The oldest import that nobody does, which is the caller's to do now; None where there is none."""
    query = (
        select(StatementImport)
        .where(col(StatementImport.finished_at).is_(None))
        .where(or_(col(StatementImport.lease_until).is_(None), col(StatementImport.lease_until) <= now))
        .order_by(col(StatementImport.id))
        .with_for_update(skip_locked=True)
    )
    if found := session.exec(query).first():
        found.lease_until = now + LEASE
    return found


def is_waiting(session: Session, now: datetime) -> bool:
    """Whether there is one to claim."""
    query = select(StatementImport.id).where(
        col(StatementImport.finished_at).is_(None),
        or_(col(StatementImport.lease_until).is_(None), col(StatementImport.lease_until) <= now),
    )
    return session.exec(query).first() is not None


def companies_that_wait(session: Session, now: datetime) -> list[int]:
    """The companies that have one to claim; asked by the installation."""
    query = select(StatementImport.company_id).where(
        col(StatementImport.finished_at).is_(None),
        or_(col(StatementImport.lease_until).is_(None), col(StatementImport.lease_until) <= now),
    )
    return sorted(set(session.exec(query)))


def go_on(session: Session, import_id: int, done: int, now: datetime) -> None:
    """So many movements were looked at, and whoever did is alive."""
    item = find(session, import_id)
    item.done, item.lease_until = done, now + LEASE


def let_go(session: Session, import_id: int) -> None:
    """Others may go on at once."""
    find(session, import_id).lease_until = None


def finish(session: Session, import_id: int, now: datetime, *, failed: bool = False) -> None:
    """All movements are there, or `failed`: the file cannot be read any more."""
    item = find(session, import_id)
    item.finished_at, item.failed = now, failed
    item.done = item.done if failed else item.total


def find(session: Session, import_id: int) -> StatementImport:
    """An import that is known to be there."""
    return session.exec(select(StatementImport).where(StatementImport.id == import_id)).one()


def of_file(session: Session, sha256: str) -> StatementImport | None:
    """The import of this file that is not finished; None where there is none."""
    query = select(StatementImport).where(StatementImport.sha256 == sha256, col(StatementImport.finished_at).is_(None))
    return session.exec(query).first()


def counted(session: Session, statement_ids: list[int]) -> dict[MovementState, int]:
    """How many movements of these statements stand how."""
    query = (
        select(Movement.state, func.count())
        .where(col(Movement.statement_id).in_(statement_ids))
        .group_by(col(Movement.state))
    )
    return {MovementState(state): number for state, number in session.exec(query).all()}


def period(session: Session, statement_ids: list[int]) -> tuple[date | None, date | None]:
    """The first and the last day of the movements of these statements."""
    query = select(func.min(Movement.booked_on), func.max(Movement.booked_on))
    first, last = session.exec(query.where(col(Movement.statement_id).in_(statement_ids))).one()
    return first, last
