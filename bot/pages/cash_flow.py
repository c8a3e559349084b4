"""What bank and cash will hold: a line for each currency, and what moves it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from sqlmodel import Session

from bot.pages.page import Page, Visit
from bot.processing.buttons.page_addresses import request_at
from handlers import requests as asked
from handlers.context import Context
from handlers.language.formats import money, round_money
from handlers.language.translation import sayable
from handlers.wording.books import missing_opening_balance
from storage.ledger.money import Money
from storage.reports.cash_flow_forecast import Basis, Forecast, forecast

USUAL = timedelta(days=30)
FURTHEST = timedelta(days=2 * 365)
WIDTH, HEIGHT = 1000, 220
BASES = {
    Basis.OPEN: sayable("open"),
    Basis.OVERDUE: sayable("overdue, assumed paid today"),
    Basis.EXPECTED: sayable("expected, as it came regularly"),
}
"""Why money is thought to move."""


def _request(visit: Visit, until: date = date.max) -> asked.Forecast:
    return request_at(asked.Forecast, visit.query, until=until)


def _values(session: Session, context: Context, visit: Visit) -> dict[str, Any]:
    until = _request(visit, context.today + USUAL).until
    until = min(max(until, context.today), context.today + FURTHEST)
    return {
        "until": until,
        "spans": [(days, context.today + timedelta(days=days)) for days in (14, 30, 90, 180)],
        "forecasts": [
            {
                "currency": ahead.opening.currency,
                "opening": money(ahead.opening),
                "closing": money(ahead.closing),
                "lowest": (ahead.lowest[0], money(ahead.lowest[1]), ahead.lowest[1].minor < 0),
                "line": _line(ahead.line()),
                "flows": _flows(ahead),
                "remark": missing_opening_balance.counted_from_zero_remark(session, ahead.untold, context.today),
                "drafts": len(ahead.drafts),
                "undated": len(ahead.undated),
            }
            for ahead in forecast(session, context.today, until)
        ],
        "bases": BASES,
    }


def _flows(ahead: Forecast) -> list[tuple[Any, str, str]]:
    """Each movement with its amount, and what there is behind it."""
    held = Counter({ahead.opening.currency: ahead.opening.minor})
    rows = []
    for flow in ahead.flows:
        held[flow.amount.currency] += flow.amount.minor
        rows.append((flow, money(flow.amount), money(Money(held[flow.amount.currency], flow.amount.currency))))
    return rows


def _line(points: Sequence[tuple[date, Money]]) -> dict[str, Any]:
    """The balance as the points of a line in a drawing of `WIDTH` and `HEIGHT`, which rises and falls in steps."""
    amounts = [amount.minor for _, amount in points]
    low, high = min(0, *amounts), max(0, *amounts)
    first, days = points[0][0], max(1, (points[-1][0] - points[0][0]).days)

    def place(on: date, minor: int) -> str:
        across, up = (on - first).days / days, (minor - low) / max(1, high - low)
        return f"{across * WIDTH:.1f},{HEIGHT * (1 - up):.1f}"

    steps = [
        place(*one) for (_, before), (on, now) in pairwise(points) for one in ((on, before.minor), (on, now.minor))
    ]
    currency = points[0][1].currency
    return {
        "points": " ".join([place(first, amounts[0]), *steps]),
        "zero": f"{HEIGHT * (1 - (0 - low) / max(1, high - low)):.1f}",
        "high": round_money(Money(high, currency)),
        "low": round_money(Money(low, currency)),
    }


PAGE = Page("/cash-flow", sayable("Cash flow"), "cash_flow.html", _request, _values)
