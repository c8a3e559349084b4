"""A message that its sender edits, or takes away, after it was served: what it says anew is asked about or read again,
and what was made of it stands until somebody says otherwise. An edit never changes the books by itself."""

from __future__ import annotations

from dataclasses import replace

from sqlmodel import Session

from bot.processing.conversation_focus import speaker_of
from handlers import requests as asked
from handlers.button_ids import choice_id
from handlers.context import Context
from handlers.language.formats import listed
from handlers.language.translation import say
from handlers.messages import Choice, Message, Reply
from handlers.wording import changes as step_words
from handlers.wording.cards import bill_label
from storage.bills import lifecycle
from storage.documents import document_register
from storage.messages import idempotency, own_keys, sayings
from storage.models import Bill, BillState, Saying
from storage.undo import changes
from storage.undo.changes import Change

MOST_BUTTONS = 5
_NOT_YET_BOOKED = (BillState.DRAFT, BillState.HELD)


def resumed(session: Session, message: Message) -> Message:
    """An edited message as it is to be served: about what was made of it before; as a new one where nothing was, since
    it was passed over or never came."""
    said = _said(session, message)
    served = idempotency.find_without_waiting(session, said.message_key) if said else None
    if message.deleted:
        return replace(message, answers=f"sent:{message.ids[0]}")
    if served is None or served.replies == "[]":
        return replace(message, edited=False)
    return replace(message, answers=message.answers or f"sent:{message.ids[0]}")


def without_what_is_the_same(session: Session, message: Message) -> Message | None:
    """The message with only those of its (fetched) files that it did not have before; None where all is as it was, as
    when a platform only adds a preview, or where nothing was made of it."""
    said = _said(session, message)
    if said is None or said.message_key == message.key:
        return None
    if message.deleted:
        return message
    had = document_register.of_message(session, said.message_key)
    files = tuple(file for file in message.attachments if file.sha256 not in had)
    if not files and (not message.text or said.words == sayings.fingerprint(message.text)):
        return None
    return replace(message, attachments=files)


def reconsidered(
    session: Session, context: Context, message: Message, request: object
) -> tuple[object, tuple[Reply, ...]]:
    """What is asked for by the words of an edited message: an order becomes a question. And what is told before that:
    of what was done at the former words."""
    told = _what_stands(session, message, say("You changed your message. What I did at first stands: {what}."))
    parts = request.requests if isinstance(request, asked.SeveralRequests) else (request,)
    kinds = [type(part.request if isinstance(part, asked.OnBill) else part) for part in parts]
    if any(issubclass(kind, asked.CHANGES) for kind in kinds):
        return asked.Proposed(request, message.text), told
    if told and any(issubclass(kind, asked.Unknown | asked.Unclear) for kind in kinds):
        return None, told
    return request, told


def deleted(session: Session, message: Message) -> tuple[Reply, ...]:
    """What is told when a message was taken away: what came of it, if anything did that stands."""
    return _what_stands(session, message, say("You deleted a message. What came of it is still here: {what}."))


def replaced_files(session: Session, message: Message) -> tuple[Reply, ...]:
    """What is told below the cards of the files that a message has by now: of the bills from those that it had."""
    return _what_stands(session, message, say("You changed the file. What came of the former is still here: {what}."))


def _what_stands(session: Session, message: Message, words: str) -> tuple[Reply, ...]:
    """One reply with what was made of a message and stands; none where nothing does. `words` have it at {what}."""
    said = _said(session, message)
    if said is None:
        return ()
    bills = [lifecycle.find(session, bill) for bill in sayings.bills_of(session, said)]
    bills = [bill for bill in bills if bill.state is not BillState.VOID]
    change = changes.change_by_message(session, said.message_key)
    steps = changes.standing_steps(session, change) if change else ()
    if not (bills or steps):
        return ()
    names = [bill_label(bill) for bill in bills] + ([step_words.names_of(session, steps)] if steps else [])
    buttons = [*_discard(bills), *_take_back(change, bool(steps))]
    return (Reply(words.format(what=listed(names)), choices=tuple(buttons)),)


def _discard(bills: list[Bill]) -> list[Choice]:
    """A button for each bill that is not booked yet."""
    drafts = [bill for bill in bills if bill.state in _NOT_YET_BOOKED][:MOST_BUTTONS]
    if len(drafts) == 1:
        return [Choice(choice_id("void", drafts[0].id), say("Not an invoice"), "danger")]
    return [
        Choice(choice_id("void", bill.id), f"{say('Not an invoice')}: {bill_label(bill)}", "danger") for bill in drafts
    ]


def _take_back(change: Change | None, stands: bool) -> list[Choice]:
    if change is None or not stands:
        return []
    return [Choice(choice_id("takeback", argument=str(change.last.id)), say("Take it back"))]


def _said(session: Session, message: Message) -> Saying | None:
    return own_keys.own_saying(session, speaker_of(message), message.ids[0]) if message.ids else None
