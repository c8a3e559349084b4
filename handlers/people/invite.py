"""Lets people in: the owner hands out codes, and whoever sends one is linked to a person."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

from sqlmodel import Session

from handlers.button_ids import choice_id
from handlers.context import Context
from handlers.language.translation import say
from handlers.messages import Choice, Message, Reply
from handlers.people.colleagues import channels_of
from handlers.people.room_greeting import room_greeting
from handlers.requests import Invite, Redeem
from handlers.rights.labels import ROLES
from handlers.understand.interpreter import understand
from handlers.understand.text.sentence_context import SentenceContext
from handlers.wording import greetings, refusals
from storage.errors import TooManyAttempts
from storage.models import Person, Role
from storage.people import attempts, identities, people

DAYS = 7
CONNECT = "connect:"

_AS_PRINTED = re.compile(r"\b[0-9A-Za-z]{4}-[0-9A-Za-z]{4}-[0-9A-Za-z]{4}\b")


def invite(session: Session, context: Context, request: Invite) -> tuple[Reply, ...]:
    """A code to pass on, and the role that it gives; none for somebody who is here already, who would be two people."""
    if (here := _here_already(session, request.who)) is not None:
        return (Reply(greetings.here_already(here.name, channels_of(identities.identities_of(session, here.id)))),)
    role = Role(request.role)
    code = people.invite(session, request.who, invited_by=context.asker.id, now=context.now, days=DAYS, role=role)
    text = greetings.invitation(request.who, code, context.today + timedelta(days=DAYS))
    if role is not Role.MEMBER:
        text = f"{text}\n{say('They come in as {role}.', role=say(ROLES[role]))}"
    return (Reply(text),)


def _here_already(session: Session, who: str) -> Person | None:
    """Who is called just so, or reads mail at that address."""
    known = people.find_person(session, "mail", who) if "@" in who else None
    return known or next((one for one in people.everybody(session) if one.name.casefold() == who.casefold()), None)


def redeem(session: Session, context: Context, request: Redeem) -> tuple[Reply, ...]:
    """Somebody who is known sends a code: nothing changes, unless two people are one, which the owner says."""
    owner = identities.owner_of_code(session, request.code, context.now)
    if owner is not None and owner.id != context.asker.id:
        return (Reply(greetings.two_people(context.asker.name, owner.name)),)
    return (Reply(greetings.already_known(context.asker.name)),)


def welcome(session: Session, message: Message, now: datetime) -> tuple[Reply, ...]:
    """To a sender who is not known: in with a good code, else a polite answer that leaks nothing."""
    if (greeting := room_greeting(session, message)) is not None:
        return greeting
    if message.choice and message.choice.startswith(CONNECT):
        return (Reply(greetings.how_to_connect(message.channel)),)
    code = invitation_code(message, now)
    if code is None:
        connect = (Choice(choice_id("connect", argument="how"), say("Connect"), "primary"),)
        return (Reply(greetings.unknown_sender(), choices=connect),)
    linked = identities.owner_of_code(session, code, now)
    try:
        person = attempts.tried(
            session,
            f"{message.channel}:{message.sender}",
            now,
            lambda: people.redeem(session, code, message.channel, message.sender, now, message.sender_name),
        )
    except TooManyAttempts as error:
        return (Reply(refusals.refusal(error)),)
    if person is None:
        return (Reply(greetings.code_refused()),)
    return (Reply(greetings.linked(person.name) if linked else greetings.joined(person.name)),)


def invitation_code(message: Message, now: datetime) -> str | None:
    """The invitation code in the message: as we print it, anywhere; else in words such as "join …"."""
    if found := _AS_PRINTED.search(f"{message.subject}\n{message.text}"):
        return found[0]
    request = understand(message.text, SentenceContext(now.date()))
    return request.code if isinstance(request, Redeem) else None
