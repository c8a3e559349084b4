"""What the token's person is reminded of."""

from __future__ import annotations

from datetime import date, datetime

from fastapi import APIRouter
from pydantic import BaseModel, Field
from sqlmodel import Session
from starlette.responses import Response

from bot.api.call import Reading, Writing
from bot.api.refusals import Unfit
from bot.api.resources.bill_actions import Said
from bot.api.values import IdValue, Text
from handlers import requests as asked
from handlers.context import Context
from handlers.language.translation import say
from handlers.reminders.due_notices import schedule_for
from storage.messages import reminders
from storage.people import preferences

router = APIRouter(tags=["reminders"])


class Reminder(BaseModel):
    """What somebody asked to be reminded of."""

    id: int
    at: datetime
    text: str
    bill: int | None


class Reminders(BaseModel):
    """What is still to come, the first first; `before` and `after` are days around a due date."""

    items: list[Reminder]
    muted: bool
    before: list[int]
    after: list[int]


class NewReminder(Said):
    """When, and of what: a bill, or words."""

    on: date
    hour: int | None = Field(None, ge=0, le=23, description="The usual hour where none is named.")
    bill: IdValue | None = None
    text: Text = ""


@router.get("/reminders", response_model=Reminders, operation_id="list_reminders")
async def listed(call: Reading) -> Response:
    """What the token's person is reminded of."""
    return await call.read(asked.Reminders(), _reminders)


@router.post("/reminders", status_code=201, response_model=Reminders, operation_id="add_reminder")
async def add(call: Writing, said: NewReminder) -> Response:
    """Reminds the token's person, where they want to be told things."""
    if (said.bill is None) == (not said.text.strip()):
        raise Unfit(say("Name a bill, or say in words of what to remind: one of both."))
    request: object = asked.Remind(said.on, said.hour, None, said.text)
    if said.bill is not None:
        request = asked.OnBill(said.bill, request)
    return await call.change(request, _reminders, status=201)


def _reminders(session: Session, context: Context) -> Reminders:
    rhythm = schedule_for(session, context.asker.id, context.zone)
    return Reminders(
        items=[
            Reminder(id=one.id, at=one.at, text=one.text, bill=one.bill_id)
            for one in reminders.alarms(session, person_id=context.asker.id)
        ],
        muted=preferences.preference(session, context.asker.id).muted,
        before=list(rhythm.before),
        after=list(rhythm.after),
    )
