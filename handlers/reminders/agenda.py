"""What the clock knows of people and open bills when it looks, and which bills somebody is to be reminded of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo
from functools import cached_property

from sqlmodel import Session

from handlers.reminders.bill_stages import BillStages
from handlers.reminders.schedule import ReminderSchedule, Stage, schedule_of
from storage.messages import reminders
from storage.messages.reminders import OpenBill
from storage.models import Company, Person, Preference, Role, Snooze
from storage.people import company, people, preferences

REMINDER = "reminder"

_SLACK = timedelta(days=14)  # a reminder before the due date moves over weekends and holidays


@dataclass(frozen=True)
class PendingReminder:
    """A bill to remind somebody of, at which stage; `key` is what is noted once it went out."""

    bill: OpenBill
    stage: Stage
    key: str


class Agenda:
    """What is known of everybody as of `now` (aware), read once a look however many people and bills there are; `zone`
    is the company's."""

    def __init__(self, session: Session, now: datetime, zone: tzinfo) -> None:
        self.session, self.now, self.zone = session, now, zone
        self._of_rhythm: dict[ReminderSchedule, Sequence[tuple[OpenBill, Stage]]] = {}

    @property
    def today(self) -> date:
        """The company's day."""
        return self.now.astimezone(self.zone).date()

    @cached_property
    def everybody(self) -> list[Person]:
        """All people."""
        return people.everybody(self.session)

    def rhythm(self, person: Person) -> ReminderSchedule:
        """The person's rhythm."""
        return schedule_of(self._company, self.chosen(person), self.zone)

    def chosen(self, person: Person) -> Preference:
        """What the person chose."""
        if person.id not in self._chosen:
            self._chosen[person.id] = Preference(person_id=person.id)
        return self._chosen[person.id]

    def may_pay(self, person: Person) -> bool:
        """Whether the person looks after what is to be paid."""
        if person.role not in self._payers:
            self._payers[person.role] = reminders.may_pay(self.session, person)
        return self._payers[person.role]

    def pending(self, person: Person) -> list[PendingReminder]:
        """The bills that the person is to be reminded of, by due date, each at its latest stage that did not go out."""
        found = [PendingReminder(bill, stage, _key(person, bill, stage)) for bill, stage in self._standing(person)]
        out = reminders.already_fired(self.session, person.id, [reminder.key for reminder in found], self.now)
        return [reminder for reminder in found if reminder.key not in out]

    def _standing(self, person: Person) -> Sequence[tuple[OpenBill, Stage]]:
        """The person's bills with their stages; those of people who want it alike are looked at once."""
        rhythm, snoozed = self.rhythm(person), self._snoozed.get(person.id)
        if self.may_pay(person) and not snoozed:
            if rhythm not in self._of_rhythm:
                self._of_rhythm[rhythm] = _at_stages(self._open, BillStages(rhythm, self.now), {})
            return self._of_rhythm[rhythm]
        bills = self._open if self.may_pay(person) else self._by_sender.get(person.id, ())
        return _at_stages(bills, BillStages(rhythm, self.now), snoozed or {})

    @cached_property
    def _company(self) -> Company:
        return company.company(self.session)

    @cached_property
    def _chosen(self) -> dict[int, Preference]:
        return preferences.all_preferences(self.session)

    @cached_property
    def _payers(self) -> dict[Role, bool]:
        return {}

    @cached_property
    def _open(self) -> list[OpenBill]:
        longest = max((max(self.rhythm(person).before, default=0) for person in self.everybody), default=0)
        return reminders.open_and_dated(
            self.session, self.now.date() + timedelta(days=longest + 1) + _SLACK, self.today
        )

    @cached_property
    def _by_sender(self) -> dict[int, list[OpenBill]]:
        by_sender: dict[int, list[OpenBill]] = {}
        for bill in self._open:
            by_sender.setdefault(bill.created_by, []).append(bill)
        return by_sender

    @cached_property
    def _snoozed(self) -> dict[int, dict[int, Snooze]]:
        return reminders.all_snoozes(self.session)


def _at_stages(
    bills: Sequence[OpenBill], stages: BillStages, snoozed: Mapping[int, Snooze]
) -> list[tuple[OpenBill, Stage]]:
    found = ((bill, stages.latest(bill, snoozed.get(bill.id))) for bill in bills)
    return [(bill, stage) for bill, stage in found if stage]


def _key(person: Person, bill: OpenBill, stage: Stage) -> str:
    """What, to whom, and for which time: the stage, rather than its hour, so that a new time zone repeats nothing."""
    return f"{REMINDER}/{person.id}/{bill.id}/{bill.due_date}/{stage.offset}"
