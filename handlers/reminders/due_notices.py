"""What is to be told now, and to whom. The clock asks every minute; what it finds is told once, whoever asks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo

from sqlmodel import Session

from handlers.reminders.agenda import REMINDER, Agenda
from handlers.reminders.schedule import ReminderSchedule, digest_before, schedule_of
from storage.approvals import approvals
from storage.messages import reminders
from storage.messages.reminders import CLOCK_KEY_PREFIX, Place
from storage.models import Alarm, Bill, Person, Preference
from storage.people import company, preferences

DIGEST, ALARM, APPROVAL = "digest", "alarm", "approval"


@dataclass(frozen=True)
class Notice:
    """Something to tell somebody: `key` says what, to whom and for which time; `kind` as `Message.notice`."""

    key: str
    kind: str
    name: str
    place: Place


def due_notices(session: Session, now: datetime, zone: tzinfo) -> list[Notice]:
    """All notices whose time has come and that did not go out; `zone` is the company's. Missed ones come once."""
    agenda = Agenda(session, now, zone)
    awaited = _awaited(session)
    ringing = _by_person(reminders.alarms(session, until=now))
    return [
        notice
        for person in agenda.everybody
        for notice in (
            *_alarms(session, person, ringing.get(person.id, ())),
            *_elsewhere(agenda, person, awaited.get(person.id, ())),
        )
    ]


def schedule_for(session: Session, person_id: int, zone: tzinfo) -> ReminderSchedule:
    """The person's rhythm."""
    return schedule_of(company.company(session), preferences.preference(session, person_id), zone)


def digest_slot(agenda: Agenda, person: Person) -> tuple[str, datetime] | None:
    """The key and the time of a digest that is due to the person; None when none is."""
    chosen, at = agenda.chosen(person), digest_before(agenda.rhythm(person), agenda.now)
    if at <= person.created_at or not _reads_digests(agenda, person, chosen):
        return None
    key = f"{DIGEST}/{person.id}/{at:%Y-%m-%dT%H:%MZ}"
    return None if reminders.already_fired(agenda.session, person.id, [key], agenda.now) else (key, at)


def approval_key(person: Person, bill: Bill) -> str:
    """A person is asked once to agree to a bill as it is."""
    return f"{APPROVAL}/{person.id}/{bill.id}/{approvals.basis(bill)}"


def _awaited(session: Session) -> dict[int, list[Bill]]:
    """By person the bills that wait for them."""
    found: dict[int, list[Bill]] = {}
    for bill in approvals.waiting(session):
        for person in approvals.awaited(session, bill):
            found.setdefault(person.id, []).append(bill)
    return found


def _by_person(alarms: Iterable[Alarm]) -> dict[int, list[Alarm]]:
    found: dict[int, list[Alarm]] = {}
    for alarm in alarms:
        found.setdefault(alarm.person_id, []).append(alarm)
    return found


def _alarms(session: Session, person: Person, alarms: Iterable[Alarm]) -> Iterator[Notice]:
    """On the chat where each was asked for, but never where others read along."""
    for alarm in alarms:
        address = reminders.address_on(session, person.id, alarm.channel)
        if address:
            place = Place(alarm.channel, address, alarm.conversation)
            if reminders.is_shared(session, alarm.channel, alarm.conversation):
                place = reminders.direct_place(session, person.id, alarm.channel) or place
            key = _message_key(f"{ALARM}/{alarm.id}", alarm.undelivered)
            yield Notice(key, f"{ALARM}:{alarm.id}", person.name, place)


def _elsewhere(agenda: Agenda, person: Person, awaited: Sequence[Bill]) -> Iterator[Notice]:
    """What goes where the person wants to be told, or wrote last; the place is looked for only where there is any."""
    found = [*_approvals(agenda, person, awaited), *_reminder(agenda, person), *_digest(agenda, person)]
    if found and (somewhere := reminders.place_of(agenda.session, person.id)):
        yield from (Notice(key, kind, person.name, somewhere) for key, kind in found)


def _approvals(agenda: Agenda, person: Person, awaited: Sequence[Bill]) -> Iterator[tuple[str, str]]:
    """Keys and kinds, one a bill that waits for the person."""
    keys = {approval_key(person, bill): bill for bill in awaited}
    out = reminders.already_fired(agenda.session, person.id, keys, agenda.now) if keys else set()
    for key, bill in keys.items():
        if key not in out:
            again = reminders.undelivered(agenda.session, [key])
            yield _message_key(key, again), f"{APPROVAL}:{bill.id}"


def _reminder(agenda: Agenda, person: Person) -> Iterator[tuple[str, str]]:
    """One for all bills whose time has come."""
    if not agenda.chosen(person).muted and (bills := agenda.pending(person)):
        slot = max(reminder.stage.at for reminder in bills)
        again = reminders.undelivered(agenda.session, [reminder.key for reminder in bills])
        yield _message_key(f"{REMINDER}/{person.id}/{slot:%Y-%m-%dT%H:%MZ}", again), REMINDER


def _digest(agenda: Agenda, person: Person) -> Iterator[tuple[str, str]]:
    if due := digest_slot(agenda, person):
        yield _message_key(due[0], reminders.undelivered(agenda.session, due[:1])), DIGEST


def _message_key(what: str, undelivered: int) -> str:
    """The key of the message that tells it: another one each time that it could not be delivered."""
    return f"{CLOCK_KEY_PREFIX}{what}" + (f"/{undelivered}" if undelivered else "")


def _reads_digests(agenda: Agenda, person: Person, chosen: Preference) -> bool:
    """Those who may pay get the digest unless they do not want it; others when they asked for it."""
    return chosen.digest and (agenda.may_pay(person) or chosen.digest_weekday is not None)
