"""How long a server asks us to wait (RFC 9110, 10.2.3)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

LONGEST = timedelta(days=1)


def waited(retry_after: str, now: datetime) -> timedelta:
    """What Retry-After says, in seconds or as a date: a day at most, nothing where it says nothing that can be read.
    `now` is aware."""
    said = retry_after.strip()
    if said.isascii() and said.isdigit():
        return min(timedelta(seconds=int(said[:9])), LONGEST)
    try:
        moment = parsedate_to_datetime(said)
    except (ValueError, OverflowError):
        return timedelta()
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return min(max(moment - now, timedelta()), LONGEST)
