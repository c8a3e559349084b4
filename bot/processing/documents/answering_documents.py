"""What files are answered with: their cards, and what was said beside them done to the bills that came of them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlmodel import Session

from bot.processing.answering import answer_request
from bot.processing.message_to_request import open_question
from bot.processing.scene import request_of_text
from handlers import requests as asked
from handlers.button_ids import pick_choices
from handlers.context import Context
from handlers.documents import receive
from handlers.documents.read_attachments import Received
from handlers.errors import BillifyError, WhichOne
from handlers.messages import Message, Reply
from handlers.people import small_talk
from handlers.wording import bill_texts, refusals
from handlers.wording.cards import bill_label
from storage.bills import lifecycle
from storage.errors import LedgerError

LONGEST_CAPTION = 120
"""Longer words beside a file are a letter to somebody, not an order to us."""
OF_EACH = ("category", "currency", "side", "vendor")
"""What can be said of several bills at once; an amount or a day is one bill's."""


@dataclass(frozen=True)
class AnsweredDocuments:
    """The replies, and the question that they ask, as it is kept for the answer."""

    replies: tuple[Reply, ...]
    pending: dict[str, Any] | None = None


def answer_documents(
    session: Session, context: Context, received: tuple[Received, ...], message: Message
) -> AnsweredDocuments:
    """The documents' cards, and what was ordered beside them ("paid from cash, category travel") done to each, or the
    question that it is. Nothing that is asked or refused keeps a document from being kept.

    Words that were forwarded order nothing; of files that nobody sent to us only bills are spoken of.
    """
    cards = receive.receive(session, context, received)
    if not message.addressed:
        return AnsweredDocuments(tuple(card for card in cards if card.bill is not None))
    bills = tuple(dict.fromkeys(card.bill for card in cards if card.bill is not None))
    said = message.text
    if message.forwarded or not bills or not said or len(said) > LONGEST_CAPTION:
        return AnsweredDocuments(cards)
    request = _ordered(session, replace(context, bill=bills[0]), said)
    if not context.proven and not isinstance(request, asked.Amend):
        return AnsweredDocuments(cards)
    if len(bills) > 1 and _changes(request) and not _is_of_each(request):
        labels = tuple((bill, bill_label(lifecycle.find(session, bill))) for bill in bills)
        question = Reply(bill_texts.which_of_these(said), choices=pick_choices(labels), listed=bills)
        kept = open_question(said, choices=question.choices, asker=context.asker.id, key=context.key)
        return AnsweredDocuments((*cards, question), kept)
    if not _changes(request):
        return _asked(session, replace(context, bill=bills[0] if len(bills) == 1 else None), cards, request, said)
    replies = cards
    for n, bill in enumerate(bills):
        key = f"{context.key}/{n}" if n else context.key
        replies = _done(session, replace(context, bill=bill, key=key), replies, request)
    return AnsweredDocuments(replies)


def _ordered(session: Session, context: Context, said: str) -> object:
    """What the words beside a file ask for, as a sentence or as a list in short ("paid from cash, category travel")."""
    whole = request_of_text(session, context, said)
    parts = [part.strip() for part in _BETWEEN.split(said) if part.strip()]
    if not isinstance(whole, asked.Unknown | asked.Unclear) or len(parts) < 2:
        return whole
    requests = tuple(request_of_text(session, context, part) for part in parts)
    strange = [
        part for part, each in zip(parts, requests, strict=True) if isinstance(each, asked.Unknown | asked.Unclear)
    ]
    if not strange:
        return asked.SeveralRequests(requests)
    return (
        asked.Unclear(bill_texts.part_not_understood(strange)) if _changes(asked.SeveralRequests(requests)) else whole
    )


_BETWEEN = re.compile(r"[,;.]\s+|\n+|\s+(?:and|und|&)\s+")
"""What stands between the parts of a list; a comma within an amount has no blank behind it."""


def _done(session: Session, context: Context, before: tuple[Reply, ...], request: object) -> tuple[Reply, ...]:
    """The replies once the request was served of one bill: its card as it is by then, or why it was not done."""
    try:
        with session.begin_nested():
            said = answer_request(session, replace(context, proven=True), request)
    except (BillifyError, LedgerError) as error:
        text = refusals.refusal(error) if isinstance(error, LedgerError) else str(error)
        choices = pick_choices(error.choices) if isinstance(error, WhichOne) else ()
        return (*before, Reply(text, choices=choices, bill=context.bill))
    shown = [n for n, reply in enumerate(before) if reply.card and reply.bill == context.bill]
    if not any(reply.card and reply.bill == context.bill for reply in said):
        return (*before, *said)
    remark = "\n".join(before[n].text for n in shown if before[n].text)
    first = replace(said[0], text="\n".join(part for part in (remark, said[0].text) if part))
    kept = [reply for n, reply in enumerate(before) if n not in shown]
    return (*kept, first, *said[1:])


def _asked(
    session: Session, context: Context, cards: tuple[Reply, ...], request: object, said: str
) -> AnsweredDocuments:
    """A question, or an order that is not clear, is answered below the cards; other words are a note."""
    if isinstance(request, asked.Unknown | asked.Greeting | asked.Thanks | asked.Help):
        return AnsweredDocuments(cards)
    if isinstance(request, asked.Unclear):
        question = small_talk.clarify(session, context, request)
        choices = tuple(choice for reply in question for choice in reply.choices)
        kept = open_question(said, choices=choices, asker=context.asker.id, key=context.key)
        return AnsweredDocuments((*cards, *question), kept)
    return AnsweredDocuments(_done(session, context, cards, request))


def _changes(request: object) -> bool:
    return any(isinstance(each, (*asked.CHANGES, asked.Remind, asked.SnoozeBill)) for each in _parts(request))


def _is_of_each(request: object) -> bool:
    """Whether the request can be meant of several bills alike."""
    return all(
        isinstance(each, asked.Confirm | asked.Categorise | asked.NotAnInvoice)
        or (isinstance(each, asked.Pay) and each.amount is None)
        or (isinstance(each, asked.Amend) and all(one.field in OF_EACH for one in each.changes))
        for each in _parts(request)
    )


def _parts(request: object) -> Sequence[object]:
    match request:
        case asked.SeveralRequests():
            return [part for each in request.requests for part in _parts(each)]
        case asked.OnBill():
            return _parts(request.request)
    return (request,)
