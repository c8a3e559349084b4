"""What was told without being asked, what people do not want to hear of, and what they want to be reminded of."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, case
from sqlalchemy import select as sa_select
from sqlmodel import Session, and_, col, func, not_, or_, select

from storage.bills.beside import payment_holds
from storage.bills.lifecycle import OPEN
from storage.db.lists import one_of
from storage.db.locks import acquire_lock
from storage.models import Alarm, Bill, Firing, Identity, Inbound, Permission, Person, Reach, Side, Snooze
from storage.people import preferences, rights
from storage.people.access import tokens

CLOCK_KEY_PREFIX = "clock:"
"""How the keys of messages begin that the clock sends in a person's name."""

IN_PREFERENCE = ("web", "telegram", "slack", "mail")
"""Channels for somebody who never wrote; the terminal comes last, since nobody watches it."""


@dataclass(frozen=True)
class Place:
    """Where a person is told something: a channel, the person's address on it, and a conversation there."""

    channel: str
    address: str
    conversation: str


@dataclass(frozen=True)
class OpenBill:
    """What the clock has to know of an open bill. `since` is when it was booked; `discount_ends` are the last days of
    its discounts for early payment, as long as nothing is paid."""

    id: int
    due_date: date
    since: datetime
    created_by: int
    side: Side
    discount_ends: tuple[date, ...]


def open_and_dated(session: Session, until: date, today: date) -> list[OpenBill]:
    """The same bills as `open_until` without all that stands on them."""
    unpaid = case((col(Bill.open_minor) == col(Bill.total_minor), col(Bill.currency)))
    query = sa_select(
        Bill.id, Bill.due_date, Bill.confirmed_at, Bill.created_at, Bill.created_by, Bill.side, unpaid,
        Bill.discount_minor, Bill.discount_until, Bill.later_discount_minor, Bill.later_discount_until,
    )  # type: ignore[call-overload, misc]  # fmt: skip
    query = query.where(*_open_until(until, today)).order_by(col(Bill.due_date), col(Bill.id))
    return [
        OpenBill(
            id_,
            due,
            confirmed or created,
            by,
            side,
            tuple(end for off, end in ((early, first), (later, second)) if whole and off and end),
        )
        for id_, due, confirmed, created, by, side, whole, early, first, later, second in session.execute(query).all()
    ]


def _open_until(until: date, today: date) -> tuple[ColumnElement[bool], ...]:
    ends = (Bill.due_date, Bill.discount_until, Bill.later_discount_until)
    return (
        col(Bill.state).in_(OPEN),
        col(Bill.due_date).is_not(None),
        or_(*(col(day) <= until for day in ends)),
        col(Bill.id).not_in(payment_holds.held_bills(today)),
    )


def open_until(session: Session, until: date, today: date) -> list[Bill]:
    """Open bills, ours and others', that are due by then, or whose discount for early payment ends; by due date."""
    query = select(Bill).where(*_open_until(until, today))
    return list(session.exec(query.order_by(col(Bill.due_date), col(Bill.id))).all())


def may_pay(session: Session, person: Person) -> bool:
    """Whether a person looks after what is to be paid: they are reminded of all bills, others of those they sent."""
    return rights.reach_of(session, person.role, Permission.RECORD_PAYMENTS) is Reach.ANY


def place_of(session: Session, person_id: int, without: Collection[str] = ()) -> Place | None:
    """Where the person wants to be told, else where they wrote last to us alone, never where others read along; None
    for somebody without any address.

    `without` are channels that do not count, such as the one on which they cannot be reached.
    """
    without = (*without, tokens.CHANNEL)  # programs are told nothing by themselves
    addresses = {name: address for name, address in _addresses(session, person_id).items() if name not in without}
    chosen = preferences.preference(session, person_id)
    if (
        chosen.channel in addresses
        and chosen.conversation
        and not is_shared(session, chosen.channel, chosen.conversation)
    ):
        return Place(chosen.channel, addresses[chosen.channel], chosen.conversation)
    wrote = _wrote_alone(session, person_id, tuple(name for name in addresses if name != "terminal"))
    channel = wrote.channel if wrote else None
    channel = channel or next((name for name in (*IN_PREFERENCE, *addresses) if name in addresses), None)
    return _direct(channel, addresses[channel], wrote) if channel else None


