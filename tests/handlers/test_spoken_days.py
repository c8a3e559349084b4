"""Days and periods as people type them, on Wednesday 10 June 2026."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from handlers.understand.text.sentence import sentence
from handlers.understand.values.dates import day
from handlers.understand.values.periods import period
from tests.fakes.books.staff_scene import SCENE

DAYS = [
    # said, the day looking ahead, the day looking back
    ("fri", "06-12", "06-05"),
    ("tues", "06-16", "06-09"),
    ("mon morning", "06-15", "06-08"),
    ("next fri", "06-19", "06-19"),
    ("last fri", "06-05", "06-05"),
    ("this coming Monday", "06-15", "06-15"),
    ("eom", "06-30", "06-30"),
    ("eoy", "12-31", "12-31"),
    ("eow", "06-14", "06-14"),
    ("end of next month", "07-31", "07-31"),
    ("mid June", "06-15", "06-15"),
    ("Mitte Juni", "06-15", "06-15"),
    ("in 2 wks", "06-24", "06-24"),
    ("in a fortnight", "06-24", "06-24"),
    ("2 weeks ago", "05-27", "05-27"),
    ("vor zwei Wochen", "05-27", "05-27"),
    ("vor 3 Tagen", "06-07", "06-07"),
    ("in 14 Tagen", "06-24", "06-24"),
    ("in vierzehn Tagen", "06-24", "06-24"),
    ("the 1st", "07-01", "06-01"),
    ("the 15th", "06-15", "05-15"),
    ("3/6", "06-03", "06-03"),
    ("8/6/26", "06-08", "06-08"),
    ("9 jun", "06-09", "06-09"),
    ("jun 9th", "06-09", "06-09"),
    ("5.6.", "06-05", "06-05"),
    ("5.6", "06-05", "06-05"),
    ("05.06.26", "06-05", "06-05"),
    ("übermorgen", "06-12", "06-12"),
    ("uebermorgen", "06-12", "06-12"),
    ("vorgestern", "06-08", "06-08"),
    ("heute früh", "06-10", "06-10"),
    ("this morning", "06-10", "06-10"),
    ("gestern abend", "06-09", "06-09"),
    ("morgen früh", "06-11", "06-11"),
    ("tmrw", "06-11", "06-11"),
    ("ultimo", "06-30", "06-30"),
    ("Monatsende", "06-30", "06-30"),
    ("Ende nächsten Monats", "07-31", "07-31"),
    ("nächsten Freitag", "06-19", "06-19"),
    ("kommenden Montag", "06-15", "06-15"),
    ("letzten Freitag", "06-05", "06-05"),
    ("tommorow", "06-11", "06-11"),
    ("yesteday", "06-09", "06-09"),
    ("mitwoch", "06-17", "06-03"),
]


@pytest.mark.parametrize(("said", "ahead", "back"), DAYS)
def test_a_day_is_read_as_it_is_typed(said, ahead, back):
    found = [day(sentence(said), SCENE, sense) for sense in ("due", "past")]
    assert found == [date.fromisoformat(f"2026-{on}") for on in (ahead, back)]


@pytest.mark.parametrize(("said", "on"), [("3/6", date(2026, 3, 6)), ("8/6/26", date(2026, 8, 6))])
def test_digits_are_read_in_the_order_of_the_company(said, on):
    assert day(sentence(said), replace(SCENE, day_first=False), "past") == on


PERIODS = [
    # said, first and last day looking ahead; the same looking back where it is another
    ("by eom", "..2026-06-30"),
    ("by fri", "..2026-06-12", "..2026-06-05"),
    ("bis ultimo", "..2026-06-30"),
    ("by the 19th", "..2026-06-19", "..2026-05-19"),
    ("bis zum 15.", "..2026-06-15", "..2026-05-15"),
    ("on the 3rd of june", "2026-06-03..2026-06-03"),
    ("am Ersten", "2026-07-01..2026-07-01", "2026-06-01..2026-06-01"),
    ("am 15.", "2026-06-15..2026-06-15", "2026-05-15..2026-05-15"),
    ("am fr", "2026-06-12..2026-06-12", "2026-06-05..2026-06-05"),
    ("seit dem 1.", "2026-06-01.."),
    ("beginning of July", "2026-07-01..2026-07-10", "2025-07-01..2025-07-10"),
    ("Anfang Juli", "2026-07-01..2026-07-10", "2025-07-01..2025-07-10"),
    ("mid June", "2026-06-11..2026-06-20"),
    ("in 2 wks", "..2026-06-24"),
    ("june 2025", "2025-06-01..2025-06-30"),
    ("q3", "2026-07-01..2026-09-30", "2025-07-01..2025-09-30"),
    ("Q1 26", "2026-01-01..2026-03-31"),
    ("q4/25", "2025-10-01..2025-12-31"),
    ("1. Quartal", "2026-01-01..2026-03-31"),
    ("erstes Quartal 2025", "2025-01-01..2025-03-31"),
    ("h1", "2026-01-01..2026-06-30"),
    ("h2 2025", "2025-07-01..2025-12-31"),
    ("first half of 2026", "2026-01-01..2026-06-30"),
    ("zweites Halbjahr 2025", "2025-07-01..2025-12-31"),
    ("ytd", "2026-01-01..2026-06-10"),
    ("mtd", "2026-06-01..2026-06-10"),
    ("qtd", "2026-04-01..2026-06-10"),
    ("this fiscal year", "2026-01-01..2026-12-31"),
    ("last fiscal year", "2025-01-01..2025-12-31"),
    ("letztes Geschäftsjahr", "2025-01-01..2025-12-31"),
    ("last 3 months", "2026-03-11..2026-06-10"),
    ("past fortnight", "2026-05-28..2026-06-10"),
    ("the week before last", "2026-05-25..2026-05-31"),
    ("vorletzte Woche", "2026-05-25..2026-05-31"),
    ("übernächste Woche", "2026-06-22..2026-06-28"),
    ("kw 24", "2026-06-08..2026-06-14"),
    ("KW24", "2026-06-08..2026-06-14"),
    ("calendar week 24", "2026-06-08..2026-06-14"),
    ("seit Januar", "2026-01-01.."),
    ("seit Jahresbeginn", "2026-01-01.."),
    ("Jan–März", "2026-01-01..2026-03-31"),
    ("jan to mar", "2026-01-01..2026-03-31"),
    ("Januar bis März", "2026-01-01..2026-03-31"),
    ("nov to feb", "2026-11-01..2027-02-28", "2025-11-01..2026-02-28"),
    ("zwischen 1. und 15. Mai", "2026-05-01..2026-05-15"),
    ("1-15 may", "2026-05-01..2026-05-15"),
    ("erste Maiwoche", "2026-05-01..2026-05-07"),
    ("over the weekend", "2026-06-13..2026-06-14", "2026-06-06..2026-06-07"),
    ("letztes Wochenende", "2026-06-06..2026-06-07"),
    ("febuary", "2027-02-01..2027-02-28", "2026-02-01..2026-02-28"),
    ("kw 60", None),
    ("the 5", None),
    ("so", None),
    ("acme", None),
]


@pytest.mark.parametrize(("said", "ahead", "back"), [(*row, row[-1])[:3] for row in PERIODS])
def test_a_period_is_read_as_it_is_typed(said, ahead, back):
    assert [_days(said, "due"), _days(said, "past")] == [ahead, back]


def _days(said: str, sense: str) -> str | None:
    found = period(sentence(said), SCENE, sense)
    return f"{found.since or ''}..{found.until or ''}" if found else None
