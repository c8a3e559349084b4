"""The same charts as data, for platforms that draw them themselves."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from handlers.language.formats import short_day
from handlers.messages import Chart
from storage.ledger.money import Money

MOST_POINTS = 20


def bars(rows: Sequence[tuple[str, Money]], title: str) -> Chart:
    """A bar for each row; all of one currency."""
    return Chart("bar", title, tuple((name, str(amount.decimal)) for name, amount in rows), rows[0][1].currency)


def line(balances: Sequence[tuple[date, Money]], title: str) -> Chart:
    """A balance over days, of which those are left out that are too many, but never the lowest nor the last."""
    lowest = min(balances, key=lambda one: one[1].minor)
    by_day = dict(balances)
    step = -(-len(by_day) // (MOST_POINTS - 2))
    days = sorted({*list(by_day)[::step], lowest[0], balances[-1][0]})
    points = tuple((short_day(on), str(by_day[on].decimal)) for on in days)
    return Chart("line", title, points, lowest[1].currency)
