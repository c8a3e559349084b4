"""Which messages of people need nothing more: those whose bills this message settled, for a mark on them."""

from __future__ import annotations

from dataclasses import replace

from sqlmodel import Session

from handlers.context import Context
from handlers.messages import Reply
from storage import audit
from storage.bills import lifecycle
from storage.messages import sayings
from storage.models import BillState

_OPEN = (BillState.HELD, BillState.DRAFT)


def marked(session: Session, context: Context, replies: tuple[Reply, ...]) -> tuple[Reply, ...]:
    """The replies with what is done, or has to be done again, where the message that is served changed that."""
    return tuple(_marked(session, context, reply) for reply in replies)


def _marked(session: Session, context: Context, reply: Reply) -> Reply:
    if reply.bill is None or reply.card is None or reply.quiet or not audit.is_changed_now(session, reply.bill):
        return reply
    bill = lifecycle.find(session, reply.bill)
    sent = sayings.origins_of(session, context.channel, bill)
    if bill.state not in _OPEN:
        return replace(reply, done=sent)
    return reply if audit.was_drafted_now(session, bill.id) else replace(reply, undone=sent)
