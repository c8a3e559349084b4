"""What a platform refuses for good: said in another way where that is possible, and to the owner."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import datetime

from sqlmodel import Session

from bot.channels.channel import Outgoing
from handlers.errors import BillifyError
from handlers.language.translation import say, speaking
from handlers.mailbox.owner_notes import REFUSED
from handlers.messages import Reply
from storage.db.database import Database
from storage.mail import owner_notes
from storage.messages import reminders
from storage.messages.rooms import room_of
from storage.people import people

Deliver = Callable[[Outgoing], Awaitable[None]]


async def said_otherwise(database: Database, outgoing: Outgoing, error: BillifyError, deliver: Deliver) -> bool:
    """Says it in another way at once: that a file is missing, or, what the place refuses, to the person alone.

    Returns whether that is all that can be done. Raises whatever `deliver` does.
    """
    if outgoing.reply.quiet:
        return True
    instead = await database.read(_instead, outgoing, error)
    if instead is None:
        return False
    await deliver(instead)
    return outgoing.file is None or not await database.read(_is_reached_elsewhere, outgoing)


def note_for_owner(session: Session, outgoing: Outgoing, error: BillifyError, now: datetime) -> None:
    """A word to the owner, once for each place and reason: somebody may have to let us in, or give us a right."""
    channel, room = outgoing.message.channel, room_of(outgoing.message.conversation)
    values = {"channel": channel.capitalize(), "place": room, "reason": str(error)}
    owner_notes.note(session, f"refused/{channel}/{room}/{str(error)[:100]}", REFUSED, values, now=now)


def _instead(session: Session, outgoing: Outgoing, error: BillifyError) -> Outgoing | None:
    message, reply = outgoing.message, outgoing.reply
    with speaking(reply.language):
        reason = str(error)
        if outgoing.file is not None:
            name = reply.attachments[outgoing.file].name
            text = say("I could not send {name} here: {reason}", name=name, reason=reason)
            return replace(outgoing, reply=Reply(text, bill=reply.bill, language=reply.language), file=None)
        if not message.shared or reply.to is not None:
            return None
        person = people.find_person(session, message.channel, message.sender)
        place = reminders.direct_place(session, person.id, message.channel) if person else None
        if place is None or place.conversation == message.conversation:
            return None
        text = say("I could not answer where you wrote ({reason}), so here it is:", reason=reason)
        text = f"{text}\n\n{reply.text}".strip()
    alone = replace(message, conversation=place.conversation, shared=False)
    return replace(outgoing, reply=replace(reply, text=text, replaces=None), message=alone)


def _is_reached_elsewhere(session: Session, outgoing: Outgoing) -> bool:
    message = outgoing.message
    person = people.find_person(session, message.channel, message.sender)
    return person is not None and reminders.place_of(session, person.id, without=(message.channel,)) is not None
