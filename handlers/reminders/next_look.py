"""When the clock has to look at a company next, where nothing happens there meanwhile."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, time, timedelta, tzinfo

from sqlmodel import Session

from handlers.reminders.agenda import Agenda
from handlers.reminders.schedule import ReminderSchedule
from storage.messages import reminders

LONGEST = timedelta(hours=1)
"""What has no time of its own, such as a reply that waits for an hour to be delivered, is found so late at most."""


def next_look(session: Session, now: datetime, zone: tzinfo) -> datetime:
    """The first moment after `now` (aware) at which something may be due to anybody: an hour at which somebody is told
    things, the end of a snooze, or so many minutes from now. `zone` is the company's."""
    agenda = Agenda(session, now, zone)
    moments = [now + LONGEST]
    for rhythm in {agenda.rhythm(person) for person in agenda.everybody}:
        moments.extend(_hours(rhythm, now))
    for snoozed in reminders.all_snoozes(session).values():
        moments.extend(one.until for one in snoozed.values() if one.until is not None)
    return min(moment for moment in moments if moment > now)


def _hours(rhythm: ReminderSchedule, now: datetime) -> Iterator[datetime]:
    today = now.astimezone(rhythm.zone).date()
    for day in (today, today + timedelta(days=1)):
        for hour in (rhythm.hour, rhythm.quiet_until):
            yield datetime.combine(day, time(hour), rhythm.zone)
