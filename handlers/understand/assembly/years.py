""" "April", "last year" side by side: April of last year."""

from __future__ import annotations

from dataclasses import replace

from handlers.understand.tagging.tag import Tag
from handlers.understand.text.sentence import Sentence
from handlers.understand.values.dates import last_of_month
from handlers.understand.values.periods import Period
from handlers.wording import period_names


def years_joined(tags: list[Tag], said: Sentence) -> list[Tag]:
    """The tags with "April", "last year" as one time: April of last year."""
    joined: list[Tag] = []
    for tag in tags:
        before = joined[-1] if joined else None
        if before is None or not (isinstance(tag.value, Period) and isinstance(before.value, Period)):
            joined.append(tag)
            continue
        between = said.part(before.end, tag.start).plain
        year = _whole_year(tag.value)
        if year is None or between not in ("", "of", "in", "im", "des", "vom", "von") or _whole_year(before.value):
            joined.append(tag)
            continue
        joined[-1] = replace(before, end=tag.end, value=_in_year(before.value, year))
    return joined


def _whole_year(period: Period) -> int | None:
    since, until = period.since, period.until
    if not since or not until or (since.month, since.day, until.month, until.day) != (1, 1, 12, 31):
        return None
    return since.year if since.year == until.year else None


def _in_year(period: Period, year: int) -> Period:
    """The same days of another year."""
    since = period.since.replace(year=year) if period.since else None
    until = last_of_month(year, period.until.month) if period.until else None
    return Period(since, until, period_names.between(since, until) if since and until else period.label)
