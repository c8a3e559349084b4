"""What is done from time to time, whoever does it: when it was begun and finished last."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlmodel import Session

from storage.db.locks import acquire_lock
from storage.models import Housekeeping

GIVEN_UP = timedelta(hours=1)
"""Whoever began so long ago and did not finish is gone."""


def is_due(session: Session, name: str, since: datetime, now: datetime) -> bool:
    """Whether nobody did it since that moment, nor is doing it."""
    last = session.get(Housekeeping, name)
    if last is None:
        return True
    done = last.done_at is not None and last.done_at >= since
    return not done and last.begun_at <= now - GIVEN_UP


def begin(session: Session, name: str, since: datetime, now: datetime) -> bool:
    """Begins it, if it is still due; whether it was."""
    acquire_lock(session, f"housekeeping:{name}")
    if not is_due(session, name, since, now):
        return False
    last = session.get(Housekeeping, name)
    session.merge(Housekeeping(name=name, begun_at=now, done_at=last.done_at if last else None))
    session.flush()
    return True


def finish(session: Session, name: str, begun: datetime) -> None:
    """It was done, as it was due when it was begun."""
    session.merge(Housekeeping(name=name, begun_at=begun, done_at=begun))
    session.flush()
