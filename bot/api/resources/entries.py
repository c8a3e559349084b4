"""The journal: entries with their postings."""

from __future__ import annotations

from datetime import date
from itertools import islice

from fastapi import APIRouter
from pydantic import BaseModel, Field
from sqlmodel import Session
from starlette.responses import Response

from bot.api.call import Reading
from bot.api.paging import Cursor, Limit, Page, page_of
from bot.api.resources.payments import day_and_id
from bot.api.values import Amount, Since, Until, amount
from handlers import requests as asked
from handlers.context import Context
from storage.models import EntryKind
from storage.reports.journal import JournalEntry, journal

router = APIRouter(tags=["entries"])


class Posting(BaseModel):
    """A leg of an entry: debit positive, credit negative."""

    account: str
    name: str
    amount: Amount
    party: int | None


class Entry(BaseModel):
    """An entry, whose postings sum to zero in each currency. It never changes: what is wrong is reversed."""

    id: int
    kind: EntryKind
    booked_on: date
    description: str
    number: str = Field(description="That of its bill; empty for none.")
    postings: list[Posting]


@router.get("/entries", response_model=Page[Entry], operation_id="list_entries")
async def entries(
    call: Reading, limit: Limit = 50, cursor: Cursor = None, since: Since = None, until: Until = None
) -> Response:
    """Entries by accounting date, the oldest first."""
    after = day_and_id(cursor)
    first, last = since or date.min, until or date.max

    def shape(session: Session, context: Context) -> Page[Entry]:
        within = journal(session, max(first, after[0]) if after else first, last)
        beyond = (one for one in within if after is None or (one.booked_on, one.id) > after)
        found = list(islice(beyond, limit + 1))
        page = page_of(found, limit, lambda one: (one.booked_on.isoformat(), one.id))
        return Page(items=[_entry(one) for one in page.items], next=page.next)

    return await call.read(asked.Export(first, last), shape)


def _entry(one: JournalEntry) -> Entry:
    legs = [
        Posting(account=leg.code, name=leg.name, amount=amount(leg.amount), party=leg.party_id) for leg in one.lines
    ]
    return Entry(
        id=one.id,
        kind=one.kind,
        booked_on=one.booked_on,
        description=one.description,
        number=one.number,
        postings=legs,
    )
