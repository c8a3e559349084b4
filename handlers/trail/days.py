"""Days as stretches of time, in a zone."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, tzinfo


def span(since: date | None, until: date | None, zone: tzinfo) -> tuple[datetime | None, datetime | None]:
    """From the beginning of the first day to just before the end of the last, both None where there is no limit."""
    begin = datetime.combine(since, time(), zone).astimezone(UTC) if since else None
    end = datetime.combine(until + timedelta(days=1), time(), zone).astimezone(UTC) if until else None
    return begin, end
