"""What of people and ownership there is no way back from for whoever says it: asked first, and done by its button."""

from __future__ import annotations

from typing import get_args

from sqlmodel import Session

from handlers.button_ids import choice_id
from handlers.context import Context
from handlers.errors import NotAllowed, NotFound
from handlers.language.translation import say
from handlers.messages import Choice, Reply
from handlers.people.colleagues import find_colleague
from handlers.requests import AssignRole, ErasePerson, HandOver, LeaveCompany, MergePeople, RemovePerson
from handlers.requests.roles import Role
from storage.models import Person
from storage.people import people

Irrevocable = AssignRole | ErasePerson | HandOver | LeaveCompany | MergePeople | RemovePerson


def asked_first(context: Context, text: str, label: str, deed: str, *concerned: Person) -> tuple[Reply, ...]:
    """The question, with a button that does it and is the asker's alone; `deed` is what `agreed` calls it."""
    ids = ":".join(str(each) for each in (context.asker.id, *(person.id for person in concerned)))
    return (Reply(text, choices=(Choice(choice_id("agree", argument=f"{deed}:{ids}"), label, "danger"),)),)


def agreed(argument: str) -> Irrevocable:
    """The request that such a button agrees to."""
    deed, asker, *concerned = argument.split(":")
    sure = int(asker)
    match deed, concerned:
        case "leave", []:
            return LeaveCompany(sure)
        case "remove", [person]:
            return RemovePerson(person, sure)
        case "hand-over", [person]:
            return HandOver(person, sure)
        case "erase", [person]:
            return ErasePerson(person, sure)
        case "merge", [gone, kept]:
            return MergePeople(gone, kept, sure)
        case _, [person]:
            return AssignRole(person, next(role for role in get_args(Role) if role == deed), sure)
    raise AssertionError(f"no button is called so: {argument}")


def is_sure(session: Session, context: Context, request: Irrevocable) -> bool:
    """Whether it was asked and agreed to. Raises: NotAllowed where another was asked."""
    if request.sure is not None and not people.is_same(session, request.sure, context.asker.id):
        raise NotAllowed(say("This button is for who asked for it. Please say it yourself."))
    return request.sure is not None


def person_meant(session: Session, request: Irrevocable, said: str, *, gone: bool = False) -> Person:
    """Who is meant, by name, or by id where it was agreed to; who is `gone` meanwhile only where that is told.

    Raises: NotFound; NotPossible where several are called so.
    """
    if request.sure is None:
        return find_colleague(session, said)
    here = people.everybody(session)
    person = people.find_by_id(session, int(said))
    if person is None or not (gone or person in here):
        raise NotFound(say("Who is meant is not here any more. “who is here?” tells who is."))
    return person
