"""A message, plus what its conversation is about, to the use case that serves it, exactly once.

A message is served in one transaction that also notes its key and the replies; serving the key again returns these.
"""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, tzinfo
from typing import Any

from sqlmodel import Session

from bot.processing import conversation_focus
from bot.processing.dispatch import HANDLERS
from bot.processing.message_to_request import (
    asks_which_bill,
    open_question,
    request_of_message,
    request_of_text,
    text_of_message,
    words_for_model,
)
from extraction.corrections.vendor_hints import DocumentSnapshot, VendorHints
from handlers import requests as asked
from handlers.bills import amend, outdated_buttons
from handlers.button_ids import pick_choices
from handlers.context import Asker, Context
from handlers.documents import receive, vendor_memory
from handlers.documents.read_attachments import DocumentReader, FileStore, Received, read_attachments
from handlers.errors import BillifyError, NotAllowed, WhichOne
from handlers.language.translation import Language, known_language, speaking
from handlers.last_answer import following, from_record, to_record
from handlers.messages import Message, Reply, files_of, from_json, to_json
from handlers.people import invite
from handlers.reminders import notices
from handlers.reminders.schedule import find_time_zone
from handlers.understand.interpreter import language_of
from handlers.understand.model.arguments import Asks, ModelAnswer
from handlers.wording import bill_texts, refusals
from storage.db.database import Database
from storage.documents import document_register
from storage.errors import LedgerError
from storage.messages import conversations, idempotency
from storage.models import Role
from storage.people import people, preferences

log = logging.getLogger(__name__)

LONGEST_CAPTION = 120
"""Longer words beside a file are a letter to somebody, not a correction of what was read."""


@dataclass(frozen=True)
class Situation:
    """What is known when a message comes in: its context, None for a stranger; the language to answer in; an open
    question of ours, as JSON."""

    context: Context | None
    language: Language = "en"
    pending: dict[str, Any] | None = None


