"""Quarantine: mails that are kept and not read until somebody says what is to become of them.

What strangers can have us keep is limited in size, number and rate (`QuarantineLimits`), so that nobody fills the disk.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session, and_, col, func, or_, select

from storage import audit
from storage.db.locks import acquire_lock
from storage.errors import QuarantineFull, WrongState
from storage.mail import mail_log
from storage.mail.mail_log import ArrivedMail
from storage.models import Identity, MailOutcome, MailRecord, QuarantinedMail, QuarantineState

KEPT_FOR = timedelta(days=90)
REGRET = timedelta(days=30)
"""So long a mail that was not wanted can still be taken in."""


@dataclass(frozen=True)
class QuarantineLimits:
    """What is kept for senders that nobody vouched for: bytes of one mail, mails a day of one sender and of one domain,
    mails and bytes that wait altogether."""

    mail_bytes: int = 15 * 1024 * 1024
    sender_a_day: int = 20
    domain_a_day: int = 100
    mails: int = 1000
    total_bytes: int = 1024 * 1024 * 1024


@dataclass(frozen=True)
class HeldMail:
    """A mail in quarantine with its record in the log."""

    held: QuarantinedMail
    record: MailRecord


@dataclass(frozen=True)
class AnswerPlace:
    """Where what is made of a released mail is answered: a channel, an address and a conversation there."""

    channel: str
    address: str
    conversation: str


def check_room(session: Session, mail: ArrivedMail, limits: QuarantineLimits, now: datetime) -> None:
    """Raises: QuarantineFull, saying which limit, when this mail is not to be kept. A repeat always has room."""
    known = mail_log.find(session, mail.key)
    if known and known.outcome is MailOutcome.QUARANTINED:
        return
    if mail.bytes > limits.mail_bytes:
        raise QuarantineFull(limit="mail_bytes")
    today = (
        select(func.count())
        .select_from(QuarantinedMail)
        .join(MailRecord, col(MailRecord.id) == col(QuarantinedMail.mail_id))
        .where(QuarantinedMail.held_at > now - timedelta(days=1))
    )
    domain = mail.sender.rpartition("@")[2]
    if session.exec(today.where(MailRecord.sender == mail.sender)).one() >= limits.sender_a_day:
        raise QuarantineFull(limit="sender_a_day")
    of_domain = col(MailRecord.sender).endswith(f"@{domain}", autoescape=True)
    if session.exec(today.where(of_domain)).one() >= limits.domain_a_day:
        raise QuarantineFull(limit="domain_a_day")
    waiting = QuarantinedMail.state == QuarantineState.WAITING
    query = select(func.count(), func.coalesce(func.sum(QuarantinedMail.bytes), 0)).where(waiting)
    number, size = session.exec(query).one()
    if number >= limits.mails:
        raise QuarantineFull(limit="mails")
    if size + mail.bytes > limits.total_bytes:
        raise QuarantineFull(limit="total_bytes")


def hold(
    session: Session,
    mail: ArrivedMail,
    sha256: str,
    *,
    reason: str,
    now: datetime,
    person_id: int | None = None,
    limits: QuarantineLimits | None = None,
    detail: str = "",
) -> QuarantinedMail:
    """Puts a mail, whose bytes lie in the document store as `sha256`, into quarantine, and notes it in the log.

    `person_id` is whose mail it would be, None for a stranger's. A mail that is held already stays as it is; one that
    was discarded or forgotten before is held anew. Raises: QuarantineFull with `limits`.
    """
    acquire_lock(session, "quarantine")
    if limits:
        check_room(session, mail, limits, now)
    record = mail_log.record(
        session, mail, MailOutcome.QUARANTINED, reason, now=now, person_id=person_id, detail=detail
    )
    held = session.exec(select(QuarantinedMail).where(QuarantinedMail.mail_id == record.id)).one_or_none()
    if held is None:
        held = QuarantinedMail(mail_id=record.id, reason=reason, held_at=now)
        session.add(held)
    elif held.state in (QuarantineState.RELEASED, QuarantineState.DISCARDED):
        return held
    else:
        held.state, held.reason = QuarantineState.WAITING, reason
    held.sha256, held.bytes, held.person_id = sha256, mail.bytes, person_id
    session.flush()
    return held


def find(session: Session, held_id: int) -> HeldMail | None:
    """The mail in quarantine with this id, whatever became of it."""
    held = session.get(QuarantinedMail, held_id)
    record = session.get(MailRecord, held.mail_id) if held else None
    return HeldMail(held, record) if held and record else None


def of_record(session: Session, record: MailRecord) -> QuarantinedMail | None:
    """The mail in quarantine that the record is of, None where it never was there."""
    return session.exec(select(QuarantinedMail).where(QuarantinedMail.mail_id == record.id)).one_or_none()


def waiting(session: Session, since: datetime | None = None) -> list[HeldMail]:
    """The mails that wait for a decision, in the order in which they came; only those held after `since`."""
    return _in_state(session, QuarantineState.WAITING, since)


def released(session: Session) -> list[HeldMail]:
    """The mails that somebody decided to take in and that were not yet."""
    return _in_state(session, QuarantineState.RELEASED, None)


def newly_known(session: Session) -> list[HeldMail]:
    """Mails that wait because nobody knew their sender, who is known by now."""
    query = (
        select(QuarantinedMail, MailRecord)
        .join(MailRecord, col(MailRecord.id) == col(QuarantinedMail.mail_id))
        .join(Identity, and_(Identity.channel == "mail", Identity.address == MailRecord.sender))
        .where(QuarantinedMail.state == QuarantineState.WAITING, Identity.linked_at > QuarantinedMail.held_at)
        .where(col(QuarantinedMail.person_id).is_(None))
    )
    return [HeldMail(held, record) for held, record in session.exec(query.order_by(col(QuarantinedMail.id))).all()]


def companies_to_look_at(session: Session, since: datetime | None) -> list[int]:
    """The companies of which mails were released, or in which somebody came in by a mail address while mails waited:
    since then, or (None) ever. Asked by the installation."""
    freed = select(QuarantinedMail.company_id).where(QuarantinedMail.state == QuarantineState.RELEASED)
    came = Identity.channel == "mail", Identity.linked_at > QuarantinedMail.held_at
    known = (
        select(QuarantinedMail.company_id)
        .join(Identity, and_(col(Identity.company_id) == col(QuarantinedMail.company_id), *came))
        .where(QuarantinedMail.state == QuarantineState.WAITING, col(QuarantinedMail.person_id).is_(None))
    )
    if since is not None:
        known = known.where(Identity.linked_at > since)
    return sorted({*session.exec(freed), *session.exec(known.distinct())})


def settle(session: Session, record: MailRecord) -> None:
    """A mail that waited was taken in after all: it came again, or its sender is known by now."""
    held = of_record(session, record)
    if held and held.state is QuarantineState.WAITING and record.outcome is MailOutcome.TAKEN_IN:
        held.state = QuarantineState.TAKEN_IN
        session.flush()


def release(
    session: Session,
    held: QuarantinedMail,
    *,
    by: int,
    to: AnswerPlace,
    now: datetime,
    as_person: bool = False,
    verdict: str = "in",
) -> None:
    """Decides that a mail is taken in, answered at the place `to`. `as_person`: whoever it says that it is from says
    so, so that its words count as theirs. Raises: WrongState once it was taken in or forgotten."""
    if held.state not in (QuarantineState.WAITING, QuarantineState.DISCARDED) or held.sha256 is None:
        raise WrongState("This mail no longer waits: it was taken in, discarded or forgotten.")
    held.state, held.decided_by, held.decided_at = QuarantineState.RELEASED, by, now
    held.channel, held.address, held.conversation = to.channel, to.address, to.conversation
    held.as_person = as_person
    session.flush()
    _audit(session, held, verdict, by, now)


def discard(session: Session, held: QuarantinedMail, *, by: int, now: datetime) -> None:
    """Decides that a mail is not wanted. Raises: WrongState once it was decided otherwise."""
    if held.state is not QuarantineState.WAITING:
        raise WrongState("This mail no longer waits: it was taken in, discarded or forgotten.")
    held.state, held.decided_by, held.decided_at = QuarantineState.DISCARDED, by, now
    session.flush()
    _audit(session, held, "no", by, now)


def wait_again(session: Session, held: QuarantinedMail) -> None:
    """What was decided is taken back, before it was done."""
    held.state, held.decided_by, held.decided_at, held.as_person = QuarantineState.WAITING, None, None, False
    session.flush()


def note_taken_in(session: Session, held_id: int, message_key: str) -> None:
    """The released mail became this message; its raw bytes may be forgotten with the next tidying up."""
    held, record = _held(session, held_id)
    record.outcome, record.message_key, record.person_id = MailOutcome.TAKEN_IN, message_key, held.decided_by
    held.state = QuarantineState.TAKEN_IN
    session.flush()


def note_unreadable(session: Session, held_id: int, reason: str) -> None:
    """The released mail cannot be read, for this reason."""
    held, record = _held(session, held_id)
    record.outcome, record.reason, record.detail = MailOutcome.REFUSED, "failed", reason[:500]
    held.state = QuarantineState.EXPIRED
    session.flush()


def expire(session: Session, now: datetime) -> list[str]:
    """Forgets what waited for 90 days; returns the SHA-256s of raw mails that are no longer needed."""
    for held in session.exec(
        select(QuarantinedMail).where(
            QuarantinedMail.state == QuarantineState.WAITING, QuarantinedMail.held_at < now - KEPT_FOR
        )
    ).all():
        held.state = QuarantineState.EXPIRED
    done = col(QuarantinedMail.state).in_((QuarantineState.TAKEN_IN, QuarantineState.EXPIRED))
    unwanted = and_(QuarantinedMail.state == QuarantineState.DISCARDED, col(QuarantinedMail.decided_at) < now - REGRET)
    query = select(QuarantinedMail).where(or_(done, unwanted), col(QuarantinedMail.sha256).is_not(None))
    gone = []
    for held in session.exec(query).all():
        gone.append(str(held.sha256))
        held.sha256 = None
    session.flush()
    return gone


def _audit(session: Session, held: QuarantinedMail, verdict: str, by: int, now: datetime) -> None:
    _, record = _held(session, held.id)
    details = {"held": held.id, "verdict": verdict, "name": record.sender, "subject": record.subject}
    audit.record(session, "decided mail", person_id=by, now=now, details=details)


def _in_state(session: Session, state: QuarantineState, since: datetime | None) -> list[HeldMail]:
    query = (
        select(QuarantinedMail, MailRecord)
        .join(MailRecord, col(MailRecord.id) == col(QuarantinedMail.mail_id))
        .where(QuarantinedMail.state == state)
    )
    if since is not None:
        query = query.where(QuarantinedMail.held_at > since)
    found = session.exec(query.order_by(col(QuarantinedMail.held_at), col(QuarantinedMail.id))).all()
    return [HeldMail(held, record) for held, record in found]


def _held(session: Session, held_id: int) -> tuple[QuarantinedMail, MailRecord]:
    found = find(session, held_id)
    assert found is not None, "who asks has seen it"
    return found.held, found.record
