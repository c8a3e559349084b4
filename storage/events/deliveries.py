"""What of the log is on its way to webhooks: lined up in order, tried by one process at a time, given up after days.

Lining up and how far it came is one transaction, so a process that dies lines nothing up twice. One that dies while it
sends may send the same event again, under the same id, once its lease is over.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement
from sqlalchemy.orm import aliased
from sqlmodel import Session, and_, col, delete, or_, select, update

from storage.events import log
from storage.events.log import Place
from storage.events.types import TEST
from storage.messages.outbox import Rhythm, pause
from storage.models import Webhook, WebhookDelivery, WebhookDeliveryState, WebhookState
from storage.people.access import webhooks

GIVE_UP_AFTER = timedelta(days=3)
PERSISTENT = Rhythm(timedelta(seconds=5), timedelta(hours=6))
JITTER = 0.2
"""By so much of itself a pause is longer, at most, so that what failed together is not tried together."""
LEASE = timedelta(minutes=2)
"""Longer than a try may take, so that nobody sends what another still does."""
KEPT_FOR = timedelta(days=90)
AT_ONCE = 200

_WAITING = col(WebhookDelivery.state) == WebhookDeliveryState.WAITING
_ORDER = (col(WebhookDelivery.position), col(WebhookDelivery.part), col(WebhookDelivery.id))


def is_behind(session: Session, webhook: Webhook) -> bool:
    """Whether something happened that was not lined up for it."""
    return (webhook.position, webhook.part) < log.end(session)


def line_up(session: Session, webhook_id: int, now: datetime) -> None:
    """Events that happened since wait to be sent, as many as are read at once."""
    webhook = webhooks.lock(session, webhook_id)
    if webhook is None or webhook.state is not WebhookState.ACTIVE:
        return
    stretch = log.read(session, (webhook.position, webhook.part), AT_ONCE, webhook.types)
    known = _known(session, webhook_id, stretch.events)
    session.add_all(
        WebhookDelivery(
            webhook_id=webhook_id,
            position=event.position,
            part=event.part,
            type=event.type,
            subject=event.subject,
            queued_at=now,
            next_at=now,
        )
        for event in stretch.events
        if event.place not in known
    )
    webhook.position, webhook.part = stretch.place
    session.flush()


def anything_due(session: Session, webhook: Webhook, now: datetime) -> bool:
    """Whether the time of anything has come."""
    return session.exec(select(WebhookDelivery.id).where(*_due(webhook, now)).limit(1)).first() is not None


def claim_due(session: Session, webhook_id: int, now: datetime, most: int) -> list[WebhookDelivery]:
    """What is to be sent now, for this process alone until its lease ends: of each subject the first that waits."""
    webhook = webhooks.lock(session, webhook_id)
    if webhook is None or webhook.state is not WebhookState.ACTIVE:
        return []
    query = select(WebhookDelivery).where(*_due(webhook, now)).order_by(*_ORDER).limit(most)
    found = list(session.exec(query).all())
    for item in found:
        item.leased_until = now + LEASE
    session.flush()
    return found


def delivered(session: Session, delivery_id: int, status: int, now: datetime) -> None:
    """It was taken. What else found nobody there is tried at once."""
    if (item := _tried(session, delivery_id, status, "")) is not None:
        item.state, item.ended_at = WebhookDeliveryState.DELIVERED, now
        session.flush()
        unanswered = col(WebhookDelivery.webhook_id) == item.webhook_id, _WAITING, _free(now)
        later = col(WebhookDelivery.status).is_(None), col(WebhookDelivery.next_at) > now
        session.execute(update(WebhookDelivery).where(*unanswered, *later).values(next_at=now))


def failed(
    session: Session, delivery_id: int, *, status: int | None, reason: str, wait: timedelta = timedelta(), now: datetime
) -> bool:
    """It was not taken: it is tried again, after `wait` at the earliest, or after days given up; whether that was so.

    Where nobody answered at all (`status` None), or the address asks to wait, nothing else that waits is tried before.
    """
    if (item := _tried(session, delivery_id, status, reason)) is None:
        return False
    if now - item.queued_at >= GIVE_UP_AFTER:
        item.state, item.ended_at = WebhookDeliveryState.FAILED, now
        session.flush()
        return True
    item.next_at = now + max(pause(item.tries, PERSISTENT) * (1 + random.random() * JITTER), wait)
    session.flush()
    if status is None or wait:
        sooner = (
            col(WebhookDelivery.webhook_id) == item.webhook_id,
            _WAITING,
            col(WebhookDelivery.next_at) < item.next_at,
        )
        session.execute(update(WebhookDelivery).where(*sooner).values(next_at=item.next_at))
    return False


def give_up(session: Session, delivery_id: int, *, status: int | None, reason: str, now: datetime) -> None:
    """It is sent no more."""
    if (item := _tried(session, delivery_id, status, reason)) is not None:
        item.state, item.ended_at = WebhookDeliveryState.FAILED, now
        session.flush()


def begin_anew(session: Session, webhook_id: int, now: datetime) -> None:
    """What waits is tried at once, and has all its time: the address takes it again."""
    waits = and_(col(WebhookDelivery.webhook_id) == webhook_id, _WAITING)
    session.execute(update(WebhookDelivery).where(waits).values(next_at=now, queued_at=now, tries=0))


def test(session: Session, webhook_id: int, now: datetime) -> WebhookDelivery:
    """Something to send that happened nowhere."""
    item = WebhookDelivery(
        webhook_id=webhook_id, position=None, type=TEST, subject=f"webhook:{webhook_id}", queued_at=now, next_at=now
    )
    session.add(item)
    session.flush()
    return item


def replay(session: Session, item: WebhookDelivery, now: datetime) -> None:
    """It is sent once more, under its id."""
    item.state, item.queued_at, item.next_at, item.tries = WebhookDeliveryState.WAITING, now, now, 0
    item.ended_at = item.leased_until = None
    session.flush()


def replay_failed(session: Session, webhook_id: int, now: datetime) -> int:
    """Whatever was given up is sent once more; how much that is."""
    given_up = WebhookDelivery.state == WebhookDeliveryState.FAILED
    found = session.exec(select(WebhookDelivery).where(WebhookDelivery.webhook_id == webhook_id, given_up)).all()
    for item in found:
        replay(session, item, now)
    return len(found)


def replay_since(session: Session, webhook_id: int, place: Place) -> None:
    """Everything from a place in the log on is lined up anew; what still waits is not sent twice for it."""
    webhook = webhooks.lock(session, webhook_id)
    if webhook is None:
        return
    ended = col(WebhookDelivery.webhook_id) == webhook_id, ~_WAITING, _from(place)
    session.execute(delete(WebhookDelivery).where(*ended))
    webhook.position, webhook.part = min(place, (webhook.position, webhook.part))
    session.flush()


def find(session: Session, webhook_id: int, delivery_id: int) -> WebhookDelivery | None:
    """One of a webhook's; None for another's."""
    found = session.get(WebhookDelivery, delivery_id)
    return found if found is not None and found.webhook_id == webhook_id else None


def page(session: Session, webhook_id: int, most: int, below: int | None = None) -> list[WebhookDelivery]:
    """A webhook's, the newest first, of those `below` an id."""
    query = select(WebhookDelivery).where(WebhookDelivery.webhook_id == webhook_id)
    if below is not None:
        query = query.where(WebhookDelivery.id < below)
    return list(session.exec(query.order_by(col(WebhookDelivery.id).desc()).limit(most)).all())


