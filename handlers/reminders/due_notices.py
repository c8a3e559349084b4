"""What is to be told now, and to whom. The clock asks every minute; what it finds is told once, whoever asks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta, tzinfo

from sqlmodel import Session

from handlers.reminders.schedule import ReminderSchedule, Stage, digest_before, schedule_of, stages
from storage.approvals import approvals
from storage.bills.discounts import steps
from storage.messages import reminders
from storage.messages.reminders import CLOCK_KEY_PREFIX, Place
from storage.models import Bill, Person, Preference, Role, Side, Snooze
from storage.people import company, people, preferences

REMINDER, DIGEST, ALARM, APPROVAL = "reminder", "digest", "alarm", "approval"

_SLACK = timedelta(days=14)  # a reminder before the due date moves over weekends and holidays


@dataclass(frozen=True)
class Notice:
    """Something to tell somebody: `key` says what, to whom and for which time; `kind` as `Message.notice`."""

    key: str
    kind: str
    name: str
    place: Place


@dataclass(frozen=True)
class PendingReminder:
    """A bill to remind somebody of, at which stage; `key` is what is noted once it went out."""

    bill: Bill
    stage: Stage
    key: str


def due_notices(session: Session, now: datetime, zone: tzinfo) -> list[Notice]:
    """All notices whose time has come and that did not go out; `zone` is the company's. Missed ones come once."""
    undecided = approvals.waiting(session)
    return [notice for person in people.everybody(session) for notice in _for(session, person, now, zone, undecided)]


def schedule_for(session: Session, person_id: int, zone: tzinfo) -> ReminderSchedule:
    """The person's rhythm."""
    return schedule_of(company.company(session), preferences.preference(session, person_id), zone)


def pending_reminders(
    session: Session, person: Person, rhythm: ReminderSchedule, now: datetime
) -> list[PendingReminder]:
    """The bills that the person is to be reminded of, by due date, each at its latest stage that did not go out."""
    reach = now.astimezone(rhythm.zone).date() + timedelta(days=max(rhythm.before, default=0)) + _SLACK
    snoozed = reminders.snoozes(session, person.id)
    found = [
        PendingReminder(bill, stage, _key(person, bill, stage))
        for bill in reminders.open_until(session, reach)
        if reminders.concerns(bill, person)
        for stage in _latest(bill, snoozed.get(bill.id), rhythm, now)
    ]
    out = reminders.already_fired(session, person.id, [reminder.key for reminder in found], now)
    return [reminder for reminder in found if reminder.key not in out]


def digest_slot(
    session: Session, person: Person, rhythm: ReminderSchedule, now: datetime
) -> tuple[str, datetime] | None:
    """The key and the time of a digest that is due to the person; None when none is."""
    chosen = preferences.preference(session, person.id)
    at = digest_before(rhythm, now)
    key = f"{DIGEST}/{person.id}/{at:%Y-%m-%dT%H:%MZ}"
    if (
        not _reads_digests(person, chosen)
        or at <= person.created_at
        or reminders.already_fired(session, person.id, [key], now)
    ):
        return None
    return key, at


def approval_key(person: Person, bill: Bill) -> str:
    """A person is asked once to agree to a bill as it is."""
    return f"{APPROVAL}/{person.id}/{bill.id}/{approvals.basis(bill)}"


def _for(session: Session, person: Person, now: datetime, zone: tzinfo, undecided: Sequence[Bill]) -> Iterator[Notice]:
    for alarm in reminders.alarms(session, person_id=person.id, until=now):
        address = reminders.address_on(session, person.id, alarm.channel)
        if address:
            place = Place(alarm.channel, address, alarm.conversation)
            if reminders.is_shared(session, alarm.channel, alarm.conversation):
                place = reminders.direct_place(session, person.id, alarm.channel) or place
            key = _message_key(f"{ALARM}/{alarm.id}", alarm.undelivered)
            yield Notice(key, f"{ALARM}:{alarm.id}", person.name, place)
    chosen = preferences.preference(session, person.id)
    somewhere = reminders.place_of(session, person.id)
    if somewhere is None:
        return
    for bill in undecided:
        key = approval_key(person, bill)
        if approvals.awaits_decision_of(session, bill, person) and not reminders.already_fired(
            session, person.id, [key], now
        ):
            again = reminders.undelivered(session, [key])
            yield Notice(_message_key(key, again), f"{APPROVAL}:{bill.id}", person.name, somewhere)
    rhythm = schedule_for(session, person.id, zone)
    if not chosen.muted and (bills := pending_reminders(session, person, rhythm, now)):
        slot = max(reminder.stage.at for reminder in bills)
        again = reminders.undelivered(session, [reminder.key for reminder in bills])
        key = _message_key(f"{REMINDER}/{person.id}/{slot:%Y-%m-%dT%H:%MZ}", again)
        yield Notice(key, REMINDER, person.name, somewhere)
    if due := digest_slot(session, person, rhythm, now):
        yield Notice(_message_key(due[0], reminders.undelivered(session, due[:1])), DIGEST, person.name, somewhere)


def _message_key(what: str, undelivered: int) -> str:
    """The key of the message that tells it: another one each time that it could not be delivered."""
    return f"{CLOCK_KEY_PREFIX}{what}" + (f"/{undelivered}" if undelivered else "")


def _latest(bill: Bill, snooze: Snooze | None, rhythm: ReminderSchedule, now: datetime) -> list[Stage]:
    """The stage at which the bill stands, or none: not before it was booked, nor while it is snoozed."""
    assert bill.due_date is not None
    since = bill.confirmed_at or bill.created_at
    reached = [stage for stage in stages(bill.due_date, _with_discount(bill, rhythm), now) if stage.at > since]
    if bill.side is Side.RECEIVABLE:  # what others owe us is news once it is late
        reached = [stage for stage in reached if stage.offset > 0]
    if snooze is None:
        return reached[-1:]
    if snooze.until is None or snooze.until > now:
        return []
    woken = Stage(_days(bill.due_date, snooze.until, rhythm), snooze.until)
    return [*[stage for stage in (woken, *reached) if stage.at >= snooze.until]][-1:]


def _with_discount(bill: Bill, rhythm: ReminderSchedule) -> ReminderSchedule:
    """The rhythm with a reminder as long before the end of each discount as the last one before the due date comes."""
    if not rhythm.before or bill.due_date is None or bill.open_minor != bill.total_minor:
        return rhythm
    ends = [(bill.due_date - step.until).days for step in steps(bill) if step.until]
    return replace(rhythm, before=(*rhythm.before, *(end + min(rhythm.before) for end in ends if end > 0)))


def _days(due: date, at: datetime, rhythm: ReminderSchedule) -> int:
    return (at.astimezone(rhythm.zone).date() - due).days


def _key(person: Person, bill: Bill, stage: Stage) -> str:
    """What, to whom, and for which time: the stage, rather than its hour, so that a new time zone repeats nothing."""
    return f"{REMINDER}/{person.id}/{bill.id}/{bill.due_date}/{stage.offset}"


def _reads_digests(person: Person, chosen: Preference) -> bool:
    """Those who may pay get the digest unless they do not want it; others when they asked for it."""
    return chosen.digest and (person.role in (Role.OWNER, Role.APPROVER) or chosen.digest_weekday is not None)
