"""Proposals on their way to the person in whose name an assistant makes them: a card with the button that does it."""

from __future__ import annotations

import json
from dataclasses import replace

from sqlmodel import Session

from bot.processing.scene import request_of_text
from bot.processing.serving import serve
from handlers import requests as asked
from handlers.context import Context
from handlers.language.translation import say
from handlers.last_answer import Last
from handlers.messages import Message, Reply
from storage.messages import reminders
from storage.messages.reminders import CLOCK_KEY_PREFIX, Place

PROPOSAL = "proposal"
"""The kind of notice (`Message.notice`): what is proposed, by which program, about which bill, follows as JSON."""
_NOT_THERE = ("terminal",)
"""Channels on which nobody waits for anything."""


def place_of_proposals(session: Session, context: Context) -> Place | None:
    """Where the person is told things; None where that is nowhere."""
    return reminders.place_of(session, context.asker.id, without=_NOT_THERE)


def proposal_message(
    session: Session, context: Context, sentence: str, bill: int | None, by: str, key: str
) -> Message | None:
    """The message by which it goes to where the person is told things, the same for the same `key`; None where that is
    nowhere."""
    place = place_of_proposals(session, context)
    if place is None:
        return None
    return Message(
        key=f"{CLOCK_KEY_PREFIX}{PROPOSAL}/{key}",
        channel=place.channel,
        conversation=place.conversation,
        sender=place.address,
        sender_name=context.asker.name,
        sent_at=context.now,
        notice=f"{PROPOSAL}:{json.dumps({'sentence': sentence, 'bill': bill, 'by': by})}",
        person=context.asker.id,
    )


def proposal_replies(session: Session, context: Context, notice: str) -> tuple[Reply, ...] | None:
    """The card; None where the notice is another."""
    kind, _, told = notice.partition(":")
    if kind != PROPOSAL:
        return None
    said = json.loads(told)
    context = replace(context, bill=said["bill"], last=Last())
    request = request_of_text(session, context, said["sentence"])
    if isinstance(request, asked.Proposed):
        request = request.request  # type: ignore[assignment]
    replies = serve(session, context, asked.Proposed(request, said["sentence"]))
    head = say("“{name}” proposes in your name; nothing is done before you say so.", name=said["by"])
    return (replace(replies[0], text=f"{head}\n{replies[0].text}"), *replies[1:])
