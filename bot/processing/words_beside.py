"""Words beside a document are a message like any other: what they say of the bill, what they order, what they ask."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from sqlmodel import Session

from bot.processing.answering import answer_request
from bot.processing.dispatch import HANDLERS
from bot.processing.message_to_request import known_names, request_of_text
from handlers import requests as asked
from handlers.bills import amend
from handlers.context import Context
from handlers.documents import receive
from handlers.documents.received import Received
from handlers.errors import BillifyError
from handlers.messages import Message, Reply
from handlers.understand.sentences import sentence_of
from handlers.wording import bill_texts, refusals
from storage.errors import LedgerError

LONGEST_CAPTION = 200
"""Longer words beside a file are a letter to somebody, of which only questions in lines of their own are heard."""

_COURTESY = (asked.Find, asked.ShowBill, asked.ShowOriginal, asked.Greeting, asked.Thanks, asked.Help, asked.HowToPay)
"""What "please find attached", "here is the invoice" and "please pay" are taken for, which ask for nothing here."""
_PARTS = re.compile(r"\n+|(?<=[.!?;])\s+|,\s+(?!\d)")
_DESCRIBES = (asked.Amend, asked.Categorise)


def answer_documents(
    session: Session, context: Context, received: Sequence[Received], message: Message
) -> tuple[Reply, ...]:
    """The documents' cards, and what is answered to the words beside them; there are none where the message's text is
    one of the documents."""
    replies = receive.receive(session, context, received)
    is_text = any(file.attachment.role == "body" for file in received)
    return replies if is_text else _answer_words(session, context, replies, message.text)


def why_no_document(message: Message, request: object, replies: tuple[Reply, ...]) -> tuple[object, tuple[Reply, ...]]:
    """The answer to a message without any document; where its words ask for nothing, that is told, and why."""
    if not isinstance(request, asked.Unknown | asked.Unclear):
        return request, replies
    if message.unread:
        why = bill_texts.encrypted_mail() if message.unread == "encrypted" else bill_texts.linked_invoice()
        return asked.Unknown(), (Reply(why),)
    if message.attachments:
        return asked.Unknown(), (Reply(bill_texts.nothing_found(message.attachments[0].name)),)
    return request, replies


def _answer_words(session: Session, context: Context, replies: tuple[Reply, ...], words: str) -> tuple[Reply, ...]:
    """The documents' `replies`, followed by what is answered to the words beside them.

    Where there is one bill, the words are about it: a correction is put into its card. What is understood in part is
    done in part, and what is not understood is courtesy. What needs a proof that the message has not is offered as a
    button. Whatever cannot be done is told, and the documents stay.
    """
    bills = [reply.bill for reply in replies if reply.bill is not None]
    if not words or not bills:
        return replies
    about = replace(context, bill=bills[0] if len(bills) == len(replies) == 1 else None)
    for n, request in enumerate(_requests(session, about, words)):
        step = replace(about, key=f"{context.key}/said{n}" if n else context.key)
        replies = _together(replies, _answer(session, step, request))
    return replies


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


def _answer(session: Session, context: Context, request: object) -> tuple[Reply, ...]:
    """The answer, in a transaction within the message's, so that a refusal leaves the documents as they are."""
    try:
        with session.begin_nested():
            if isinstance(request, asked.Amend) and context.bill is not None:
                return amend.amend(session, context, request)
            if _needs_proof(request) and not context.proven:
                return _offered(session, context, request)
            return answer_request(session, context, request)
    except LedgerError as error:
        return (Reply(refusals.refusal(error), bill=context.bill),)
    except BillifyError as error:
        return (Reply(str(error), bill=context.bill),)


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
            replies += _answer(session, replace(context, proven=True), each)
        elif said and request_of_text(session, context, said) == each:
            proposed = HANDLERS[asked.Proposed](session, context, asked.Proposed(each, said))
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
