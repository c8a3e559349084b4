"""The log of events: what happened, oldest first, read on from where one was."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import BaseModel, Field
from sqlmodel import Session
from starlette.responses import Response

from bot.api.call import Reading
from bot.api.paging import Cursor, Limit, cursor, place_of
from bot.api.refusals import Unfit
from bot.api.resources.event_shapes import LogEvent, event_of
from handlers import requests as asked
from handlers.context import Context
from handlers.language.translation import say
from storage.db.tenancy import company_of
from storage.events import log
from storage.events.log import Place
from storage.events.types import ALL

router = APIRouter(tags=["events"])


class Events(BaseModel):
    """A stretch of the log."""

    items: list[LogEvent]
    next: str = Field(description="The `after` to go on with, now or whenever more has happened.")
    more: bool = Field(description="Whether there may be more already.")


@router.get("/events", response_model=Events, operation_id="list_events")
async def events(
    call: Reading,
    limit: Limit = 50,
    after: Cursor = None,
    type: Annotated[list[str] | None, Query(description="Only of these types; of all where none is named.")] = None,  # noqa: A002 - the name in addresses
) -> Response:
    """What happened, the oldest first, from the beginning or `after` where one was: nothing is ever put in before."""
    place = place_in_log(after) if after is not None else log.START
    check_types(type or [])

    def shape(session: Session, context: Context) -> Events:
        found, company = log.read(session, place, limit, type or ()), company_of(session)
        return Events(items=[event_of(one, company) for one in found.events], next=cursor(found.place), more=found.more)

    return await call.read(asked.ShowWebhooks(), shape)


def place_in_log(said: str) -> Place:
    """The place that a cursor names. Raises: Unfit."""
    position, part = place_of(said, int, int)
    return min(max(position, 1), 2**31 - 1), max(part, 0)


def check_types(types: list[str]) -> None:
    """Raises: Unfit for one that there is not."""
    if unknown := [one for one in types if one not in ALL]:
        raise Unfit(say("There is no event “{value}”. There are: {known}.", value=unknown[0], known=", ".join(ALL)))
