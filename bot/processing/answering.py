"""What words are answered with: the answer to each request in them, in turn, or to the button that was pressed."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from sqlmodel import Session

from bot.processing import conversation_focus
from bot.processing.assistants.proposals import proposal_replies
from bot.processing.buttons.page_addresses import linked
from bot.processing.message_to_request import request_of_message
from bot.processing.originals import changed as originals
from bot.processing.serving import serve
from handlers import requests as asked
from handlers.answers import whole_answer
from handlers.banking.long_import import import_notice_replies
from handlers.bills.shown.renewal import card_notice_replies
from handlers.context import Context
from handlers.errors import BillifyError
from handlers.language.translation import language
from handlers.last_answer import Last, following, to_record
from handlers.mailbox import arrived
from handlers.mailbox.channel_faults import channel_notice_replies
from handlers.mailbox.notices import mail_notice_replies
from handlers.mailbox.owner_notes import owner_note_replies
from handlers.messages import Message, Reply
from handlers.people import rooms, small_talk
from handlers.people.mail_addresses import address_notice_replies
from handlers.people.room_greeting import room_greeting
from handlers.reminders import notices
from handlers.understand.model.arguments import ModelAnswer
from handlers.wording import lists
from storage.errors import LedgerError
from storage.messages import conversations, reminders

_NOTICES = (
    mail_notice_replies,
    owner_note_replies,
    address_notice_replies,
    channel_notice_replies,
    import_notice_replies,
    card_notice_replies,
    proposal_replies,
)
"""Who answers a notice: the first that knows its kind."""


def answer_message(
    session: Session, context: Context, pending: dict[str, Any] | None, message: Message, answer: ModelAnswer | None
) -> tuple[object, tuple[Reply, ...]]:
    """What words or a pressed button ask for, and the answer, which goes to the asker alone where others may not read
    it."""
    if arrived.is_arrived(message):
        return None, arrived.without_documents(message)
    if (greeting := room_greeting(session, message)) is not None:
        return None, greeting
    if message.notice:
        for replies_to in _NOTICES:
            if (notice := replies_to(session, context, message.notice)) is not None:
                return None, notice
        return None, notices.notice_replies(session, context, message.notice)
    if message.deleted:
        return asked.Thanks(), originals.deleted(session, message)
    if message.forwarded:
        return asked.Unknown(), small_talk.not_theirs()
    request = request_of_message(session, context, message, pending, answer)
    if not message.addressed and not (request := _overheard(request, message.text)):
        return asked.Unknown(), ()
    told: tuple[Reply, ...] = ()
    if message.edited:
        request, told = originals.reconsidered(session, context, message, request)
        if request is None:
            return asked.Thanks(), told
    if rooms.is_private(session, context, request):
        return asked.Thanks(), (*told, *_answer_alone(session, context, request))
    return request, (*told, *answer_request(session, context, request))


def _overheard(request: object, said: str) -> object | None:
    """What is made of words in the thread of our card that do not name us: a question is answered, an order is asked
    about, and the rest is people talking to each other (None)."""
    parts = request.requests if isinstance(request, asked.SeveralRequests) else (request,)
    kinds = {type(part.request if isinstance(part, asked.OnBill) else part) for part in parts}
    if kinds & {*_TALK, asked.Confirm}:
        return None
    changing = any(issubclass(kind, asked.CHANGES) for kind in kinds)
    return asked.Proposed(request, said) if changing else request


_TALK = (asked.Unknown, asked.Unclear, asked.Greeting, asked.Thanks, asked.Help, asked.NotOffered, asked.Redeem)


def _answer_alone(session: Session, context: Context, request: object) -> tuple[Reply, ...]:
    """The answer in the asker's direct chat, and a line where they asked."""
    place = reminders.direct_place(session, context.asker.id, context.channel)
    conversation = place.conversation if place else context.conversation
    said = answer_request(session, replace(context, conversation=conversation, card=None, shared=False), request)
    last = following(Last(), request, said, language())
    bill = conversation_focus.focus_after(None, request, said)
    conversations.set_focus(session, context.channel, conversation, bill_id=bill, last=to_record(last))
    there = tuple(replace(reply, to=(context.channel, conversation)) for reply in said)
    return (*there, rooms.answered_alone(context.asker.name))


def answer_request(session: Session, context: Context, request: object) -> tuple[Reply, ...]:
    """The request's answer, or one after the other those of several."""
    match request:
        case asked.OnBill():
            return answer_request(session, replace(context, bill=request.bill), request.request)
        case asked.SeveralRequests():
            return _in_turn(session, context, request)
    try:
        with lists.noting_cuts() as cuts:
            replies = linked(request, serve(session, context, request))
        return whole_answer.offered(replies) if cuts and isinstance(request, asked.Question) else replies
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
