"""Lets people in: the owner hands out codes, and whoever sends one is linked to a person."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlmodel import Session

from handlers import wording
from handlers.context import Context
from handlers.errors import NotAllowed
from handlers.messages import Message, Reply
from handlers.requests import Invite, Redeem
from handlers.understand import understand
from storage import people
from storage.models import Role

DAYS = 7


def invite(session: Session, context: Context, request: Invite) -> tuple[Reply, ...]:
    """A code to pass on. Raises: NotAllowed for anybody but the owner."""
    if context.asker.role is not Role.OWNER:
        raise NotAllowed(wording.not_allowed("invite people"))
    code = people.invite(session, request.who, invited_by=context.asker.id, now=context.now, days=DAYS)
    return (Reply(wording.invitation(request.who, code, context.today + timedelta(days=DAYS))),)


def redeem(session: Session, context: Context, request: Redeem) -> tuple[Reply, ...]:
    """Somebody who is known sends a code: nothing changes."""
    return (Reply(wording.already_known(context.asker.name)),)


def welcome(session: Session, message: Message, now: datetime) -> tuple[Reply, ...]:
    """To a sender who is not known: in with a good code, else a polite answer that leaks nothing."""
    request = understand(f"{message.subject}\n{message.text}".strip(), now.date(), None)
    if not isinstance(request, Redeem):
        return (Reply(wording.unknown_sender()),)
    person = people.redeem(session, request.code, message.channel, message.sender, now, message.sender_name)
    return (Reply(wording.joined(person.name) if person else wording.code_refused()),)
