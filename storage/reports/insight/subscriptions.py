"""Bills that come again and again, as somebody asks for them: what each costs, when its price changed, when the next
one is due to come, and which are missing or came twice. Inferred from the books by `recurring_bills`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from sqlmodel import Session

from storage.ledger.money import Money
from storage.models import Side
from storage.reports.recurring_bills import Sample, Series, bills_of_parties, recurring, series_of

ENDED_AFTER = 3
"""So many intervals without a bill, and the series is over."""


@dataclass(frozen=True)
class PriceChange:
    """From one bill to the next, on the day of the later one."""

    on: date
    before: Money
    after: Money


@dataclass(frozen=True)
class Subscription:
    """A series as it stands today. `missing_since` is when a bill should have come that did not; `doubled` are the ids
    of the last two bills where they came in one interval; `changes` are the price's, oldest first."""

    series: Series
    next_on: date
    missing_since: date | None
    doubled: tuple[int, int] | None
    changes: tuple[PriceChange, ...]

    @property
    def latest(self) -> Sample:
        """The last bill."""
        return self.series.samples[-1]

    @property
    def price(self) -> Money:
        """What the last one was over."""
        return Money(self.latest.minor, self.series.currency)

    @property
    def yearly(self) -> Money:
        """What it comes to in a year at the last price."""
        rhythm = self.series.rhythm
        times = 12 // rhythm.months if rhythm.months else 365 // rhythm.days
        return Money(self.latest.minor * times, self.series.currency)


def subscriptions(session: Session, today: date) -> list[Subscription]:
    """Every series of bills to us that has not ended, the dearest in a year first.

    A party whose bills come at one interval has one series whatever its price; else those of similar amounts are.
    """
    found: dict[tuple[str, str], list[Series]] = defaultdict(list)
    for (_, side, currency), samples in bills_of_parties(session, today).items():
        if side is Side.PAYABLE and (whole := series_of(_without_doubles(samples), side, currency)):
            found[whole.party, currency].append(whole)
    for series in recurring(session, today):
        if series.side is Side.PAYABLE and (series.party, series.currency) not in found:
            found[series.party, series.currency].append(series)
    doubles = {
        (samples[-1].party, currency): _doubled(samples)
        for (_, side, currency), samples in bills_of_parties(session, today).items()
        if side is Side.PAYABLE
    }
    standing = [
        _as_of(one, today, doubles.get((one.party, one.currency))) for several in found.values() for one in several
    ]
    alive = [one for one in standing if one is not None]
    return sorted(alive, key=lambda one: (one.yearly.currency, -one.yearly.minor, one.series.party))


def _as_of(series: Series, today: date, doubled: tuple[int, int] | None) -> Subscription | None:
    latest, rhythm = series.samples[-1], series.rhythm
    expected = rhythm.after(latest.issued, 1)
    if today > rhythm.after(latest.issued, ENDED_AFTER):
        return None
    missing = expected if today > expected + timedelta(days=rhythm.slack) else None
    following = expected
    times = 1
    while following < today and missing is None:
        times += 1
        following = rhythm.after(latest.issued, times)
    return Subscription(series, expected if missing else following, missing, doubled, _changes(series))


def _changes(series: Series) -> tuple[PriceChange, ...]:
    return tuple(
        PriceChange(later.issued, Money(earlier.minor, series.currency), Money(later.minor, series.currency))
        for earlier, later in pairwise(series.samples)
        if earlier.minor != later.minor
    )


def _without_doubles(samples: Sequence[Sample]) -> list[Sample]:
    """One bill of each few days, so that one that came twice does not break the series."""
    kept: list[Sample] = []
    for sample in samples:
        if kept and (sample.issued - kept[-1].issued).days < SOON and sample.minor == kept[-1].minor:
            continue
        kept.append(sample)
    return kept


SOON = 5
"""Bills of one party over one amount within fewer days are one that came twice; the shortest interval is a week."""


def _doubled(samples: Sequence[Sample]) -> tuple[int, int] | None:
    """The last two bills, where they are over the same and of nearly the same day."""
    if len(samples) < 2:
        return None
    earlier, later = samples[-2:]
    twice = (later.issued - earlier.issued).days < SOON and earlier.minor == later.minor
    return (earlier.bill, later.bill) if twice else None
