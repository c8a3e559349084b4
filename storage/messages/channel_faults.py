"""Channels that do not work: since when and why, for the owner and `billify doctor`, and that they work again."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlmodel import Session, col, delete, select

from storage.db.locks import acquire_lock
from storage.models import ChannelFault

STALE_AFTER = timedelta(minutes=15)
"""A process that still tries says so more often; of one that ended nobody hears whether the channel works."""


def note(
    session: Session, channel: str, process: str, *, reason: str, lasting: bool, since: datetime, now: datetime
) -> ChannelFault:
    """The channel does not work in a process: a new fault, or more of the one that stands there."""
    acquire_lock(session, f"channel:{channel}:{process}")
    found = _standing(session, channel, process)
    if found is None or now - found.seen_at > STALE_AFTER:
        if found is not None:
            found.ended_at = found.seen_at
        found = ChannelFault(channel=channel, process=process, reason="", lasting=lasting, since=since, seen_at=now)
    found.reason, found.lasting, found.seen_at = reason[:500], lasting, now
    session.add(found)
    session.flush()
    return found


def end(session: Session, channel: str, process: str, now: datetime) -> None:
    """The channel works in a process."""
    acquire_lock(session, f"channel:{channel}:{process}")
    if (found := _standing(session, channel, process)) is not None:
        found.ended_at = now
        session.flush()


def standing(session: Session, now: datetime) -> list[ChannelFault]:
    """What does not work now, longest first."""
    query = select(ChannelFault).where(
        col(ChannelFault.ended_at).is_(None), col(ChannelFault.seen_at) > now - STALE_AFTER
    )
    return list(session.exec(query.order_by(col(ChannelFault.since), col(ChannelFault.id))).all())


def ended_since(session: Session, moment: datetime) -> list[ChannelFault]:
    """What works again since then, in the order in which it did."""
    query = select(ChannelFault).where(col(ChannelFault.ended_at) > moment)
    return list(session.exec(query.order_by(col(ChannelFault.ended_at), col(ChannelFault.id))).all())


def find(session: Session, fault_id: int) -> ChannelFault | None:
    """The fault of this id; None where it was forgotten."""
    return session.get(ChannelFault, fault_id)


def forget(session: Session, before: datetime) -> None:
    """Drops what was seen last before that moment."""
    session.execute(delete(ChannelFault).where(col(ChannelFault.seen_at) < before))


def _standing(session: Session, channel: str, process: str) -> ChannelFault | None:
    query = select(ChannelFault).where(
        ChannelFault.channel == channel, ChannelFault.process == process, col(ChannelFault.ended_at).is_(None)
    )
    return session.exec(query.order_by(col(ChannelFault.id).desc())).first()