class Conversation:
    """Serves messages. Holds no state between them: that is in the ledger's database."""

    def __init__(
        self,
        database: Database,
        store: FileStore,
        reader: DocumentReader,
        status: Callable[[Message, str], Awaitable[None]],
        zone: tzinfo,
        currency: str,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
        ask: Asks | None = None,
    ) -> None:
        """`zone` is the company's, for what "today" is; `currency` its own (ISO 4217); `clock` gives aware UTC.

        `ask` asks a language model about words that nobody here knows; None where there is none.
        """
        self._database = database
        self._store = store
        self._reader = reader
        self._status = status
        self._zone = zone
        self._currency = currency
        self._clock = clock
        self._ask = ask

    async def respond(self, message: Message) -> tuple[Reply, ...]:
        """The replies to a message; its effect happens once however often this is called.

        Raises: ReaderUnavailable when a document could not be read.
        """
        if (before := await self._database.read(idempotency.served, message.key)) is not None:
            return from_json(tuple[Reply, ...], before)
        situation = await self._database.read(self._situation, message)
        received: tuple[Received, ...] = ()
        if situation.context and message.attachments:
            await self._database.run(receive.keep_originals, situation.context, message.attachments)
            with speaking(situation.language):
                await self._status(message, bill_texts.reading(message.attachments[0].name))
            received = await read_attachments(message.attachments, self._reader, self._store, self._remembers)
        answer = await self._model_answer(situation, message)
        try:
            return await self._database.run(self._serve, message, received, answer)
        except (BillifyError, LedgerError) as error:  # refused: the transaction is undone, the refusal is the answer
            return await self._database.run(self._refuse, message, error)

    async def _model_answer(self, situation: Situation, message: Message) -> ModelAnswer | None:
        """What a language model takes words for that nobody here knows; None where they are known, or there is none."""
        words_alone = message.text and not (message.attachments or message.choice or message.notice)
        if self._ask is None or situation.context is None or not words_alone:
            return None
        with speaking(situation.language):
            words = await self._database.read(words_for_model, situation.context, message.text, situation.pending)
        return await self._ask(words, situation.language, situation.context.today) if words else None

    async def _remembers(self, imprint: DocumentSnapshot) -> VendorHints:
        return await self._database.read(vendor_memory.hints_for, imprint)

    def apologise(self, message: Message, error: Exception) -> tuple[Reply, ...]:
        """What to say when the message could not be served; the text of `error` only if it is meant for people."""
        with speaking(language_of(text_of_message(message)) or "en"):
            return (Reply(str(error) if isinstance(error, BillifyError) else bill_texts.our_fault()),)

    def _serve(
        self, session: Session, message: Message, received: tuple[Received, ...], answer: ModelAnswer | None = None
    ) -> tuple[Reply, ...]:
        """The whole use case, in one transaction."""
        if (before := idempotency.served(session, message.key)) is not None:
            return from_json(tuple[Reply, ...], before)
        situation = self._situation(session, message)
        with speaking(situation.language):
            if situation.context is None:
                request, replies = None, invite.welcome(session, message, self._clock())
            elif received:
                request, replies = None, _receive(session, situation.context, received, message.text)
            else:
                request, replies = _request(session, situation.context, situation.pending, message, answer)
            if situation.context:
                replies += outdated_buttons.remove_outdated_buttons(session, situation.context, replies)
        self._record(
            session,
            message,
            situation,
            replies,
            request=request,
            pending=_asked_back(situation, message, request, replies, answer),
        )
        return replies

    def _refuse(self, session: Session, message: Message, error: BillifyError | LedgerError) -> tuple[Reply, ...]:
        """Answers with why not, and remembers the question if it was which bill is meant."""
        if (before := idempotency.served(session, message.key)) is not None:
            return from_json(tuple[Reply, ...], before)
        situation = self._situation(session, message)
        context = situation.context
        assert context is not None, "nothing that a stranger may do is refused by an error"
        request: object = asked.Unknown()
        with speaking(situation.language):
            choices = pick_choices(error.choices) if isinstance(error, WhichOne) else ()
            text = refusals.refusal(error) if isinstance(error, LedgerError) else str(error)
        listed: tuple[int, ...] = ()
        pending, about = None, error.about
        if isinstance(error, WhichOne):
            request, about, listed = None, None, tuple(bill for bill, _ in error.choices)
            pending = open_question(
                error.before or text_of_message(message), error.hint, choices, context.asker.id, message.key
            )
        replies = (Reply(text, choices=choices, bill=about, listed=listed),)
        self._record(session, message, _with_bill(situation, about), replies, request=request, pending=pending)
        return replies

    def _record(
        self,
        session: Session,
        message: Message,
        situation: Situation,
        replies: tuple[Reply, ...],
        *,
        request: object = None,
        pending: dict[str, Any] | None = None,
    ) -> None:
        """Notes that the message was served, and what its conversation is about from now on."""
        context = situation.context
        now = context.now if context else self._clock()
        document_register.record_enclosures(session, files_of(replies), now=now)
        idempotency.record_served(
            session,
            key=message.key,
            channel=message.channel,
            conversation=message.conversation,
            person_id=context.asker.id if context else None,
            replies=to_json(replies, tuple[Reply, ...]),
            now=now,
        )
        if context:
            which = pending is not None and asks_which_bill(pending)
            bill = None if which else conversation_focus.focus_after(context.bill, request, replies)
            if bill and conversation_focus.is_left(session, bill, request, text_of_message(message)):
                bill = None
            last = following(context.last, request, replies, situation.language)
            if message.attachments and len(cards := conversation_focus.bills_of_cards(replies)) > 1:
                last = replace(last, bills=cards)
            conversations.set_focus(
                session, message.channel, message.conversation, bill_id=bill, pending=pending, last=to_record(last)
            )

    def _situation(self, session: Session, message: Message) -> Situation:
        """Who asks, when, and about which bill."""
        person = people.find_person(session, message.channel, message.sender)
        if person is None:
            return Situation(None, language_of(message.text) or "en")
        may_set_clock = message.notice or (message.channel == "terminal" and person.role is Role.OWNER)
        now = message.now if message.now and may_set_clock else self._clock()
        focus = conversations.focus(session, message.channel, message.conversation)
        to = conversation_focus.answered(session, message)
        assert person.id is not None
        preference = preferences.preference(session, person.id)
        zone = find_time_zone(preference.zone) or self._zone
        last = from_record(focus.last)
        if to is not None and to.listed:
            last = replace(last, bills=to.listed)
        context = Context(
            asker=Asker(person.id, person.name, person.role),
            key=message.key,
            channel=message.channel,
            conversation=message.conversation,
            now=now,
            today=now.astimezone(zone).date(),
            zone=zone,
            currency=self._currency,
            keep=self._store.keep,
            fetch=self._store.fetch,
            bill=conversation_focus.bill_in_focus(message, to, focus.bill_id),
            pointed=to is not None and to.sent.bill_id is not None and message.choice is None,
            card=to.sent.key if to and message.choice else None,
            card_sent=to.sent.sent_at if to and message.choice else None,
            proven=message.proven,
            last=last,
        )
        language = known_language(preference.language) or language_of(text_of_message(message)) or last.language or "en"
        return Situation(context, language, focus.pending)


