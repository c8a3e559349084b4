"""Words beside a document are a message like any other: what they say of the bill, what they order, what they ask."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlmodel import Session

from bot.processing.answering import answer_request
from bot.processing.message_to_request import open_question
from bot.processing.scene import known_names, request_of_text
from bot.processing.serving import serve
from handlers import requests as asked
from handlers.button_ids import pick_choices
from handlers.context import Context
from handlers.documents import receive
from handlers.documents.no_documents import not_a_document
from handlers.documents.received import Received
from handlers.errors import BillifyError, WhichOne
from handlers.messages import Message, Reply
from handlers.people import small_talk
from handlers.understand.sentences import sentence_of
from handlers.wording import bill_texts, refusals
from handlers.wording.cards import bill_label
from storage.bills import lifecycle
from storage.errors import LedgerError

LONGEST_CAPTION = 200
"""Longer words beside a file are a letter to somebody, of which only questions in lines of their own are heard."""

OF_EACH = ("category", "currency", "side", "vendor")
"""What can be said of several bills at once; an amount or a day is one bill's."""

_COURTESY = (asked.Find, asked.ShowBill, asked.ShowOriginal, asked.Greeting, asked.Thanks, asked.Help, asked.HowToPay)
"""What "please find attached", "here is the invoice" and "please pay" are taken for, which ask for nothing here."""
_PARTS = re.compile(r"\n+|(?<=[.!?;])\s+|,\s+(?!\d)")
_DESCRIBES = (asked.Amend, asked.Categorise)


@dataclass(frozen=True)
class AnsweredDocuments:
    """The replies, and the question that they ask, as it is kept for the answer."""

    replies: tuple[Reply, ...]
    pending: dict[str, Any] | None = None


def answer_documents(
    session: Session, context: Context, received: Sequence[Received], message: Message
) -> AnsweredDocuments:
    """The documents' cards, and what is answered to the words beside them; there are none where the message's text is
    one of the documents, or was forwarded. Of files that nobody sent to us only bills are spoken of."""
    replies = receive.receive(session, context, received)
    if not message.addressed:
        return AnsweredDocuments(tuple(card for card in replies if card.bill is not None))
    is_text = any(file.attachment.role == "body" for file in received)
    if is_text or message.forwarded:
        return AnsweredDocuments(replies)
    return _answer_words(session, context, replies, message)


def why_no_document(
    session: Session, context: Context, message: Message, request: object, replies: tuple[Reply, ...]
) -> tuple[object, tuple[Reply, ...]]:
    """The answer to a message without any document; where its words ask for nothing, that is told, and why."""
    if not isinstance(request, asked.Unknown | asked.Unclear):
        return request, replies
    if message.unread:
        return asked.Unknown(), not_a_document(session, context, message.unread)
    if message.attachments:
        return asked.Unknown(), (Reply(bill_texts.nothing_found(message.attachments[0].name)),)
    return request, replies


def _answer_words(
    session: Session, context: Context, replies: tuple[Reply, ...], message: Message
) -> AnsweredDocuments:
    """The documents' `replies`, followed by what is answered to the words beside them.

    Where there is one bill, the words are about it: a correction is put into its card. What can be meant of several
    alike is done to each; of what cannot, it is asked which is meant. What is understood in part is done in part, and
    what is not understood is courtesy. What needs a proof that the message has not is offered as a button. Whatever
    cannot be done is told, and the documents stay.
    """
    words = message.text
    bills = tuple(dict.fromkeys(reply.bill for reply in replies if reply.bill is not None))
    if not words or not bills:
        return AnsweredDocuments(replies)
    one = replace(context, bill=bills[0])
    requests = _requests(session, one, words)
    if not requests and not message.narrow and len(words) <= LONGEST_CAPTION:
        requests = [each for each in (request_of_text(session, one, words),) if isinstance(each, asked.Unclear)]
    ordered = [each for each in requests if _is_order(each)]
    if len(bills) > 1 and ordered and not all(map(_is_of_each, ordered)):
        return _which(session, context, replies, bills, words)
    told = AnsweredDocuments(replies)
    for n, request in enumerate(requests):
        about: tuple[int | None, ...] = bills if len(bills) == 1 or _is_order(request) else (None,)
        for place, bill in enumerate(about):
            key = context.key + (f"/said{n}" if n else "") + (f"/{place}" if place else "")
            step = replace(context, bill=bill, key=key)
            more = _answer(session, step, request, words)
            told = AnsweredDocuments(_together(told.replies, more.replies), told.pending or more.pending)
    return told


