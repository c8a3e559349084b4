"""The mails of ours that go out: so many answers an hour to one address, and which reply a Message-ID belongs to."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlmodel import Session, col, delete, func, select

from storage.db.locks import acquire_lock
from storage.models import SentMail

HOUR = timedelta(hours=1)


def reserve(
    session: Session,
    key: str,
    *,
    message_id: str,
    address: str,
    subject: str,
    answer: bool,
    now: datetime,
    answers_an_hour: int,
) -> bool:
    """Notes that the mail of this reply goes out now; False where the address got its answers of this hour already.

    Asked again for the same reply, it is True again and counts once. What nobody asked for (`answer` False) is not
    counted: it answers nothing, so it keeps no loop alive.
    """
    acquire_lock(session, f"sent mail:{address}")
    if session.get(SentMail, key):
        return True
    lately = select(func.count()).select_from(SentMail)
    lately = lately.where(SentMail.address == address, col(SentMail.answer).is_(True), SentMail.sent_at > now - HOUR)
    if answer and session.exec(lately).one() >= answers_an_hour:
        return False
    session.add(
        SentMail(key=key, message_id=message_id, address=address, subject=subject[:300], answer=answer, sent_at=now)
    )
    session.flush()
    return True


def by_message_id(session: Session, message_id: str) -> SentMail | None:
    """The mail of ours that has this Message-ID (without brackets), None where none has."""
    return session.exec(select(SentMail).where(SentMail.message_id == message_id)).first()


def forget(session: Session, before: datetime) -> None:
    """Drops what went out before that moment."""
    session.execute(delete(SentMail).where(col(SentMail.sent_at) < before))
