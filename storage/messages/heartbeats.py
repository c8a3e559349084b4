"""Heartbeats: which processes serve messages, and which stopped saying so."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta

from sqlmodel import Session, col, delete, select

from storage.db.locks import acquire_lock
from storage.models import Worker


def record_heartbeat(session: Session, name: str, now: datetime) -> None:
    """Process `name` is alive at this moment."""
    acquire_lock(session, f"worker:{name}")
    session.merge(Worker(name=name, seen_at=now))
    session.flush()


def alive(session: Session, now: datetime, within: timedelta) -> list[str]:
    """Names of the processes that were alive within this time, in alphabetical order."""
    query = select(Worker.name).where(Worker.seen_at > now - within).order_by(Worker.name)
    return list(session.exec(query).all())


def dead(session: Session, now: datetime, after: timedelta) -> list[str]:
    """Names of the processes that said nothing for this long, in alphabetical order."""
    query = select(Worker.name).where(Worker.seen_at <= now - after).order_by(Worker.name)
    return list(session.exec(query).all())


def forget(session: Session, names: Collection[str]) -> None:
    """Drops processes whose work others took over."""
    session.exec(delete(Worker).where(col(Worker.name).in_(names)))
