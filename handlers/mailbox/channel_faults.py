"""A channel that does not work, backups that are not made, a machine in trouble: the owners are told elsewhere, and
again once it works."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta, tzinfo

from sqlmodel import Session

from handlers.context import Context
from handlers.language.formats import moment
from handlers.language.translation import say
from handlers.mailbox.machine_troubles import is_machine, trouble, trouble_over
from handlers.messages import Reply
from handlers.reminders.due_notices import Notice
from storage.db.tenancy import FIRST, company_of
from storage.messages import channel_faults, reminders
from storage.messages.reminders import CLOCK_KEY_PREFIX
from storage.models import ChannelFault, Role
from storage.people import people

FAULT, MENDED = "channel-fault", "channel-mended"
"""Kinds of notices (`Message.notice`), with the fault's id."""
BACKUP = "backup"
"""What is no channel and told of in the same way."""
TOLD_AFTER = timedelta(minutes=10)
"""An outage that is over sooner is not worth a word; what will not pass by itself is told at once."""
_MENDED_WITHIN = timedelta(days=1)


def due_channel_notices(session: Session, now: datetime) -> Iterator[Notice]:
    """To each owner, elsewhere, which channel does not work, and that it works again where they were told."""
    owners = [person for person in people.everybody(session) if person.role is Role.OWNER]
    ours = company_of(session) == FIRST  # whoever began the installation looks after its machine
    told = [
        fault
        for fault in channel_faults.standing(session, now)
        if (fault.lasting or is_long(fault)) and (ours or not is_machine(fault))
    ]
    mended = channel_faults.ended_since(session, now - _MENDED_WITHIN)
    for person in owners:
        for kind, fault in [*((FAULT, fault) for fault in told), *((MENDED, fault) for fault in mended)]:
            keys = [_key(FAULT, fault.id, person.id), _key(MENDED, fault.id, person.id)]
            fired = reminders.already_fired(session, person.id, keys, now)
            due = not fired if kind == FAULT else fired == {keys[0]}
            place = reminders.place_of(session, person.id, without=_affected(fault)) if due else None
            if place:
                key = f"{CLOCK_KEY_PREFIX}{_key(kind, fault.id, person.id)}"
                yield Notice(key, f"{kind}:{fault.id}", person.name, place)


def channel_notice_replies(session: Session, context: Context, kind: str) -> tuple[Reply, ...] | None:
    """The notice's text; none where it is over by now, None for another kind of notice."""
    name, _, number = kind.partition(":")
    if name not in (FAULT, MENDED):
        return None
    fault = channel_faults.find(session, int(number))
    over = fault is None or (name == FAULT and fault.ended_at is not None)
    if fault is None or over or not _fire(session, context, _key(name, fault.id, context.asker.id)):
        return ()
    return (Reply(_text(fault, name, context.zone)),)


def _text(fault: ChannelFault, kind: str, zone: tzinfo) -> str:
    if is_machine(fault):
        if kind == FAULT or fault.ended_at is None:
            return trouble(fault)
        return trouble_over(fault, *(moment(at.astimezone(zone)) for at in (fault.since, fault.ended_at)))
    values = {"channel": channel_name(fault.channel), "since": moment(fault.since.astimezone(zone))}
    if kind == MENDED and fault.ended_at is not None:
        until = moment(fault.ended_at.astimezone(zone))
        if fault.channel == BACKUP:
            return say(
                "Backups of the books are made again (they were not from {since} to {until}).", **values, until=until
            )
        return say("{channel} works again (it did not from {since} to {until}).", **values, until=until)
    if fault.channel == BACKUP:
        return say(
            "There is no good backup of the books since {since}: {reason}\n\n"
            "Please have somebody see to it. I keep trying, and everything else works on.",
            **values,
            reason=fault.reason,
        )
    if fault.lasting:
        return say(
            "{channel} does not work since {since}, and somebody has to mend it: {reason}\n\n"
            "I keep trying; everything else works on.",
            **values,
            reason=fault.reason,
        )
    return say(
        "{channel} cannot be reached since {since} ({reason}). I keep trying, and what is to be told there "
        "follows later; everything else works on.",
        **values,
        reason=fault.reason,
    )


def channel_name(name: str) -> str:
    """A channel as people call it: "Slack", "Mail (SMTP)"."""
    channel, _, way = name.partition(" ")
    return f"{channel.capitalize()} ({way})" if way else channel.capitalize()


def _affected(fault: ChannelFault) -> tuple[str, ...]:
    return (fault.channel.partition(" ")[0],)


def is_long(fault: ChannelFault) -> bool:
    """Whether it has lasted long enough to be worth a word."""
    return fault.seen_at - fault.since >= TOLD_AFTER


def _fire(session: Session, context: Context, key: str) -> bool:
    return reminders.record_firing(
        session, key, person_id=context.asker.id, scheduled_for=context.now, now=context.now, message_key=context.key
    )


def _key(kind: str, fault: int, person_id: int) -> str:
    return f"{kind}/{fault}/{person_id}"
