"""Due dates: a month at a glance, and what is open by the day on which it falls due."""

from __future__ import annotations

import calendar
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from babel.dates import get_day_names
from sqlmodel import Session

from bot.pages.page import Page, Visit
from bot.processing.buttons.page_addresses import request_at
from handlers import requests as asked
from handlers.answers import due_bills
from handlers.context import Context
from handlers.language.formats import money
from handlers.language.translation import locale, sayable
from storage.bills import outstanding
from storage.models import Bill
from storage.reports import open_items

MOST = 500


def _request(visit: Visit) -> asked.Due:
    return request_at(asked.Due, visit.query)


def _values(session: Session, context: Context, visit: Visit) -> dict[str, Any]:
    """The month that the address names, else that of today; the list is of that month, or of all that is asked for."""
    request, named = _request(visit), _month(visit.get("month"))
    first = named or context.today.replace(day=1)
    last = _next(first) - timedelta(days=1)
    wanted = due_bills.wanted_by(session, context, request)
    of_month = replace(wanted, since=max(first, wanted.since or first), until=min(last, wanted.until or last))
    listed = of_month if named else wanted
    by_day = _by_day(open_items.first(session, of_month, MOST))
    sums = open_items.sums(session, listed)
    return {
        "request": request,
        "first": first,
        "named": named is not None,
        "before": visit.address(month=(first - timedelta(days=1)).isoformat()[:7]),
        "after": visit.address(month=_next(first).isoformat()[:7]),
        "whole": visit.address(month=None),
        "day_names": [get_day_names("abbreviated", locale=locale())[day] for day in range(7)],
        "weeks": calendar.Calendar().monthdatescalendar(first.year, first.month),
        "by_day": by_day,
        "days": sorted(
            _by_day(open_items.first(session, listed, MOST)).items(), key=lambda one: (one[0] is None, one[0] or first)
        ),
        "sums": [money(one.amount) for one in sums],
        "number": sum(one.bills for one in sums),
        "most": MOST,
        "open_amount": lambda bill: money(outstanding.open_amount(bill)),
    }


def _by_day(bills: Iterable[Bill]) -> dict[date | None, list[Bill]]:
    days: dict[date | None, list[Bill]] = defaultdict(list)
    for bill in bills:
        days[bill.due_date].append(bill)
    return days


def _month(said: str) -> date | None:
    """The first day of "2025-03"; None for anything else."""
    try:
        first = date.fromisoformat(f"{said}-01")
    except ValueError:
        return None
    return first if 1900 < first.year < 9000 else None


def _next(first: date) -> date:
    return (first + timedelta(days=31)).replace(day=1)


PAGE = Page("/calendar", sayable("Due dates"), "calendar.html", _request, _values)