def _which(
    session: Session, context: Context, replies: tuple[Reply, ...], bills: tuple[int, ...], words: str
) -> AnsweredDocuments:
    """Asks which of several documents an order is about that can be only one's."""
    labels = tuple((bill, bill_label(lifecycle.find(session, bill))) for bill in bills)
    question = Reply(bill_texts.which_of_these(words), choices=pick_choices(labels), listed=bills)
    kept = open_question(words, choices=question.choices, asker=context.asker.id, key=context.key)
    return AnsweredDocuments((*replies, question), kept)


def _is_order(request: object) -> bool:
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


def _requests(session: Session, context: Context, words: str) -> list[object]:
    """What the words ask for: as a whole, else each of their parts that is understood by itself."""
    if len(words) > LONGEST_CAPTION:
        lines = [line for line in words.split("\n") if line.strip().endswith("?") and len(line) <= LONGEST_CAPTION]
        found = [request_of_text(session, context, line) for line in lines[:3]]
        return [request for request in found if _is_meant(request, "?") and not isinstance(request, asked.CHANGES)]
    whole = request_of_text(session, context, words)
    if _is_meant(whole, words):
        return [whole]
    if not isinstance(whole, asked.Unknown | asked.Unclear):
        return []
    parts = [part for part in _PARTS.split(words) if part.strip()]
    return [request for part in parts if _is_meant(request := request_of_text(session, context, part), part)]


def _is_meant(request: object, words: str) -> bool:
    if isinstance(request, asked.Unknown | asked.Unclear | asked.NotOffered):
        return False
    return words.rstrip().endswith("?") or not isinstance(request, _COURTESY)


def _answer(session: Session, context: Context, request: object, words: str) -> AnsweredDocuments:
    """The answer, in a transaction within the message's, so that a refusal leaves the documents as they are."""
    try:
        with session.begin_nested():
            if isinstance(request, asked.Unclear):
                return _asked_back(context, small_talk.clarify(session, context, request), words)
            if isinstance(request, asked.Amend) and context.bill is not None:
                return AnsweredDocuments(serve(session, replace(context, proven=True, scope=None), request))
            if _needs_proof(request) and not context.proven:
                return AnsweredDocuments(_offered(session, context, request))
            return AnsweredDocuments(answer_request(session, context, request))
    except WhichOne as error:
        question = Reply(
            str(error), choices=pick_choices(error.choices), listed=tuple(bill for bill, _ in error.choices)
        )
        return _asked_back(context, (question,), error.before or words, error.hint)
    except LedgerError as error:
        return AnsweredDocuments((Reply(refusals.refusal(error), bill=context.bill),))
    except BillifyError as error:
        return AnsweredDocuments((Reply(str(error), bill=context.bill),))


def _asked_back(
    context: Context, question: tuple[Reply, ...], words: str, hint: str | None = None
) -> AnsweredDocuments:
    """A question back, which is kept for the answer."""
    choices = tuple(choice for reply in question for choice in reply.choices)
    return AnsweredDocuments(question, open_question(words, hint, choices, context.asker.id, context.key))


def _needs_proof(request: object) -> bool:
    """Whether it changes more than what a bill that only waits says of itself."""
    match request:
        case asked.SeveralRequests():
            return any(map(_needs_proof, request.requests))
        case asked.OnBill():
            return _needs_proof(request.request)
    return isinstance(request, asked.CHANGES)


def _offered(session: Session, context: Context, request: object) -> tuple[Reply, ...]:
    """Buttons for what anybody could have ordered in the person's name."""
    requests = request.requests if isinstance(request, asked.SeveralRequests) else (request,)
    replies: tuple[Reply, ...] = ()
    for each in requests:
        said = next(iter(sentence_of(each, known_names(session, context))), "")
        if isinstance(each, _DESCRIBES) or not _needs_proof(each):
            replies += _answer(session, replace(context, proven=True), each, "").replies
        elif said and request_of_text(session, context, said) == each:
            proposed = serve(session, context, asked.Proposed(each, said))
            replies += tuple(replace(reply, bill=reply.bill or context.bill) for reply in proposed)
        else:
            replies += answer_request(session, context, each)
    return replies


def _together(replies: tuple[Reply, ...], more: tuple[Reply, ...]) -> tuple[Reply, ...]:
    """Of one bill's cards the latest stays, with what was said above each."""
    for reply in more:
        before = [one for one in replies if one.card and reply.card and one.bill == reply.bill]
        if before:
            text = "\n".join(part for part in (before[-1].text, reply.text) if part)
            replies = tuple(replace(reply, text=text) if one is before[-1] else one for one in replies)
        else:
            replies += (reply,)
    return replies
