"""Vendors and customers."""

from __future__ import annotations

from collections.abc import Callable

from fastapi import APIRouter
from pydantic import BaseModel, Field
from sqlmodel import Session
from starlette.responses import Response

from bot.api.call import Call, Reading
from bot.api.paging import Cursor, Limit, Page, page_of, place_of
from bot.api.values import Amount, Id, amount
from handlers import requests as asked
from handlers.context import Context
from handlers.errors import NotFound
from handlers.language.translation import say
from storage.bills import parties
from storage.models import Side, Vendor
from storage.reports import open_items
from storage.reports.open_items import OpenItemFilter

router = APIRouter(tags=["parties"])


class PartyName(BaseModel):
    """Somebody whom we buy from or sell to."""

    id: int
    name: str


class Account(BaseModel):
    """A bank account that bills of theirs named; `trusted` once a second person said so, or it was the first."""

    iban: str
    trusted: bool


class Party(PartyName):
    accounts: list[Account]
    open: list[Amount] = Field(description="What is open, by currency.")
    overdue: list[Amount]


@router.get("/vendors", response_model=Page[PartyName], operation_id="list_vendors")
async def vendors(call: Reading, limit: Limit = 50, cursor: Cursor = None) -> Response:
    """Whom we buy from, by name."""
    return await _listed(call, Side.PAYABLE, limit, cursor)


@router.get("/vendors/{party}", response_model=Party, operation_id="get_vendor")
async def vendor(call: Reading, party: Id) -> Response:
    """A vendor, with what we owe them."""
    return await call.read(asked.PartyDetails(""), _shown(Side.PAYABLE, party))


@router.get("/customers", response_model=Page[PartyName], operation_id="list_customers")
async def customers(call: Reading, limit: Limit = 50, cursor: Cursor = None) -> Response:
    """Whom we sell to, by name."""
    return await _listed(call, Side.RECEIVABLE, limit, cursor)


@router.get("/customers/{party}", response_model=Party, operation_id="get_customer")
async def customer(call: Reading, party: Id) -> Response:
    """A customer, with what they owe us."""
    return await call.read(asked.PartyDetails(""), _shown(Side.RECEIVABLE, party))


async def _listed(call: Call, side: Side, limit: int, cursor: str | None) -> Response:
    after = place_of(cursor, str, int)

    def shape(session: Session, context: Context) -> Page[PartyName]:
        found = parties.listed(session, side, limit + 1, after or None)
        page = page_of(found, limit, lambda row: (row.name, row.id))
        return Page(items=[PartyName(id=row.id, name=row.name) for row in page.items], next=page.next)

    return await call.read(asked.PartyDetails(""), shape)


def _shown(side: Side, party_id: int) -> Callable[[Session, Context], Party]:
    def shape(session: Session, context: Context) -> Party:
        row: Vendor | None = parties.find(session, side, party_id)
        if row is None:
            raise NotFound(say("There is nobody of this number here."))
        owed = open_items.by_party(session, OpenItemFilter(side, vendors=[row.id]), context.today)
        return Party(
            id=row.id,
            name=row.name,
            accounts=[Account(iban=iban, trusted=trusted) for iban, trusted in parties.accounts_of(session, row.id)],
            open=[amount(one.amount) for one in owed],
            overdue=[amount(one.overdue) for one in owed],
        )

    return shape