def direct_place(session: Session, person_id: int, channel: str) -> Place | None:
    """Where the person is told something alone on this channel; None where they have no address on it."""
    address = address_on(session, person_id, channel)
    return _direct(channel, address, _wrote_alone(session, person_id, (channel,))) if address else None


def _direct(channel: str, address: str, wrote: Inbound | None) -> Place:
    """The conversation in which they wrote alone; where they never did, the address stands for it."""
    return Place(channel, address, wrote.conversation if wrote else address)


def _addresses(session: Session, person_id: int) -> dict[str, str]:
    """The person's address on each channel, that which was linked first where there are several."""
    query = select(Identity).where(Identity.person_id == person_id).order_by(col(Identity.id).desc())
    return {identity.channel: identity.address for identity in session.exec(query).all()}


def _wrote_alone(session: Session, person_id: int, channels: Collection[str]) -> Inbound | None:
    """The person's last message on one of the channels that nobody else read."""
    query = select(Inbound).where(
        Inbound.person_id == person_id,
        col(Inbound.shared).is_(False),
        col(Inbound.key).not_like(f"{CLOCK_KEY_PREFIX}%"),
        col(Inbound.channel).in_(channels),
    )
    return session.exec(query.order_by(col(Inbound.served_at).desc())).first()


def has_written_in(session: Session, channel: str, conversation: str) -> bool:
    """Whether anything was served in a conversation."""
    query = select(Inbound.key).where(Inbound.channel == channel, Inbound.conversation == conversation)
    return session.exec(query).first() is not None


def is_shared(session: Session, channel: str, conversation: str) -> bool:
    """Whether others than whoever wrote there read a conversation."""
    query = select(Inbound.key).where(
        Inbound.channel == channel, Inbound.conversation == conversation, col(Inbound.shared).is_(True)
    )
    return session.exec(query).first() is not None


def address_on(session: Session, person_id: int, channel: str) -> str | None:
    """The person's address on a channel, None where they have none (any more)."""
    query = select(Identity.address).where(Identity.person_id == person_id, Identity.channel == channel)
    return session.exec(query.order_by(col(Identity.id).desc())).first()


def already_fired(session: Session, person_id: int, keys: Collection[str], now: datetime) -> set[str]:
    """Those of the keys under which something went out to the person; not what could not be delivered, once its time
    has come again."""
    if not keys:
        return set()
    due_again = and_(col(Firing.retry_at).is_not(None), col(Firing.retry_at) <= now)
    query = select(Firing.key).where(Firing.person_id == person_id, one_of(Firing.key, keys), not_(due_again))
    return set(session.exec(query).all())


def fired(session: Session, key: str) -> bool:
    """Whether anything went out under this key."""
    return session.get(Firing, key) is not None


def last_fired(session: Session, person_id: int, prefix: str) -> datetime | None:
    """When something went out to the person last under a key that begins so; None for never."""
    query = select(Firing.fired_at).where(Firing.person_id == person_id, col(Firing.key).startswith(prefix))
    return session.exec(query.order_by(col(Firing.fired_at).desc())).first()


def undelivered(session: Session, keys: Collection[str]) -> int:
    """How often what went out under one of these keys could not be delivered, at most."""
    query = select(func.max(Firing.undelivered)).where(one_of(Firing.key, keys))
    return session.exec(query).one() or 0


def record_firing(
    session: Session,
    key: str,
    *,
    person_id: int,
    scheduled_for: datetime,
    now: datetime,
    message_key: str | None = None,
) -> bool:
    """Notes that something goes out, by the message of this key; False when it did already. It goes out if this
    transaction is committed."""
    acquire_lock(session, f"firing:{key}")
    fired = session.get(Firing, key)
    if fired and (fired.retry_at is None or fired.retry_at > now):
        return False
    fired = fired or Firing(key=key, person_id=person_id, scheduled_for=scheduled_for, fired_at=now)
    fired.fired_at, fired.message_key, fired.retry_at = now, message_key, None
    session.add(fired)
    session.flush()
    return True


