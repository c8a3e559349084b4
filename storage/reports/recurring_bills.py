"""Bills that come again and again: the same vendor, a similar amount, at regular intervals. Inferred from the books.

Pure but for the one query. A series needs three bills; a single late or dearer one does not end it, an interval and a
half without any does.
"""

from __future__ import annotations

import calendar
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from statistics import median_low
from typing import Any

from sqlmodel import Session, col, select

from storage.bills.lifecycle import BOOKED
from storage.ledger.money import Money
from storage.models import Bill, Side

LOOK_BACK = timedelta(days=500)
"""How far back bills are looked at: three quarterly ones, and some."""

FEWEST = 3
SIMILAR = 0.15
"""Amounts of one series differ by at most this share of the smaller one."""


@dataclass(frozen=True)
class Interval:
    """An interval that bills come at: so many months, or else days; and by how many days it may be off."""

    months: int
    days: int
    slack: int

    def after(self, day: date, times: int) -> date:
        """The day that many intervals later; the 31st becomes the last of a shorter month."""
        if not self.months:
            return day + timedelta(days=self.days * times)
        count = day.year * 12 + day.month - 1 + self.months * times
        year, month = count // 12, count % 12 + 1
        return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


INTERVALS = (
    Interval(0, 7, 2),
    Interval(0, 14, 3),
    Interval(1, 30, 6),
    Interval(2, 61, 8),
    Interval(3, 91, 12),
    Interval(6, 182, 15),
)


@dataclass(frozen=True)
class Sample:
    """A booked bill, as far as it matters here. `due_after` is the days from its issue to its due date."""

    bill: int
    party: str
    issued: date
    due_after: int
    minor: int


@dataclass(frozen=True)
class Series:
    """Bills of one party that recur, oldest first."""

    party: str
    side: Side
    currency: str
    rhythm: Interval
    samples: tuple[Sample, ...]

    def expected(self, today: date, until: date) -> Iterator[tuple[date, Money]]:
        """When the next ones fall due, up to `until`, and how much they are likely to be; none once it has ended.

        The amount is the median of the latest three; the time to pay the latest bill's.
        """
        latest = self.samples[-1]
        amount = Money(median_low(sample.minor for sample in self.samples[-3:]), self.currency)
        if (today - latest.issued).days > self.rhythm.days * 1.5 + self.rhythm.slack:
            return
        times = 1
        while (due := self.rhythm.after(latest.issued, times) + timedelta(days=latest.due_after)) <= until:
            yield max(due, today), amount
            times += 1


_COLUMNS: tuple[Any, ...] = (
    Bill.vendor_id,
    Bill.side,
    Bill.currency,
    Bill.id,
    Bill.vendor,
    Bill.issue_date,
    Bill.due_date,
    Bill.total_minor,
)


def bills_of_parties(session: Session, today: date) -> dict[tuple[int, Side, str], list[Sample]]:
    """Booked bills by party (id), side and currency, oldest first. Credit notes recur by nobody's plan and are left
    out."""
    rows = session.exec(
        select(*_COLUMNS)
        .where(col(Bill.state).in_(BOOKED), Bill.kind != "credit_note")
        .where(col(Bill.issue_date).between(today - LOOK_BACK, today), col(Bill.total_minor).is_not(None))
        .order_by(col(Bill.issue_date), col(Bill.id))
    ).all()
    by_party: dict[tuple[int, Side, str], list[Sample]] = defaultdict(list)
    for vendor, side, currency, bill, party, issued, due, minor in rows:
        if vendor is not None and currency is not None and issued is not None and minor:
            after = max(0, (due - issued).days) if due else 0
            by_party[vendor, side, currency].append(Sample(bill, party or "", issued, after, minor))
    return by_party


def recurring(session: Session, today: date) -> list[Series]:
    """Every series of bills that were booked, by party."""
    return [
        found
        for (_, side, currency), samples in bills_of_parties(session, today).items()
        for alike in _by_amount(samples)
        if (found := series_of(alike, side, currency))
    ]


def series_of(samples: Sequence[Sample], side: Side, currency: str) -> Series | None:
    """The series that bills of similar amounts make, oldest first; None where they come at no regular interval."""
    if len(samples) < FEWEST:
        return None
    gaps = [(later.issued - earlier.issued).days for earlier, later in pairwise(samples)]
    for rhythm in INTERVALS:
        if all(abs(gap - rhythm.days) <= rhythm.slack for gap in gaps[1 - FEWEST :]) and (
            sum(abs(gap - rhythm.days) <= rhythm.slack for gap in gaps) * 4 >= len(gaps) * 3
        ):
            return Series(samples[-1].party, side, currency, rhythm, tuple(samples))
    return None


def _by_amount(samples: Sequence[Sample]) -> list[list[Sample]]:
    """One party's bills by similar amount, each group in the order given."""
    groups: list[list[Sample]] = []
    for sample in sorted(samples, key=lambda one: one.minor):
        if groups and sample.minor <= groups[-1][0].minor * (1 + SIMILAR):
            groups[-1].append(sample)
        else:
            groups.append([sample])
    return [sorted(group, key=lambda one: (one.issued, one.bill)) for group in groups]
