"""Payments: money that went out or came in."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import BaseModel, Field
from sqlmodel import Session
from starlette.responses import Response

from bot.api.call import Reading
from bot.api.paging import Cursor, Limit, Page, page_of, place_of
from bot.api.refusals import Unfit
from bot.api.values import Amount, Name, Since, Until, amount
from handlers import requests as asked
from handlers.answers.payments import payments_made as answers
from handlers.context import Context
from handlers.language.translation import say
from storage.models import Side
from storage.reports import payments_made as made

router = APIRouter(tags=["payments"])


class Payment(BaseModel):
    """Money that moved, and what it settled."""

    entry: int = Field(description="The entry of the journal.")
    on: date
    amount: Amount
    account: str
    parties: list[str]
    bills: list[int]
    description: str


@router.get("/payments", response_model=Page[Payment], operation_id="list_payments")
async def payments(
    call: Reading,
    limit: Limit = 50,
    cursor: Cursor = None,
    side: Annotated[Side, Query(description="payable: went out; receivable: came in.")] = Side.PAYABLE,
    since: Since = None,
    until: Until = None,
    vendor: Name | None = None,
    account: Name | None = None,
) -> Response:
    """Payments, the newest first. Those of one bill are in its history."""
    request = asked.Payments(side.value, since, until, vendor, account)
    before = day_and_id(cursor)

    def shape(session: Session, context: Context) -> Page[Payment]:
        found = made.latest(session, answers.wanted_by(session, request), limit + 1, before)
        page = page_of(found, limit, lambda one: (one.on.isoformat(), one.entry))
        return Page(items=[_payment(one) for one in page.items], next=page.next)

    return await call.read(request, shape)


def day_and_id(cursor: str | None) -> tuple[date, int] | None:
    """The day and the id that a cursor names, None for none. Raises: Unfit."""
    if not (place := place_of(cursor, str, int)):
        return None
    try:
        return date.fromisoformat(place[0]), place[1]
    except ValueError:
        raise Unfit(
            say("This cursor is none of ours. Begin without one, and go on with `next` of the page before.")
        ) from None


def _payment(one: made.Payment) -> Payment:
    return Payment(
        entry=one.entry,
        on=one.on,
        amount=amount(one.amount),
        account=one.account.code,
        parties=list(one.parties),
        bills=list(one.bills),
        description=one.description,
    )
