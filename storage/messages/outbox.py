"""The outbox: replies that could not be delivered at once are tried again for five days, with growing pauses.

So much RFC 5321, 4.5.4.1 asks of whoever sends mail, and it serves every other platform as well. What was refused for
good, or came back, stands here too until the person has heard of it elsewhere.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement
from sqlalchemy.orm import aliased
from sqlmodel import Session, and_, col, delete, func, or_, select, update

from storage.db.locks import acquire_lock
from storage.models import OutboxItem, OutboxState

GIVE_UP_AFTER = timedelta(days=5)
AWAY_AFTER = 3
"""Tries that failed, after which a platform counts as away: no conversation waits for it with its work in hand."""
LEASE = timedelta(minutes=10)
"""So long a process that tries an item has it for itself; should it die, others try it after that."""
KEPT_FOR = timedelta(days=90)


@dataclass(frozen=True)
class Rhythm:
    """How long to wait after the first try that failed, and at most; doubled in between."""

    first: timedelta
    longest: timedelta


PATIENT = Rhythm(timedelta(minutes=1), timedelta(hours=1))
"""For mail, as relays expect it."""
PROMPT = Rhythm(timedelta(seconds=1), timedelta(minutes=1))
"""For chats, where somebody waits."""


@dataclass(frozen=True)
class Posting:
    """Replies on their way together; `message` and `reply` (a list) are JSON, `person_id` None where nobody is known
    to wait for it. `quiet` ones say nothing new."""

    key: str
    channel: str
    conversation: str
    address: str
    person_id: int | None
    subject: str
    message: str
    reply: str
    quiet: bool = False


def find(session: Session, key: str) -> OutboxItem | None:
    """What became of a reply that was not delivered at once; None where it was, or was never sent."""
    return session.get(OutboxItem, key)


def pause(tries: int, rhythm: Rhythm = PATIENT) -> timedelta:
    """How long to wait after so many tries that failed."""
    return min(rhythm.first * (1 << min(tries - 1, 12)), rhythm.longest)


def queue(session: Session, posting: Posting, now: datetime) -> None:
    """The reply waits for an earlier one of its conversation, and was not tried."""
    item = _item(session, posting, now)
    item.reason = item.reason or "waits for an earlier answer"
    session.flush()


def is_waited_for(session: Session, channel: str, conversation: str) -> bool:
    """Whether something of this conversation waits that what comes later must not overtake: not a file, nor what says
    nothing new."""
    query = select(OutboxItem.key).where(
        OutboxItem.state == OutboxState.WAITING,
        OutboxItem.channel == channel,
        OutboxItem.conversation == conversation,
        *_holds_up(OutboxItem),
    )
    return session.exec(query).first() is not None


def is_away(session: Session, channel: str, now: datetime) -> bool:
    """Whether the platform was looked for in vain several times, and is looked for again later."""
    query = select(OutboxItem.key).where(
        OutboxItem.state == OutboxState.WAITING,
        OutboxItem.channel == channel,
        OutboxItem.tries >= AWAY_AFTER,
        OutboxItem.next_at > now,
        col(OutboxItem.away).is_(True),
    )
    return session.exec(query).first() is not None


def postpone(
    session: Session,
    posting: Posting,
    *,
    reason: str,
    away: bool,
    now: datetime,
    after: timedelta | None = None,
    rhythm: Rhythm = PATIENT,
) -> OutboxItem:
    """The reply could not be delivered now: it is tried again, or given up five days after it was queued.

    `away`: the platform could not be reached at all. `after` is for how long it asks to wait.
    """
    item = _item(session, posting, now)
    item.tries += 1
    item.away, item.reason = away, reason[:500]
    if now - item.queued_at >= GIVE_UP_AFTER:
        item.state, item.ended_at = (OutboxState.TOLD if item.quiet else OutboxState.FAILED), now
    else:
        item.next_at = now + (after or pause(item.tries, rhythm))
    session.flush()
    return item


def fail(session: Session, posting: Posting, *, reason: str, now: datetime) -> OutboxItem:
    """The reply was refused for good, or came back. It counts as failed once, also if it comes back twice."""
    item = _item(session, posting, now)
    if item.state is not OutboxState.TOLD and item.ended_at is None:
        item.state, item.reason, item.ended_at, item.away = OutboxState.FAILED, reason[:500], now, False
        item.reply = posting.reply
        item.tries += 1
    session.flush()
    return item


def delivered(session: Session, key: str, now: datetime) -> None:
    """The reply was delivered. Harmless for one that never waited."""
    item = session.get(OutboxItem, key)
    if item and item.state is OutboxState.WAITING:
        item.state, item.ended_at = OutboxState.DELIVERED, now
        session.flush()


def wake(session: Session, channel: str, now: datetime) -> None:
    """The platform is back: what waited only for that is tried at once."""
    session.execute(
        update(OutboxItem)
        .where(
            col(OutboxItem.channel) == channel,
            col(OutboxItem.state) == OutboxState.WAITING,
            col(OutboxItem.away).is_(True),
            col(OutboxItem.next_at) > now,
        )
        .values(next_at=now, away=False)
    )


def due_channels(session: Session, now: datetime) -> list[str]:
    """The channels for which anything waits whose time has come."""
    query = select(OutboxItem.channel).where(OutboxItem.state == OutboxState.WAITING, OutboxItem.next_at <= now)
    return sorted(set(session.exec(query).all()))


def claim_due(
    session: Session, now: datetime, channel: str | None = None, *, in_order: bool = False, most: int = 20
) -> list[OutboxItem]:
    """Items whose time has come, oldest first, for this process alone until their lease ends; of one channel, or all.

    `in_order`: only what nothing earlier of its conversation holds up.
    """
    acquire_lock(session, "outbox")
    query = select(OutboxItem).where(OutboxItem.state == OutboxState.WAITING, OutboxItem.next_at <= now)
    if channel is not None:
        query = query.where(OutboxItem.channel == channel)
    if in_order:
        query = query.where(~_held_up())
    due = list(session.exec(query.order_by(*_ORDER).limit(most)).all())
    for item in due:
        item.next_at = now + LEASE
    session.flush()
    return due


def hold_back(session: Session, channel: str, *, until: datetime, reason: str) -> None:
    """The platform cannot be reached: nothing that waits for it is tried before then."""
    waits = (col(OutboxItem.channel) == channel, col(OutboxItem.state) == OutboxState.WAITING)
    sooner = col(OutboxItem.next_at) < until
    session.execute(update(OutboxItem).where(*waits, sooner).values(next_at=until, away=True, reason=reason[:500]))


def companies_that_wait(session: Session) -> list[int]:
    """The companies for which anything waits, due or not; asked by the installation."""
    return list(session.exec(select(OutboxItem.company_id).where(OutboxItem.state == OutboxState.WAITING).distinct()))


def waiting(session: Session) -> list[OutboxItem]:
    """What waits to be delivered, oldest first."""
    return _in_state(session, OutboxState.WAITING)


def failed(session: Session) -> list[OutboxItem]:
    """What could not be delivered and nobody was told of yet, oldest first."""
    return _in_state(session, OutboxState.FAILED)


def note_told(session: Session, items: list[OutboxItem]) -> None:
    """Somebody hears of these failures by the transaction of this session."""
    for item in items:
        item.state = OutboxState.TOLD
    session.flush()


def forget(session: Session, before: datetime) -> None:
    """Drops what ended before that moment."""
    session.execute(delete(OutboxItem).where(col(OutboxItem.ended_at) < before))


def _item(session: Session, posting: Posting, now: datetime) -> OutboxItem:
    acquire_lock(session, f"outbox:{posting.key}")
    known = session.get(OutboxItem, posting.key)
    if known is None:
        known = OutboxItem(
            key=posting.key,
            channel=posting.channel,
            conversation=posting.conversation,
            address=posting.address,
            person_id=posting.person_id,
            subject=posting.subject[:300],
            message=posting.message,
            reply=posting.reply,
            quiet=posting.quiet,
            state=OutboxState.WAITING,
            queued_at=now,
            next_at=now,
        )
        session.add(known)
    return known


def _in_state(session: Session, state: OutboxState) -> list[OutboxItem]:
    query = select(OutboxItem).where(OutboxItem.state == state, col(OutboxItem.quiet).is_(False))
    return list(session.exec(query.order_by(*_ORDER)).all())


_ORDER = (col(OutboxItem.queued_at), func.length(col(OutboxItem.key)), col(OutboxItem.key))
"""A message's tenth reply comes after its second."""


def _holds_up(item: Any) -> tuple[ColumnElement[bool], ...]:
    return col(item.quiet).is_(False), col(item.key).not_like("%#%/file/%")


def _held_up() -> ColumnElement[bool]:
    """Whether anything earlier of its conversation waits."""
    before = aliased(OutboxItem)
    longer = func.length(col(OutboxItem.key)), func.length(col(before.key))
    earlier = or_(
        col(before.queued_at) < col(OutboxItem.queued_at),
        and_(col(before.queued_at) == col(OutboxItem.queued_at), longer[1] < longer[0]),
        and_(
            col(before.queued_at) == col(OutboxItem.queued_at),
            longer[1] == longer[0],
            col(before.key) < col(OutboxItem.key),
        ),
    )
    same = and_(col(before.channel) == OutboxItem.channel, col(before.conversation) == OutboxItem.conversation)
    held = select(before.key).where(before.state == OutboxState.WAITING, same, earlier, *_holds_up(before))
    return and_(col(OutboxItem.quiet).is_(False), held.exists())
