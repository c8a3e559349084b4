"""Who belongs to the company."""

from __future__ import annotations

from fastapi import APIRouter
from pydantic import BaseModel
from sqlmodel import Session
from starlette.responses import Response

from bot.api.call import Reading
from bot.api.values import Id
from handlers import requests as asked
from handlers.context import Context
from handlers.errors import NotFound
from handlers.language.translation import say
from storage.models import Person as PersonRow
from storage.models import Role
from storage.people import identities, people

router = APIRouter(tags=["people"])


class Person(BaseModel):
    """Somebody of the company, and on which channels they write."""

    id: int
    name: str
    role: Role
    channels: list[str]


class People(BaseModel):
    items: list[Person]


@router.get("/people", response_model=People, operation_id="list_people")
async def everybody(call: Reading) -> Response:
    """Everybody, in the order in which they came."""

    def shape(session: Session, context: Context) -> People:
        return People(items=[_person(session, one) for one in people.everybody(session)])

    return await call.read(asked.WhoIsHere(), shape)


@router.get("/people/{person}", response_model=Person, operation_id="get_person")
async def one(call: Reading, person: Id) -> Response:
    """Somebody of the company; 0 is nobody's number."""

    def shape(session: Session, context: Context) -> Person:
        found = next((one for one in people.everybody(session) if one.id == person), None)
        if found is None:
            raise NotFound(say("There is nobody of this number here."))
        return _person(session, found)

    return await call.read(asked.WhoIsHere(), shape)


def _person(session: Session, row: PersonRow) -> Person:
    known = identities.identities_of(session, row.id)
    return Person(id=row.id, name=row.name, role=row.role, channels=list(dict.fromkeys(one.channel for one in known)))
