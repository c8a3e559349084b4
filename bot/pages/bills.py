"""Bills: searched, filtered and sorted; several to be decided about at once."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from sqlmodel import Session

from bot.api.paging import page_of, place_of
from bot.pages.page import Page, Visit
from bot.processing.buttons.page_addresses import request_at
from handlers import requests as asked
from handlers.answers import find_bills
from handlers.context import Context
from handlers.language.translation import sayable
from storage.bills.finding import search
from storage.bills.lifecycle import OPEN
from storage.bills.outstanding import WAITING
from storage.models import BillState, Side

ON_A_PAGE = 50
STATES: dict[str, tuple[str, tuple[BillState, ...] | None]] = {
    "": (sayable("All"), None),
    "waiting": (sayable("Waiting"), WAITING),
    "open": (sayable("Open"), OPEN),
    "paid": (sayable("Paid"), (BillState.PAID,)),
    "void": (sayable("Set aside"), (BillState.VOID,)),
}
"""By its name in the address, what a tab is called, and the states of its bills (None: all but what was set aside)."""
ORDERS = {
    "newest": sayable("Newest first"),
    "oldest": sayable("Oldest first"),
    "largest": sayable("Largest first"),
}
SIDES = {"": sayable("Ours and theirs"), "payable": sayable("We owe"), "receivable": sayable("Owed to us")}


def _request(visit: Visit) -> asked.Find:
    return request_at(asked.Find, visit.query)


def _values(session: Session, context: Context, visit: Visit) -> dict[str, Any]:
    request = _request(visit)
    state = visit.get("state") if visit.get("state") in STATES else ""
    side = Side(visit.get("side")) if visit.get("side") in set(Side) else None
    wanted = replace(find_bills.wanted_by(session, context, request), states=STATES[state][1], side=side)
    after = place_of(visit.get("after") or None, *((int, str, int) if request.order == "largest" else (str, int)))
    found = page_of(search.page(session, wanted, ON_A_PAGE + 1, after), ON_A_PAGE, lambda row: row[1])
    return {
        "request": request,
        "states": STATES,
        "state": state,
        "orders": ORDERS,
        "sides": SIDES,
        "side": side or "",
        "bills": [bill for bill, _ in found.items],
        "further": visit.address(after=found.next) if found.next else "",
    }


PAGE = Page("/bills", sayable("Bills"), "bills.html", _request, _values)
