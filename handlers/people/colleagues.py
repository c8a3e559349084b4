"""Who is meant by a name or a number, and how somebody is described."""

from __future__ import annotations

from sqlmodel import Session

from handlers.errors import NotFound, NotPossible
from handlers.language.formats import listed
from handlers.language.translation import say, sayable
from handlers.rights.labels import ROLES
from storage.models import Identity, Person
from storage.people import identities, people

CHANNELS = {
    "slack": sayable("Slack"),
    "telegram": sayable("Telegram"),
    "mail": sayable("Mail"),
    "web": sayable("Web chat"),
    "terminal": sayable("Terminal"),
    "api": sayable("API"),
}


def described(session: Session, person: Person) -> str:
    """ "Anna Berg, approver: Slack and Telegram"."""
    known = channels_of(identities.identities_of(session, person.id))
    role = say(ROLES[person.role])
    return f"{person.name}, {role}: {known}" if known else f"{person.name}, {role}"


def channels_of(known: list[Identity]) -> str:
    """Where somebody writes; of mail the addresses, since they say who that is."""
    names = [
        one.address if one.channel == "mail" else say(CHANNELS.get(one.channel, one.channel.capitalize()))
        for one in known
    ]
    return listed(list(dict.fromkeys(names)))


def find_colleague(session: Session, name: str) -> Person:
    """The person of that name, or of that number in the list. Raises: NotFound; NotPossible for several."""
    everybody = people.everybody(session)
    if name.isdecimal() and 0 < int(name) <= len(everybody):
        return everybody[int(name) - 1]
    found = people.find_called(session, name)
    if not found:
        raise NotFound(say("I know nobody called {name}. “who is here?” tells who is.", name=name))
    if len(found) > 1:
        numbered = [f"{everybody.index(person) + 1}. {described(session, person)}" for person in found]
        raise NotPossible(say("Several are called so. Say the number: {people}", people="\n" + "\n".join(numbered)))
    return found[0]
