"""When somebody is told something: days, hours, quiet hours and holidays. Pure.

Days are of the person's own zone. Nothing goes out on a weekend or on a public holiday of the company's country:
what comes before a due date, and on it, moves to the last working day before, so that there is time to pay; all else
moves to the next working day.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from functools import cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from holidays import HolidayBase, country_holidays, list_supported_countries

from storage.models import Company, Preference

WEEK = timedelta(days=7)
WEEKS_KEPT = 8
"""So many weekly reminders are looked at, however long ago a bill was due: more than free days put one off."""


@dataclass(frozen=True)
class ReminderSchedule:
    """How one person wants it. `before` and `after` are days from a due date; `weekday` counts from 0 (Monday).

    Between the hours `quiet_from` and `quiet_until` (past midnight if the first is later) nothing goes out; equal
    hours mean that there are no quiet ones. `country` is ISO 3166 alpha-2, None where only weekends are free.
    """

    zone: tzinfo
    before: tuple[int, ...] = (14, 7, 1)
    after: tuple[int, ...] = (1, 7)
    weekday: int = 0
    hour: int = 9
    quiet_from: int = 20
    quiet_until: int = 8
    country: str | None = None


@dataclass(frozen=True)
class Stage:
    """One reminder of a bill: how many days from its due date (negative before it), and when it is due (UTC)."""

    offset: int
    at: datetime


def schedule_of(company: Company, chosen: Preference, zone: tzinfo) -> ReminderSchedule:
    """What the person chose, else the company's way; `zone` is the company's."""
    return ReminderSchedule(
        zone=find_time_zone(chosen.zone) or zone,
        before=tuple(company.remind_before if chosen.remind_before is None else chosen.remind_before),
        after=tuple(company.remind_after if chosen.remind_after is None else chosen.remind_after),
        weekday=company.digest_weekday if chosen.digest_weekday is None else chosen.digest_weekday,
        hour=company.digest_hour if chosen.digest_hour is None else chosen.digest_hour,
        quiet_from=company.quiet_from if chosen.quiet_from is None else chosen.quiet_from,
        quiet_until=company.quiet_until if chosen.quiet_until is None else chosen.quiet_until,
        country=company.country,
    )


def find_time_zone(name: str | None) -> tzinfo | None:
    """The time zone of this IANA name, None for no name or one that is unknown."""
    try:
        return ZoneInfo(name) if name else None
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


def stages(due: date, rhythm: ReminderSchedule, now: datetime) -> list[Stage]:
    """Every reminder of a bill that is due on `due` whose time has come, oldest first; of those that come every week
    the last few."""
    planned = [-days for days in sorted(rhythm.before, reverse=True)] + [0]
    reached = [_stage(due, offset, rhythm) for offset in planned] + list(_overdue(due, rhythm, now))
    return sorted((stage for stage in reached if stage.at <= now), key=lambda stage: stage.at)


def digest_before(rhythm: ReminderSchedule, now: datetime) -> datetime:
    """When the last digest was due at or before `now` (UTC)."""
    local = now.astimezone(rhythm.zone).date()
    day = local - timedelta(days=(local.weekday() - rhythm.weekday) % 7)
    while (at := _at_work(day, rhythm, forward=True)) > now:
        day -= WEEK
    return at


def notice_time(day: date, rhythm: ReminderSchedule, hour: int | None = None) -> datetime:
    """The usual hour of that day, or another one, in UTC; in quiet hours, the hour at which they end."""
    wanted = rhythm.hour if hour is None else hour
    if _is_quiet(wanted, rhythm):
        day += timedelta(days=wanted >= rhythm.quiet_from > rhythm.quiet_until)
        wanted = rhythm.quiet_until
    return datetime.combine(day, time(wanted), rhythm.zone).astimezone(UTC)


def _stage(due: date, offset: int, rhythm: ReminderSchedule) -> Stage:
    return Stage(offset, _at_work(due + timedelta(days=offset), rhythm, forward=offset > 0))


def _at_work(day: date, rhythm: ReminderSchedule, *, forward: bool) -> datetime:
    """The usual hour of that day, or of the working day nearest to it, also where quiet hours put it off overnight."""
    at = notice_time(_working_day(day, rhythm, forward=forward), rhythm)
    comes = at.astimezone(rhythm.zone).date()
    if (works := _working_day(comes, rhythm, forward=True)) == comes:
        return at
    return notice_time(works, rhythm, rhythm.quiet_until)


def _overdue(due: date, rhythm: ReminderSchedule, now: datetime) -> Iterator[Stage]:
    """After the due date: on the days chosen, then every week, of which those long ago are left out."""
    if not rhythm.after:
        return
    last, late = max(rhythm.after), (now.astimezone(rhythm.zone).date() - due).days
    weeks = (late - last) // WEEK.days
    weekly = (last + week * WEEK.days for week in range(max(1, weeks - WEEKS_KEPT), weeks + 1))
    for days in (*sorted(rhythm.after), *weekly):
        if (stage := _stage(due, days, rhythm)).at > now:
            return
        yield stage


def _is_quiet(hour: int, rhythm: ReminderSchedule) -> bool:
    start, end = rhythm.quiet_from, rhythm.quiet_until
    return start <= hour < end if start <= end else hour >= start or hour < end


def _working_day(day: date, rhythm: ReminderSchedule, *, forward: bool) -> date:
    free = _holidays(rhythm.country) if rhythm.country else ()
    while day.weekday() >= 5 or day in free:
        day += timedelta(days=1 if forward else -1)
    return day


@cache
def _holidays(country: str) -> HolidayBase | tuple[()]:
    """Public holidays of a country (library `holidays`), none where it is not known."""
    return country_holidays(country) if country in list_supported_countries() else ()
