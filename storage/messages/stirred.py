"""In which companies something happened that somebody may have to be told of without asking."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session, col, or_, select

from storage.models import Alarm, Inbound, OutboxItem, OutboxState, OwnerNote, QuarantinedMail


def companies(session: Session, since: datetime, now: datetime) -> set[int]:
    """Those in which since then a message was served, one was given up, a mail was held or a note made for the owners,
    and those in which an alarm is to ring by `now`; asked by the installation."""
    gave_up = OutboxItem.state == OutboxState.FAILED, col(OutboxItem.ended_at) >= since
    stands = col(Alarm.rung_at).is_(None), col(Alarm.cancelled_at).is_(None)
    again = or_(col(Alarm.retry_at).is_(None), col(Alarm.retry_at) <= now)
    looks = (
        select(Inbound.company_id).where(Inbound.served_at >= since),
        select(OutboxItem.company_id).where(*gave_up),
        select(QuarantinedMail.company_id).where(QuarantinedMail.held_at >= since),
        select(OwnerNote.company_id).where(OwnerNote.noted_at >= since),
        select(Alarm.company_id).where(*stands, Alarm.at <= now, again),
    )
    return {company for look in looks for company in session.exec(look.distinct())}
