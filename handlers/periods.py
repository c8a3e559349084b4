"""How periods are called, in the head of an answer about what is due: "this week", "in Q2 2025"."""

from __future__ import annotations

from datetime import date

from handlers.formats import count, day, month, weekday

OVERDUE = "overdue"
_UNITS = {"woche": "week", "monat": "month", "quartal": "quarter", "jahr": "year"}


def named_period(step: int, unit: str) -> str:
    """ "last month", "this week", "next year" for steps of -1, 0 and 1; `unit` English or German."""
    return f"{('this', 'next', 'last')[step]} {_UNITS.get(unit, unit)}"


def next_days(days: int) -> str:
    """ "in the next 14 days"."""
    return f"in the next {count(days, 'day')}"


def in_month(first: date) -> str:
    """ "in May 2025"."""
    return f"in {month(first)}"


def in_quarter(quarter: int, year: int) -> str:
    """ "in Q2 2025"."""
    return f"in Q{quarter} {year}"


def by_day(until: date) -> str:
    """ "by Fri 28 Mar 2025"."""
    return f"by {weekday(until)}"


def on_day(on: date, today: date) -> str:
    """ "today", "tomorrow", "on Fri 28 Mar 2025"."""
    return {0: "today", 1: "tomorrow"}.get((on - today).days, f"on {weekday(on)}")


def between(since: date, until: date) -> str:
    """ "from 1 Apr 2025 to 15 Apr 2025"."""
    return f"from {day(since)} to {day(until)}"


def condition(period: str, vendor: str | None) -> str:
    """ "this week, to Acme"; "" for neither."""
    return ", ".join(part for part in (period, f"to {vendor}" if vendor else "") if part)
