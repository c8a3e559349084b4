"""What a message is answered with: its documents' cards, or the answer to each request in its words, in turn."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from sqlmodel import Session

from bot.processing import conversation_focus
from bot.processing.dispatch import HANDLERS
from bot.processing.message_to_request import request_of_message
from bot.processing.scene import request_of_text
from handlers import requests as asked
from handlers.bills import amend
from handlers.context import Context
from handlers.documents import receive
from handlers.documents.read_attachments import Received
from handlers.errors import BillifyError, NotAllowed
from handlers.messages import Message, Reply
from handlers.reminders import notices
from handlers.understand.model.arguments import ModelAnswer
from handlers.wording import bill_texts
from storage.errors import LedgerError

LONGEST_CAPTION = 120
"""Longer words beside a file are a letter to somebody, not a correction of what was read."""


def answer_documents(
    session: Session, context: Context, received: tuple[Received, ...], caption: str
) -> tuple[Reply, ...]:
    """The documents' cards; a correction said in the same breath ("due 15 May") is applied to the one document."""
    replies = receive.receive(session, context, received)
    if len(replies) != 1 or replies[0].bill is None or not caption or len(caption) > LONGEST_CAPTION:
        return replies
    context = replace(context, bill=replies[0].bill)
    request = request_of_text(session, context, caption)
    return amend.amend(session, context, request) if isinstance(request, asked.Amend) else replies


def answer_message(
    session: Session, context: Context, pending: dict[str, Any] | None, message: Message, answer: ModelAnswer | None
) -> tuple[object, tuple[Reply, ...]]:
    """What words or a pressed button ask for, and the answer."""
    if message.notice:
        return None, notices.notice_replies(session, context, message.notice)
    request = request_of_message(session, context, message, pending, answer)
    return request, answer_request(session, context, request)


def answer_request(session: Session, context: Context, request: object) -> tuple[Reply, ...]:
    """The request's answer, or one after the other those of several."""
    match request:
        case asked.OnBill():
            return answer_request(session, replace(context, bill=request.bill), request.request)
        case asked.SeveralRequests():
            return _in_turn(session, context, request)
    if not context.proven and isinstance(request, asked.CHANGES):
        raise NotAllowed(bill_texts.not_proven())
    try:
        return HANDLERS[type(request)](session, context, request)
    except (BillifyError, LedgerError) as error:
        error.about = conversation_focus.bill_meant(session, context, request)
        raise


def _in_turn(session: Session, context: Context, several: asked.SeveralRequests) -> tuple[Reply, ...]:
    """Each is about the bill that the one before it showed, and has a key of its own. After a list of several, "it" is
    asked."""
    replies: tuple[Reply, ...] = ()
    for n, request in enumerate(several.requests):
        key = f"{context.key}/{n}" if n else context.key
        said = answer_request(session, replace(context, key=key), request)
        bill = conversation_focus.focus_after(context.bill, asked.Unknown(), said)
        listed = tuple(bill for reply in said for bill in reply.listed)
        last = replace(context.last, bills=listed or context.last.bills)
        context = replace(context, bill=bill, last=last)
        replies += said
    return replies
