"""The audit trail: who did what."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from fastapi import APIRouter
from pydantic import BaseModel, Field
from sqlmodel import Session
from starlette.responses import Response

from bot.api.call import Reading
from bot.api.paging import Cursor, Limit, Page, page_of, place_of
from bot.api.values import Since, Until
from handlers import requests as asked
from handlers.context import Context
from handlers.trail.days import span
from storage.trail.records import Record, records

router = APIRouter(tags=["audit"])


class Step(BaseModel):
    """A link of the chain; `hash` is over it and the one before."""

    position: int
    at: datetime
    person: int | None = Field(description="Who did it; null for Billify.")
    action: str | None
    bill: int | None
    details: dict[str, Any]
    channel: str | None
    changes: dict[str, Any] = Field(description="Of each row the columns that changed, as [old, new].")
    hash: str


@router.get("/audit", response_model=Page[Step], operation_id="list_audit")
async def trail(
    call: Reading, limit: Limit = 50, cursor: Cursor = None, since: Since = None, until: Until = None
) -> Response:
    """What was done, the oldest first. Its chain is checked by `billify audit verify`."""
    after = place_of(cursor, int)
    request = asked.WhoDidWhat(since or date.min, until or date.max, "")

    def shape(session: Session, context: Context) -> Page[Step]:
        begin, end = span(since, until if until != date.max else None, context.zone)
        found = records(session, since=begin, before=end, beyond=after[0] if after else 0, most=limit + 1)
        page = page_of(list(found), limit, lambda one: (one.link.position,))
        return Page(items=[_step(one) for one in page.items], next=page.next)

    return await call.read(request, shape)


def _step(one: Record) -> Step:
    return Step(
        position=one.link.position,
        at=one.link.at,
        person=one.link.person_id,
        action=one.step.action if one.step else None,
        bill=one.step.bill_id if one.step else None,
        details=one.step.details if one.step else {},
        channel=one.link.channel,
        changes=dict(one.changes),
        hash=one.link.hash,
    )
