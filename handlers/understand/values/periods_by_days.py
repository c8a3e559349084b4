"""Periods given by their days: what one is called, and which came before it."""

from __future__ import annotations

from datetime import date, timedelta

from handlers.understand.text.sentence import sentence
from handlers.understand.text.sentence_context import SentenceContext
from handlers.understand.values.dates import last_of_month
from handlers.understand.values.periods import period
from handlers.wording import period_names


def period_name(since: date | None, until: date | None, today: date) -> str:
    """What a stretch is called that has no label of its own: "this week", "in May 2025", else by its days."""
    if since and until:
        for unit in ("week", "month", "quarter", "year"):
            for step in ("this", "next", "last"):
                found = period(sentence(f"{step} {unit}"), SentenceContext(today))
                if found and (found.since, found.until) == (since, until):
                    return found.label
        if since.day == 1 and until == last_of_month(since.year, since.month):
            return period_names.in_month(since)
    return period_names.days(since, until, today)


def previous_period(since: date, until: date) -> tuple[date, date]:
    """The stretch before one: as many whole months where it is whole months, else as many days."""
    if since.day == 1 and until == last_of_month(until.year, until.month):
        months = (until.year - since.year) * 12 + until.month - since.month + 1
        return last_of_month(since.year, since.month - months).replace(day=1), since - timedelta(days=1)
    return since - (until - since) - timedelta(days=1), since - timedelta(days=1)
