"""Bills: found, shown, with what happened to them."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, Query
from pydantic import BaseModel, Field
from sqlmodel import Session
from starlette.responses import Response

from bot.api.call import Reading
from bot.api.paging import Cursor, Limit, Page, page_of, place_of
from bot.api.resources.bill_shapes import Bill, BillSummary, Sort, shown, summary_of
from bot.api.values import Decimal, Id, Name, Since, Until
from handlers import requests as asked
from handlers.answers import find_bills
from handlers.bills.find_bill import find_bill
from handlers.context import Context
from storage import audit
from storage.bills.finding import search
from storage.models import BillState, Side

router = APIRouter(tags=["bills"])


@router.get("/bills", response_model=Page[BillSummary], operation_id="list_bills")
async def bills(
    call: Reading,
    limit: Limit = 50,
    cursor: Cursor = None,
    sort: Sort = "newest",
    text: Annotated[Name | None, Query(description="Looked for in vendor, number and what was read.")] = None,
    vendor: Annotated[Name | None, Query(description="Whose; may fit several.")] = None,
    state: Annotated[list[BillState] | None, Query(description="All but void where none is named.")] = None,
    side: Side | None = None,
    total_min: Decimal | None = None,
    total_max: Decimal | None = None,
    issued_since: Since = None,
    issued_until: Until = None,
) -> Response:
    """Bills that meet every condition, of those that the token's person may see."""
    request = asked.Find(text, vendor, total_min, total_max, issued_since, issued_until, order=sort)
    after = place_of(cursor, *((int, str, int) if sort == "largest" else (str, int)))

    def shape(session: Session, context: Context) -> Page[BillSummary]:
        wanted = replace(find_bills.wanted_by(session, context, request), states=state or None, side=side)
        found = search.page(session, wanted, limit + 1, after)
        page = page_of(found, limit, lambda row: row[1])
        return Page(items=[summary_of(bill) for bill, _ in page.items], next=page.next)

    return await call.read(request, shape)


@router.get("/bills/{bill}", response_model=Bill, operation_id="get_bill")
async def one(call: Reading, bill: Id) -> Response:
    """One bill, with all that was read. Its ETag goes into If-Match of what changes it."""
    return await call.read(asked.ShowBill(), shown(bill), bill=bill)


class Event(BaseModel):
    """Something that happened."""

    at: datetime
    person: int | None = Field(description="Who did it; null for Billify.")
    action: str = Field(examples=["confirmed"])
    details: dict[str, Any]


class History(BaseModel):
    """What happened to a bill, oldest first."""

    items: list[Event]


@router.get("/bills/{bill}/history", response_model=History, operation_id="get_bill_history")
async def history(call: Reading, bill: Id) -> Response:
    """What happened to a bill, oldest first."""

    def shape(session: Session, context: Context) -> History:
        found = audit.history(session, find_bill(session, context).id)
        return History(
            items=[Event(at=one.at, person=one.person_id, action=one.action, details=one.details) for one in found]
        )

    return await call.read(asked.History(), shape, bill=bill)
