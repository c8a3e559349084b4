"""Takes the buttons off a card once a later message shows the bill anew, so that none is pressed by mistake."""

from __future__ import annotations

from dataclasses import replace

from sqlmodel import Session

from handlers import wording
from handlers.context import Context
from handlers.messages import Reply, from_json, split_reply_key
from storage import inbound


def retired(session: Session, context: Context, replies: tuple[Reply, ...]) -> tuple[Reply, ...]:
    """For each bill that the replies show in a new message: its former card in this conversation, without buttons."""
    shown = [reply for reply in replies if reply.card and reply.bill is not None and reply.replaces is None]
    former = (_former(session, context, reply) for reply in shown)
    return tuple(reply for reply in former if reply)


def _former(session: Session, context: Context, now: Reply) -> Reply | None:
    """The latest card of the bill that still has buttons, as it is to look from now on; None where there is none."""
    assert now.bill is not None and now.card is not None
    for sent in inbound.deliveries_of(session, context.channel, context.conversation, now.bill):
        message_key, n = split_reply_key(sent.key)
        served = inbound.served(session, message_key)
        reply = from_json(tuple[Reply, ...], served)[n] if served else None
        if reply and reply.card and reply.choices:
            state = now.card.state if now.card.state != reply.card.state else wording.continued()
            card = replace(reply.card, state=state, doubts=(), changes=())
            return Reply(card=card, bill=now.bill, replaces=sent.key, quiet=True)
    return None
