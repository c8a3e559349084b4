"""Who did what, the latest first."""

from __future__ import annotations

from collections import deque
from datetime import date, timedelta
from typing import Any

from sqlmodel import Session

from bot.pages.page import Page, Visit
from bot.processing.buttons.page_addresses import request_at
from handlers import requests as asked
from handlers.context import Context
from handlers.language.translation import sayable
from handlers.people.colleagues import find_colleague
from handlers.trail.days import span
from handlers.trail.words import parts_of
from storage.people import people
from storage.trail.records import records

MOST = 300
USUAL = timedelta(days=30)
EARLIEST = date(1970, 1, 1)


def _request(visit: Visit, since: date = date.min, until: date = date.max) -> asked.WhoDidWhat:
    return request_at(asked.WhoDidWhat, visit.query, since=since, until=until, label="")


def _values(session: Session, context: Context, visit: Visit) -> dict[str, Any]:
    request = _request(visit, context.today - USUAL, context.today)
    since, before = span(max(request.since, EARLIEST), min(request.until, context.today), context.zone)
    whose = people.ids_of(session, find_colleague(session, request.person).id) if request.person else None
    found = records(session, since=since, before=before, people=whose)
    told = ((parts_of(session, one, context.zone), one.step.bill_id if one.step else None) for one in found)
    lines = deque(((parts, bill) for parts, bill in told if parts), maxlen=MOST)
    return {
        "request": request,
        "people": people.names(session),
        "lines": reversed(lines),
        "number": len(lines),
        "most": MOST,
    }


PAGE = Page("/audit", sayable("Audit trail"), "audit.html", _request, _values)