def _with_bill(situation: Situation, bill: int | None) -> Situation:
    """The situation with another bill in focus."""
    assert situation.context is not None
    return replace(situation, context=replace(situation.context, bill=bill))


def _asked_back(
    situation: Situation,
    message: Message,
    request: object,
    replies: tuple[Reply, ...],
    answer: ModelAnswer | None,
) -> dict[str, Any] | None:
    """The question that the replies ask, as it is kept for the answer, with the words it is about; None for none."""
    choices = tuple(choice for reply in replies for choice in reply.choices)
    offered = tuple(choice for choice in choices if choice.id.startswith("takeback:"))
    asker = situation.context.asker.id if situation.context else None
    words = answer.text if answer else text_of_message(message)
    if isinstance(request, asked.Unclear):
        return open_question(words, choices=choices, asker=asker, key=message.key)
    return open_question(words, choices=offered, asker=asker, key=message.key) if offered else None


def _receive(session: Session, context: Context, received: tuple[Received, ...], caption: str) -> tuple[Reply, ...]:
    """The documents' cards; a correction said in the same breath ("due 15 May") is applied to the one document."""
    replies = receive.receive(session, context, received)
    if len(replies) != 1 or replies[0].bill is None or not caption or len(caption) > LONGEST_CAPTION:
        return replies
    context = replace(context, bill=replies[0].bill)
    request = request_of_text(session, context, caption)
    return amend.amend(session, context, request) if isinstance(request, asked.Amend) else replies


def _request(
    session: Session, context: Context, pending: dict[str, Any] | None, message: Message, answer: ModelAnswer | None
) -> tuple[object, tuple[Reply, ...]]:
    """What words or a pressed button ask for, and the answer."""
    if message.notice:
        return None, notices.notice_replies(session, context, message.notice)
    request = request_of_message(session, context, message, pending, answer)
    return request, _answer(session, context, request)


def _answer(session: Session, context: Context, request: object) -> tuple[Reply, ...]:
    """The request's answer, or one after the other those of several."""
    match request:
        case asked.OnBill():
            return _answer(session, replace(context, bill=request.bill), request.request)
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
        said = _answer(session, replace(context, key=key), request)
        bill = conversation_focus.focus_after(context.bill, asked.Unknown(), said)
        listed = tuple(bill for reply in said for bill in reply.listed)
        last = replace(context.last, bills=listed or context.last.bills)
        context = replace(context, bill=bill, last=last)
        replies += said
    return replies