def forget(session: Session, before: datetime) -> None:
    """Drops what ended before that moment. The log keeps the events."""
    session.execute(delete(WebhookDelivery).where(col(WebhookDelivery.ended_at) < before))


def _tried(session: Session, delivery_id: int, status: int | None, reason: str) -> WebhookDelivery | None:
    """One that waits, tried once more; None where another process ended it meanwhile."""
    item = session.get(WebhookDelivery, delivery_id, with_for_update=True)
    if item is None or item.state is not WebhookDeliveryState.WAITING:
        return None
    item.tries, item.leased_until = item.tries + 1, None
    item.status, item.reason = status, reason[:300]
    return item


def _due(webhook: Webhook, now: datetime) -> tuple[ColumnElement[bool], ...]:
    """That its time has come, nobody tries it, and nothing before it waits, be it to be lined up again."""
    lined_up = or_(col(WebhookDelivery.position).is_(None), ~_from((webhook.position, webhook.part)))
    return (
        col(WebhookDelivery.webhook_id) == webhook.id,
        _WAITING,
        col(WebhookDelivery.next_at) <= now,
        _free(now),
        lined_up,
        ~_held_up(),
    )


def _free(now: datetime) -> ColumnElement[bool]:
    return or_(col(WebhookDelivery.leased_until).is_(None), col(WebhookDelivery.leased_until) <= now)


def _from(place: Place) -> ColumnElement[bool]:
    """That it stands at a place in the log, or behind it."""
    same = and_(col(WebhookDelivery.position) == place[0], col(WebhookDelivery.part) >= place[1])
    return or_(col(WebhookDelivery.position) > place[0], same)


def _known(session: Session, webhook_id: int, events: Sequence[log.Event]) -> set[Place]:
    if not events:
        return set()
    query = select(WebhookDelivery.position, WebhookDelivery.part).where(
        WebhookDelivery.webhook_id == webhook_id,
        col(WebhookDelivery.position).between(events[0].position, events[-1].position),
    )
    return {(position, part) for position, part in session.exec(query).all() if position is not None}


def _held_up() -> ColumnElement[bool]:
    """Whether anything earlier of its subject waits."""
    before = aliased(WebhookDelivery)
    earlier = or_(
        col(before.position) < col(WebhookDelivery.position),
        and_(before.position == WebhookDelivery.position, col(before.part) < col(WebhookDelivery.part)),
    )
    same = before.webhook_id == WebhookDelivery.webhook_id, before.subject == WebhookDelivery.subject
    return select(before.id).where(*same, before.state == WebhookDeliveryState.WAITING, earlier).exists()
