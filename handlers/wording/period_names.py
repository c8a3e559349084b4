"""How periods are called, in the head of an answer: "this week", "in Q2 2025", "by Fri 28 Mar 2025"."""

from __future__ import annotations

from datetime import date

from handlers.language.formats import day, money, month, weekday
from handlers.language.translation import say, say_count, sayable
from handlers.requests.questions import Side
from storage.ledger.money import Money

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


def last_days(days: int) -> str:
    """ "in the last 30 days"."""
    return say_count("in the last {n} day", "in the last {n} days", days)


def in_year(year: int) -> str:
    """ "in 2024"."""
    return say("in {year}", year=year)


def since(first: date) -> str:
    """ "since 1 Mar 2025"."""
    return say("since {day}", day=day(first))


def ever() -> str:
    """Without any limit."""
    return say("of all time")


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


def issued(on: date) -> str:
    """ "of 3 Mar 2025"."""
    return say("of {day}", day=day(on))


def between(since: date, until: date) -> str:
    """ "from 1 Apr 2025 to 15 Apr 2025"."""
    return say("from {since} to {until}", since=day(since), until=day(until))


def condition(
    period: str, party: str | None, above: Money | None = None, side: Side = "payable", below: Money | None = None
) -> str:
    """ "this week, to Acme, of €500.00 or more"; "" for none of them. Who owes us is asked "from"."""
    whom = ""
    if party:
        whom = say("to {party}", party=party) if side == "payable" else say("from {party}", party=party)
    least = say("of {amount} or more", amount=money(above)) if above else ""
    most = say("of {amount} or less", amount=money(below)) if below else ""
    return ", ".join(part for part in (period, whom, least, most) if part)


def days(first: date | None, last: date | None, today: date) -> str:
    """Days as they are called where nobody named them; "" without any limit."""
    if first and last:
        return on_day(first, today) if first == last else between(first, last)
    if first:
        return since(first)
    return by_day(last) if last else ""


def spent(period: str, category: str | None, vendor: str | None) -> str:
    """ "in March 2025, on travel, with Acme GmbH"."""
    on = say("on {category}", category=category) if category else ""
    whom = say("with {party}", party=vendor) if vendor else ""
    return ", ".join(part for part in (period, on, whom) if part)


def found(period: str, text: str | None, vendor: str | None, least: Money | None, most: Money | None) -> str:
    """ "with “hosting”, from Acme GmbH, in March 2025, of €500.00 or more"; "" for no condition."""
    if least and least == most:
        bounds = [say("of {amount}", amount=money(least))]
    else:
        bounds = [say("of {amount} or more", amount=money(least))] if least else []
        bounds += [say("of {amount} or less", amount=money(most))] if most else []
    named = [say("with “{text}”", text=text)] if text else []
    whom = [say("from {party}", party=vendor)] if vendor else []
    return ", ".join(part for part in (*named, *whom, period, *bounds) if part)