def take_back_firings(session: Session, message_key: str, *, retry_at: datetime) -> int:
    """What the message of this key told could not be delivered: it counts as not told from `retry_at` on. Returns how
    many reminders, digests and alarms that are."""
    told_by = select(Firing).where(Firing.message_key == message_key, col(Firing.retry_at).is_(None))
    fired = session.exec(told_by).all()
    numbers = {_alarm_of(message_key), *(_alarm_of(one.key) for one in fired)}
    rung = session.exec(select(Alarm).where(one_of(Alarm.id, numbers), col(Alarm.rung_at).is_not(None))).all()
    for one in fired:
        one.undelivered, one.retry_at = one.undelivered + 1, retry_at
    for alarm in rung:
        alarm.undelivered, alarm.retry_at, alarm.rung_at = alarm.undelivered + 1, retry_at, None
    session.flush()
    return len(fired) + len(rung)


def hand_over_firings(session: Session, message_key: str, to: str) -> None:
    """What the one message was to tell is told by the other instead."""
    if alarm := session.get(Alarm, _alarm_of(message_key)):
        _ring_by(session, alarm, to)
    for one in session.exec(select(Firing).where(Firing.message_key == message_key)).all():
        one.message_key = to
    session.flush()


def _ring_by(session: Session, alarm: Alarm, message_key: str) -> None:
    """Notes which message rings an alarm instead of its own, should that one not be delivered either."""
    key = f"alarm/{alarm.id}"
    at = alarm.rung_at or alarm.at
    one = session.get(Firing, key) or Firing(key=key, person_id=alarm.person_id, scheduled_for=alarm.at, fired_at=at)
    one.fired_at, one.message_key, one.retry_at = at, message_key, None
    session.add(one)


def _alarm_of(message_key: str) -> int:
    """The alarm that a message of the clock rang, or that a firing is of; 0 where it was something else."""
    kind, _, rest = message_key.removeprefix(CLOCK_KEY_PREFIX).partition("/")
    number = rest.partition("/")[0]
    return int(number) if kind == "alarm" and number.isascii() and number.isdigit() else 0


def snoozes(session: Session, person_id: int) -> dict[int, Snooze]:
    """What the person does not want to hear of for a while, by bill id."""
    found = session.exec(select(Snooze).where(Snooze.person_id == person_id)).all()
    return {snooze.bill_id: snooze for snooze in found}


def all_snoozes(session: Session) -> dict[int, dict[int, Snooze]]:
    """By person what they do not want to hear of for a while, by bill id; of bills that are open."""
    query = select(Snooze).join(Bill, col(Bill.id) == col(Snooze.bill_id)).where(col(Bill.state).in_(OPEN))
    found: dict[int, dict[int, Snooze]] = {}
    for one in session.exec(query).all():
        found.setdefault(one.person_id, {})[one.bill_id] = one
    return found


def snooze(session: Session, person_id: int, bill_id: int, until: datetime | None) -> None:
    """The person hears of the bill again at `until`, or (None) never."""
    acquire_lock(session, f"snooze:{person_id}")
    query = select(Snooze).where(Snooze.person_id == person_id, Snooze.bill_id == bill_id)
    found = session.exec(query).one_or_none() or Snooze(person_id=person_id, bill_id=bill_id)
    found.until = until
    session.add(found)
    session.flush()


def end_snooze(session: Session, person_id: int, bill_id: int) -> None:
    """The person hears of the bill as ever."""
    acquire_lock(session, f"snooze:{person_id}")
    for found in session.exec(select(Snooze).where(Snooze.person_id == person_id, Snooze.bill_id == bill_id)).all():
        session.delete(found)
    session.flush()


def set_alarm(session: Session, alarm: Alarm) -> Alarm:
    """Keeps an alarm; a second time under its key changes nothing."""
    acquire_lock(session, f"alarm:{alarm.key}")
    if known := session.exec(select(Alarm).where(Alarm.key == alarm.key)).one_or_none():
        return known
    session.add(alarm)
    session.flush()
    return alarm


def alarms(session: Session, *, person_id: int | None = None, until: datetime | None = None) -> list[Alarm]:
    """Alarms that still stand, by time: a person's, or all that are to ring by `until`."""
    query = select(Alarm).where(col(Alarm.rung_at).is_(None), col(Alarm.cancelled_at).is_(None))
    if person_id is not None:
        query = query.where(Alarm.person_id == person_id)
    if until is not None:
        query = query.where(Alarm.at <= until, or_(col(Alarm.retry_at).is_(None), col(Alarm.retry_at) <= until))
    return list(session.exec(query.order_by(col(Alarm.at))).all())
