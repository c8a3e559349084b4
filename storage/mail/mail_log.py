"""The log of mails: each that arrived, with what became of it and why. What was made of one stands with its message."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

from sqlmodel import Session, col, delete, func, or_, select

from storage.db.locks import acquire_lock
from storage.models import MailOutcome, MailRecord, QuarantinedMail

KEPT_FOR = timedelta(days=90)

_FINAL = (MailOutcome.TAKEN_IN, MailOutcome.BOUNCE, MailOutcome.EARLIER)
"""What a repeat does not change; a mail that was put aside may be taken in when it comes again."""


@dataclass(frozen=True)
class ArrivedMail:
    """What is known of a mail from its outside; the fields are those of `storage.models.MailRecord`."""

    key: str
    message_id: str = ""
    sender: str = ""
    sender_name: str = ""
    subject: str = ""
    recipient: str = ""
    way: str = ""
    bytes: int = 0
    said_at: datetime | None = None


def find(session: Session, key: str) -> MailRecord | None:
    """The record of a mail, None when none of this identity arrived (in the last 90 days)."""
    return session.exec(select(MailRecord).where(MailRecord.key == key)).one_or_none()


def find_by_id(session: Session, mail_id: int) -> MailRecord | None:
    """The record with this id."""
    return session.get(MailRecord, mail_id)


def is_settled(known: MailRecord | None) -> bool:
    """Whether a mail that comes again needs no further thought: it was taken in, or was none to begin with."""
    return known is not None and known.outcome in _FINAL


def record(
    session: Session,
    mail: ArrivedMail,
    outcome: MailOutcome,
    reason: str,
    *,
    now: datetime,
    person_id: int | None = None,
    message_key: str | None = None,
    detail: str = "",
) -> MailRecord:
    """Notes what became of a mail. One that is known is counted as a repeat, and changes only what was not settled."""
    acquire_lock(session, f"mail:{mail.key}")
    known = find(session, mail.key)
    if known is None:
        known = MailRecord(**asdict(mail), arrived_at=now, outcome=outcome, reason=reason)
        session.add(known)
    else:
        known.repeats += 1
        if is_settled(known):
            return known
        known.outcome, known.reason = outcome, reason
    known.person_id, known.message_key, known.detail = person_id, message_key, detail[:500]
    session.flush()
    return known


def ignored_since(session: Session, since: datetime) -> int:
    """How many mails of senders that nobody knows were left alone since then."""
    query = select(func.count()).select_from(MailRecord)
    left = (MailRecord.outcome == MailOutcome.IGNORED, col(MailRecord.person_id).is_(None))
    return session.exec(query.where(MailRecord.arrived_at > since, *left)).one()


def arrived_between(
    session: Session,
    since: datetime,
    until: datetime,
    *,
    senders: tuple[str, ...] = (),
    person_id: int | None = None,
    most: int = 200,
) -> list[MailRecord]:
    """Mails that arrived from `since` until before `until`, latest first: all, or those of some senders or a person.

    A sender matches by a part of its address, of the name beside it, or of the subject.
    """
    query = select(MailRecord).where(MailRecord.arrived_at >= since, MailRecord.arrived_at < until)
    said = [
        condition
        for words in senders
        for condition in (
            col(MailRecord.sender).icontains(words, autoescape=True),
            col(MailRecord.sender_name).icontains(words, autoescape=True),
            col(MailRecord.subject).icontains(words, autoescape=True),
        )
    ]
    if person_id is not None:
        said.append(col(MailRecord.person_id) == person_id)
    if said:
        query = query.where(or_(*said))
    return list(session.exec(query.order_by(col(MailRecord.arrived_at).desc()).limit(most)).all())


def forget(session: Session, before: datetime) -> int:
    """Drops what arrived before that moment, except what still waits in quarantine; returns how many."""
    held = select(QuarantinedMail.mail_id)
    old = delete(MailRecord).where(col(MailRecord.arrived_at) < before, col(MailRecord.id).not_in(held))
    return int(session.exec(old).rowcount)
