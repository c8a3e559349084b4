"""When reminders and digests come: days, hours, quiet hours, weekends and holidays."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from holidays import country_holidays
from hypothesis import given
from hypothesis import strategies as st

from handlers.reminders.schedule import ReminderSchedule, digest_before, notice_time, schedule_of, stages
from storage.models import Company, Preference

BERLIN = ZoneInfo("Europe/Berlin")
GERMANY = ReminderSchedule(BERLIN, country="DE")
FAR = datetime(2030, 1, 1, tzinfo=UTC)


def told(due: date, until: date, rhythm: ReminderSchedule = GERMANY) -> list[tuple[int, str]]:
    """(days from the due date, local time) of each reminder up to and including a day."""
    now = datetime.combine(until + timedelta(days=1), datetime.min.time(), rhythm.zone)
    return [(stage.offset, f"{stage.at.astimezone(rhythm.zone):%a %d %b %H:%M}") for stage in stages(due, rhythm, now)]


def test_before_on_the_day_and_after_until_it_is_paid() -> None:
    assert told(date(2025, 4, 2), date(2025, 4, 25)) == [
        (-14, "Wed 19 Mar 09:00"),
        (-7, "Wed 26 Mar 09:00"),
        (-1, "Tue 01 Apr 09:00"),
        (0, "Wed 02 Apr 09:00"),
        (1, "Thu 03 Apr 09:00"),
        (7, "Wed 09 Apr 09:00"),
        (14, "Wed 16 Apr 09:00"),
        (21, "Wed 23 Apr 09:00"),
    ]


def test_weekends_and_holidays_move_it_so_that_there_is_time_to_pay() -> None:
    easter_monday = date(2025, 4, 21)
    assert told(easter_monday, date(2025, 4, 22))[-4:] == [
        (-7, "Mon 14 Apr 09:00"),
        (-1, "Thu 17 Apr 09:00"),  # Good Friday is free, too
        (0, "Thu 17 Apr 09:00"),
        (1, "Tue 22 Apr 09:00"),
    ]
    elsewhere = told(easter_monday, date(2025, 4, 21), replace(GERMANY, country="US"))
    assert elsewhere[-1] == (0, "Mon 21 Apr 09:00")


@pytest.mark.parametrize("country", [None, "XX"])
def test_without_a_known_country_only_weekends_are_free(country: str | None) -> None:
    rhythm = replace(GERMANY, country=country)
    assert told(date(2025, 12, 25), date(2025, 12, 25), rhythm)[-1] == (0, "Thu 25 Dec 09:00")


def test_summer_time_keeps_the_hour_of_the_day() -> None:
    winter, summer = notice_time(date(2025, 3, 28), GERMANY), notice_time(date(2025, 3, 31), GERMANY)
    assert (winter.hour, summer.hour) == (8, 7), "nine o'clock in Berlin"


@pytest.mark.parametrize(
    ("hour", "quiet", "comes"),
    [
        (9, (20, 8), "21 09:00"),
        (7, (20, 8), "21 08:00"),
        (22, (20, 8), "22 08:00"),
        (13, (12, 14), "21 14:00"),
        (3, (0, 0), "21 03:00"),
    ],
)
def test_quiet_hours_put_it_off_until_they_end(hour: int, quiet: tuple[int, int], comes: str) -> None:
    rhythm = replace(GERMANY, hour=hour, quiet_from=quiet[0], quiet_until=quiet[1])
    assert f"{notice_time(date(2025, 3, 21), rhythm).astimezone(BERLIN):%d %H:%M}" == comes


def test_the_digest_comes_on_its_weekday_or_on_the_next_working_day() -> None:
    assert digest_before(GERMANY, datetime(2025, 3, 24, 8, 0, tzinfo=UTC)) == datetime(2025, 3, 24, 8, tzinfo=UTC)
    assert digest_before(GERMANY, datetime(2025, 3, 24, 7, 59, tzinfo=UTC)) == datetime(2025, 3, 17, 8, tzinfo=UTC)
    after_easter = digest_before(GERMANY, datetime(2025, 4, 23, 12, 0, tzinfo=UTC))
    assert after_easter.astimezone(BERLIN).date() == date(2025, 4, 22)


def test_what_a_person_chose_comes_before_the_company_s_way() -> None:
    company = Company(name="Acme", country="AT", remind_before=[10], digest_hour=7)
    chosen = Preference(person_id=1, zone="America/New_York", remind_before=[], quiet_from=22)
    rhythm = schedule_of(company, chosen, BERLIN)
    assert rhythm == ReminderSchedule(
        ZoneInfo("America/New_York"), before=(), after=(1, 7), weekday=0, hour=7, quiet_from=22, country="AT"
    )


@given(
    due=st.dates(date(2020, 1, 1), date(2029, 1, 1)),
    days=st.lists(st.integers(1, 60), max_size=4),
    hour=st.integers(0, 23),
    quiet=st.tuples(st.integers(0, 23), st.integers(0, 23)),
    country=st.sampled_from([None, "DE", "US", "JP"]),
)
def test_nothing_comes_on_free_days_or_in_quiet_hours(
    due: date, days: list[int], hour: int, quiet: tuple[int, int], country: str | None
) -> None:
    rhythm = ReminderSchedule(BERLIN, tuple(days), (1, 7), 0, hour, quiet[0], quiet[1], country)
    until = datetime.combine(due + timedelta(days=40), datetime.min.time(), UTC)
    found = stages(due, rhythm, until)
    assert found == sorted(found, key=lambda stage: stage.at)
    start, end = quiet
    for stage in found:
        at = stage.at.astimezone(BERLIN)
        silent = start <= at.hour < end if start <= end else at.hour >= start or at.hour < end
        assert not silent, f"{at} within {quiet}"
        assert at.weekday() < 5 and (country is None or at.date() not in country_holidays(country))
    planned = {-n for n in days} | {0}
    assert planned <= {stage.offset for stage in stages(due, rhythm, FAR)}
