"""What is told about mail without anybody asking: what waits for a decision, what was not delivered."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta, tzinfo

from sqlmodel import Session

from handlers.context import Context
from handlers.mailbox import quarantine, undelivered
from handlers.messages import Reply, split_reply_key
from handlers.reminders.due_notices import Notice, schedule_for
from storage.mail.quarantine import HeldMail, waiting
from storage.messages import outbox, reminders
from storage.messages.reminders import CLOCK_KEY_PREFIX, Place
from storage.models import OutboxItem, Person, Role
from storage.people import people

QUARANTINE, CLAIMED, UNDELIVERED, UNREACHED, OUTBOX = (
    "quarantine",
    "claimed",
    undelivered.UNDELIVERED,
    "unreached",
    "outbox",
)
"""Kinds of notices (`Message.notice`)."""
TOLD_AGAIN_AFTER = timedelta(days=1)


def due_mail_notices(session: Session, now: datetime, zone: tzinfo) -> list[Notice]:
    """All notices about mail whose time has come and that did not go out; `zone` is the company's."""
    everybody, held = people.everybody(session), waiting(session)
    late = [item for item in outbox.waiting(session) if now - item.queued_at >= undelivered.LONG]
    found = [
        notice
        for person in everybody
        for notice in (
            *(_quarantine(session, person, now, zone) if held else ()),
            *(_claimed(session, person) if held else ()),
            *(_outbox(session, person, now, zone, late) if late else ()),
        )
    ]
    return [*found, *_undelivered(session, everybody)]


def give_up_undeliverable(session: Session, now: datetime) -> None:
    """What a person was to be told without asking and could not be delivered counts as not told, from tomorrow on,
    unless it is told elsewhere: then only if that fails as well."""
    for item in outbox.failed(session):
        message_key, _ = split_reply_key(item.key)
        elsewhere = undelivered.is_told_elsewhere(session, item) and not message_key.startswith(undelivered.TELLS)
        if not elsewhere:
            reminders.take_back_firings(session, message_key, retry_at=now + TOLD_AGAIN_AFTER)


def mail_notice_replies(session: Session, context: Context, kind: str) -> tuple[Reply, ...] | None:
    """The replies for a notice about mail; none when what it was about has passed, None for another kind of notice."""
    name = kind.partition(":")[0]
    if name == QUARANTINE:
        return _tell_quarantine(session, context)
    if name == CLAIMED:
        return _tell_claimed(session, context)
    if name == UNDELIVERED:
        return undelivered.to_person(session, context)
    if name == UNREACHED:
        return undelivered.to_owner(session, context)
    if name == OUTBOX:
        return _tell_outbox(session, context)
    return None


def _quarantine(session: Session, person: Person, now: datetime, zone: tzinfo) -> Iterator[Notice]:
    """Once a day, at the hour of the digest, where anything new waits."""
    rhythm = schedule_for(session, person.id, zone)
    local = now.astimezone(rhythm.zone)
    if local.hour < rhythm.hour:
        return
    key = f"{QUARANTINE}/{person.id}/{local:%Y-%m-%d}"
    place = reminders.place_of(session, person.id)
    if place is None or reminders.already_fired(session, person.id, [key], now):
        return
    if _new(session, person, now):
        yield Notice(f"{CLOCK_KEY_PREFIX}{key}", QUARANTINE, person.name, place)


def _new(session: Session, person: Person, now: datetime) -> bool:
    """Whether anything waits that the person was not told of."""
    last = reminders.last_fired(session, person.id, f"{QUARANTINE}/{person.id}/")
    found = quarantine.decidable(session, person.id, person.role)
    return any(_is_for_summary(session, mail) and (last is None or mail.held.held_at > last) for mail in found)


def _is_for_summary(session: Session, mail: HeldMail) -> bool:
    """Whether a mail is told of once a day: not one that its own person is asked about at once, on another channel."""
    held = mail.held
    asked = held.reason == quarantine.UNALIGNED and held.person_id is not None
    return not asked or reminders.place_of(session, held.person_id or 0, without=("mail",)) is None


def _tell_quarantine(session: Session, context: Context) -> tuple[Reply, ...]:
    local = context.now.astimezone(context.zone)
    key = f"{QUARANTINE}/{context.asker.id}/{local:%Y-%m-%d}"
    if not _record(session, context, key):
        return ()
    found = [
        mail
        for mail in quarantine.decidable(session, context.asker.id, context.asker.role)
        if _is_for_summary(session, mail)
    ]
    return quarantine.listing(context, session, found) if found else ()


