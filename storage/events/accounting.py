"""What of the log is on its way into accounting software: each bill once, as it stands when its turn comes.

A bill that is booked is to be there, one that no longer is to be taken back; so it does not matter in which order, or
how often, it changed meanwhile. Lining up and how far it came is one transaction.
"""

from __future__ import annotations

import json
import random
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlmodel import Session, col, delete, or_, select

from storage import audit
from storage.events import log
from storage.messages.outbox import Rhythm, pause
from storage.models import AccountingConnection, AccountingPush, PushState
from storage.trail import chain

TYPES = (
    "bill.confirmed", "bill.corrected", "bill.correction_undone", "bill.categorised", "bill.confirmation_undone",
    "bill.voided", "bill.restored",
)  # fmt: skip
"""After which a bill is to be looked at."""
GIVE_UP_AFTER = timedelta(days=3)
RHYTHM = Rhythm(timedelta(seconds=10), timedelta(hours=6))
LEASE = timedelta(minutes=5)
"""Longer than a try may take, its document among it."""
AT_ONCE = 200


def connect(
    session: Session, platform: str, title: str, access: Mapping[str, Any], categories: Mapping[str, str], now: datetime
) -> AccountingConnection:
    """A way in from now on, in place of the one there was to this platform; what waits for it is tried at once."""
    found = session.exec(select(AccountingConnection).where(AccountingConnection.platform == platform)).one_or_none()
    if found is None:
        last = chain.head(session)
        place = (last.position if last else 0) + 1
        found = AccountingConnection(platform=platform, title=title, access="", created_at=now, position=place)
        session.add(found)
    found.title, found.access, found.refused = title, json.dumps(dict(access)), None
    found.categories = {**found.categories, **categories}
    session.flush()
    retry(session, found, now)
    details = {"platform": platform, "name": title}
    audit.record(session, "connected accounting", person_id=None, now=now, details=details)
    return found


def disconnect(session: Session, connection: AccountingConnection, now: datetime) -> None:
    """Nothing is sent there any more; what is there stays."""
    details = {"platform": connection.platform, "name": connection.title}
    session.execute(delete(AccountingPush).where(col(AccountingPush.connection_id) == connection.id))
    session.delete(connection)
    session.flush()
    audit.record(session, "disconnected accounting", person_id=None, now=now, details=details)


def connections(session: Session) -> list[AccountingConnection]:
    """The company's, the oldest first."""
    return list(session.exec(select(AccountingConnection).order_by(col(AccountingConnection.id))).all())


def lock(session: Session, connection_id: int) -> AccountingConnection | None:
    """The connection as it stands now, which nobody else can change until this transaction ends; None for none."""
    query = select(AccountingConnection).where(AccountingConnection.id == connection_id).with_for_update()
    return session.exec(query.execution_options(populate_existing=True)).one_or_none()


def line_up(session: Session, connection: AccountingConnection, now: datetime) -> None:
    """Bills that something happened to since wait to be looked at."""
    stretch = log.read(session, (connection.position, connection.part), AT_ONCE, TYPES)
    for event in stretch.events:
        if (bill := event.ids.get("bill")) is not None:
            _wanted(session, connection.id, int(bill), event.position, now)
    connection.position, connection.part = stretch.place
    session.flush()


def is_behind(session: Session, connection: AccountingConnection) -> bool:
    """Whether something happened that was not lined up for it."""
    return (connection.position, connection.part) < log.end(session)


def claim(session: Session, connection: AccountingConnection, now: datetime) -> AccountingPush | None:
    """The bill whose turn it is, for this process alone until its lease ends; None where none is due."""
    free = or_(col(AccountingPush.leased_until).is_(None), col(AccountingPush.leased_until) <= now)
    due = AccountingPush.state == PushState.WAITING, col(AccountingPush.next_at) <= now, free
    query = select(AccountingPush).where(AccountingPush.connection_id == connection.id, *due)
    found = session.exec(query.order_by(col(AccountingPush.next_at), col(AccountingPush.id)).limit(1)).first()
    if found is not None:
        found.leased_until = now + LEASE
        session.flush()
    return found


def found_there(session: Session, push_id: int, external: str) -> None:
    """It is there under this id, whatever comes after: it is never made twice."""
    if (push := session.get(AccountingPush, push_id, with_for_update=True)) is not None:
        push.external = external
        session.flush()


def done(session: Session, push_id: int, wanted: int, *, withdrawn: bool) -> None:
    """It stands there as it stood here after the event at `wanted`; what happened since is looked at again."""
    push = session.get(AccountingPush, push_id, with_for_update=True)
    if push is None:
        return
    push.leased_until, push.tries, push.reason = None, 0, ""
    if push.wanted == wanted:
        push.state = PushState.WITHDRAWN if withdrawn else PushState.DONE
    if withdrawn:
        push.external = None
    session.flush()


def failed(session: Session, push_id: int, reason: str, *, lasting: bool, wait: timedelta, now: datetime) -> bool:
    """It is not there: it is tried again, after `wait` at the earliest, or left to a person, where trying again changes
    nothing (`lasting`) or was done for days; whether that was so."""
    push = session.get(AccountingPush, push_id, with_for_update=True)
    if push is None:
        return False
    push.tries, push.leased_until, push.reason = push.tries + 1, None, reason[:500]
    if lasting or now - push.queued_at >= GIVE_UP_AFTER:
        push.state = PushState.FAILED
    push.next_at = now + max(pause(push.tries, RHYTHM) * (1 + random.random() * 0.2), wait)
    session.flush()
    return push.state is PushState.FAILED


def retry(session: Session, connection: AccountingConnection, now: datetime) -> int:
    """What failed, or waits for its time, is tried at once; how many bills that are."""
    unsent = col(AccountingPush.state).in_((PushState.FAILED, PushState.WAITING))
    query = select(AccountingPush).where(AccountingPush.connection_id == connection.id, unsent)
    found = list(session.exec(query).all())
    for push in found:
        push.state, push.queued_at, push.next_at, push.tries = PushState.WAITING, now, now, 0
    session.flush()
    return len(found)


def in_state(session: Session, connection: AccountingConnection, state: PushState) -> list[AccountingPush]:
    """The bills of a connection that are in a state, the oldest first."""
    query = select(AccountingPush).where(AccountingPush.connection_id == connection.id, AccountingPush.state == state)
    return list(session.exec(query.order_by(col(AccountingPush.id))).all())


def _wanted(session: Session, connection_id: int, bill_id: int, position: int, now: datetime) -> None:
    query = select(AccountingPush).where(
        AccountingPush.connection_id == connection_id, AccountingPush.bill_id == bill_id
    )
    push = session.exec(query).one_or_none()
    if push is None:
        push = AccountingPush(connection_id=connection_id, bill_id=bill_id, wanted=position, queued_at=now, next_at=now)
        session.add(push)
    push.wanted, push.state, push.queued_at, push.next_at, push.tries = position, PushState.WAITING, now, now, 0
    session.flush()
