"""How periods are called, in the head of an answer: "this week", "in Q2 2025", "by Fri 28 Mar 2025"."""

from __future__ import annotations

from datetime import date

from handlers.formats import day, money, month, weekday
from handlers.language import say, say_count, sayable
from handlers.requests.questions import Side
from storage.money import Money

_NAMED = {
    "week": (sayable("this week"), sayable("next week"), sayable("last week")),
    "month": (sayable("this month"), sayable("next month"), sayable("last month")),
    "quarter": (sayable("this quarter"), sayable("next quarter"), sayable("last quarter")),
    "year": (sayable("this year"), sayable("next year"), sayable("last year")),
}
_UNITS = {"woche": "week", "monat": "month", "quartal": "quarter", "jahr": "year"}


def overdue() -> str:
    """ "overdue"."""
    return say("overdue")


def named_period(step: int, unit: str) -> str:
    """ "last month", "this week", "next year" for steps of -1, 0 and 1; `unit` English or German."""
    return say(_NAMED[_UNITS.get(unit, unit)][step])


def next_days(days: int) -> str:
    """ "in the next 14 days"."""
    return say_count("in the next {n} day", "in the next {n} days", days)


def in_month(first: date) -> str:
    """ "in May 2025"."""
    return say("in {month}", month=month(first))


def in_quarter(quarter: int, year: int) -> str:
    """ "in Q2 2025"."""
    return say("in Q{quarter} {year}", quarter=quarter, year=year)


def by_day(until: date) -> str:
    """ "by Fri 28 Mar 2025"."""
    return say("by {day}", day=weekday(until))


def on_day(on: date, today: date) -> str:
    """ "today", "tomorrow", "on Fri 28 Mar 2025"."""
    if on == today:
        return say("today")
    return say("tomorrow") if (on - today).days == 1 else say("on {day}", day=weekday(on))


def between(since: date, until: date) -> str:
    """ "from 1 Apr 2025 to 15 Apr 2025"."""
    return say("from {since} to {until}", since=day(since), until=day(until))


def condition(period: str, party: str | None, above: Money | None = None, side: Side = "payable") -> str:
    """ "this week, to Acme, of €500.00 or more"; "" for none of them. Who owes us is asked "from"."""
    whom = ""
    if party:
        whom = say("to {party}", party=party) if side == "payable" else say("from {party}", party=party)
    least = say("of {amount} or more", amount=money(above)) if above else ""
    return ", ".join(part for part in (period, whom, least) if part)