def _claimed(session: Session, person: Person) -> Iterator[Notice]:
    """At once, on another channel than mail: somebody wrote in the person's name, perhaps the person."""
    place = reminders.place_of(session, person.id, without=("mail",))
    if place is None:
        return
    mine = [mail for mail in waiting(session) if _is_claimed(mail.held.reason, mail.held.person_id, person)]
    untold = [mail for mail in mine if not reminders.fired(session, f"{CLAIMED}/{mail.held.id}")]
    if untold:
        newest = max(mail.held.id for mail in untold)
        yield Notice(f"{CLOCK_KEY_PREFIX}{CLAIMED}/{person.id}/{newest}", CLAIMED, person.name, place)


def _is_claimed(reason: str, person_id: int | None, person: Person) -> bool:
    return reason == quarantine.UNALIGNED and person_id == person.id


def _tell_claimed(session: Session, context: Context) -> tuple[Reply, ...]:
    person = people.find_by_id(session, context.asker.id)
    assert person is not None, "who asks was just found"
    mine = [mail for mail in waiting(session) if _is_claimed(mail.held.reason, mail.held.person_id, person)]
    untold = [mail for mail in mine if _record(session, context, f"{CLAIMED}/{mail.held.id}")]
    return tuple(quarantine.one(context, session, mail) for mail in untold[: quarantine.MOST_SHOWN])


def _undelivered(session: Session, everybody: list[Person]) -> Iterator[Notice]:
    """To each person what did not reach them, elsewhere; to the owners who cannot be reached at all."""
    failed = [
        item
        for item in outbox.failed(session)
        if not item.key.startswith((undelivered.TELLS, f"{CLOCK_KEY_PREFIX}{UNREACHED}/"))
    ]
    lost = [item for item in failed if not undelivered.is_told_elsewhere(session, item)]
    for person in everybody:
        own = [item for item in failed if item.person_id == person.id and item not in lost]
        if own and (place := reminders.place_of(session, person.id, without={item.channel for item in own})):
            yield Notice(f"{undelivered.TELLS}{person.id}/{_moment(own)}", UNDELIVERED, person.name, place)
        others = [item for item in lost if item.person_id != person.id]
        if others and person.role is Role.OWNER and (place := _owners_place(session, person, others)):
            key = f"{CLOCK_KEY_PREFIX}{UNREACHED}/{person.id}/{_moment(others)}"
            yield Notice(key, UNREACHED, person.name, place)


def _owners_place(session: Session, owner: Person, items: list[OutboxItem]) -> Place | None:
    """Rather where things do arrive."""
    elsewhere = reminders.place_of(session, owner.id, without={item.channel for item in items})
    return elsewhere or reminders.place_of(session, owner.id)


def _moment(items: list[OutboxItem]) -> str:
    """A name for those that are told next: when the last of them failed, and how many had failed by then."""
    last = max(item.ended_at or item.queued_at for item in items)
    return f"{last:%Y-%m-%dT%H:%M:%S.%fZ}-{len(items)}"


def _outbox(
    session: Session, person: Person, now: datetime, zone: tzinfo, late: Sequence[OutboxItem]
) -> Iterator[Notice]:
    """Once a day to the owners, elsewhere: what waits for longer than an hour."""
    if person.role is not Role.OWNER:
        return
    key = f"{OUTBOX}/{person.id}/{now.astimezone(zone):%Y-%m-%d}"
    place = reminders.place_of(session, person.id, without={item.channel for item in late})
    if place and not reminders.already_fired(session, person.id, [key], now):
        yield Notice(f"{CLOCK_KEY_PREFIX}{key}", OUTBOX, person.name, place)


def _tell_outbox(session: Session, context: Context) -> tuple[Reply, ...]:
    day = context.key.rpartition("/")[2]
    if not _record(session, context, f"{OUTBOX}/{context.asker.id}/{day}"):
        return ()
    return undelivered.still_waiting(session, context)


def _record(session: Session, context: Context, key: str) -> bool:
    return reminders.record_firing(
        session, key, person_id=context.asker.id, scheduled_for=context.now, now=context.now, message_key=context.key
    )
