"""A message, plus what its conversation is about, to the use case that serves it, exactly once.

A message is served in one transaction that also notes its key and the replies; serving the key again returns these.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime, tzinfo
from functools import partial
from types import MappingProxyType
from typing import Any

from sqlmodel import Session

from bot.processing import conversation_focus
from bot.processing.answering import answer_message
from bot.processing.companies import Companies
from bot.processing.conversation_focus import speaker_of
from bot.processing.delivery import status_texts
from bot.processing.documents.albums import ChosenAlbum, chosen_album
from bot.processing.documents.answering import answer_received
from bot.processing.documents.still_reading import told_if_long
from bot.processing.documents.words_beside import why_no_document
from bot.processing.message_to_request import (
    asked_back,
    asks_which_bill,
    open_question,
    text_of_message,
    words_for_model,
)
from bot.processing.outside import MadeOutside
from bot.processing.overheard import as_heard
from bot.processing.scene import explanation
from bot.processing.situation import Office, Situation, situation_of, with_beforehand, with_bill
from bot.processing.slash_commands import is_command, without_slash
from extraction.evidence import Reading
from handlers import requests as asked
from handlers.bills.shown.finished import marked
from handlers.bills.shown.renewal import renew_cards
from handlers.bills.shown.versions import stamped
from handlers.button_ids import pick_choices
from handlers.context import Context, ToBeRead
from handlers.documents import receive, vendor_memory
from handlers.documents.ourselves import ourselves
from handlers.documents.read_attachments import (
    DocumentReader,
    FileStore,
    Knowledge,
    join_pictures,
    read_anew,
    read_attachments,
)
from handlers.documents.received import Received
from handlers.errors import BillifyError, WhichOne
from handlers.language.translation import language_of_app, speaking
from handlers.last_answer import following, to_record
from handlers.messages import Message, Reply, files_of, from_json, to_json
from handlers.people import invite
from handlers.rights import attempts, labels
from handlers.rights.permitted import NotPermitted
from handlers.understand.model.arguments import Asks, ModelAnswer
from handlers.understand.text.language_of_text import language_of
from handlers.wording import bill_texts, refusals
from storage.db.database import Database
from storage.documents import document_register
from storage.errors import KeyOfAnother, LedgerError
from storage.messages import conversations, idempotency, sayings
from storage.models import Permission

log = logging.getLogger(__name__)


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
        self._clock = clock
        self._office = Office(store, zone, currency, clock, Companies(database).others)
        self._situation = partial(situation_of, office=self._office)
        self._ask = ask
        self._long_reading = asyncio.Semaphore()  # one export after the other, beside all that is short

    async def respond(self, message: Message) -> tuple[Reply, ...]:
        """The replies to a message; its effect happens once however often this is called. Where it
        has, or names, another's key nothing is done, and nothing told.

        Raises: ReaderUnavailable when a document could not be read.
        """
        try:
            return await self._respond(message)
        except KeyOfAnother as error:
            log.warning("%s names another's message", message.key)
            with speaking(language_of(text_of_message(message)) or language_of_app(message.locale) or "en"):
                return (Reply(refusals.refusal(error)),)

    async def _respond(self, message: Message) -> tuple[Reply, ...]:
        if (before := await self._database.read(idempotency.served, message.key, speaker_of(message))) is not None:
            return from_json(tuple[Reply, ...], before)
        message = replace(message, text=without_slash(message.text, message.locale), command=is_command(message.text))
        if (heard := await self._database.read(as_heard, message)) is None:
            return await self._database.run(self._pass_over, message)
        situation = await self._database.read(self._situation, message := heard)
        album = await self._database.read(chosen_album, message, situation.pending)
        received: tuple[Received, ...] = ()
        if situation.reads and (message.attachments or album):
            received = await self._read(message, album, situation)
        answer = None if received else await self._model_answer(situation, message)
        try:
            return await self._served(message, received, answer, album)
        except (BillifyError, LedgerError) as error:  # refused: the transaction is undone, the refusal is the answer
            return await self._database.run(self._refuse, message, error)

    async def _served(
        self,
        message: Message,
        received: tuple[Received, ...],
        answer: ModelAnswer | None,
        album: ChosenAlbum | None,
    ) -> tuple[Reply, ...]:
        """Serves it in one transaction, in which nothing takes long: that is read or made before."""
        made: dict[object, tuple[Reply, ...]] = {}
        readings: dict[str, Reading] = {}
        while True:
            try:
                return await self._database.run(self._serve, message, received, answer, album, made, readings)
            except ToBeRead as file:
                readings[file.sha256] = await read_anew(file.sha256, file.name, self._reader, self._store)
            except MadeOutside as first:
                with speaking(first.spoken):
                    await self._status(message, status_texts.making_files())
                async with self._long_reading:
                    made[first.request] = await self._database.read(first.make)

    async def _read(self, message: Message, album: ChosenAlbum | None, situation: Situation) -> tuple[Received, ...]:
        """What came with the message, or with the earlier one of which it was said whether it is one document."""
        files = album.message.attachments if album else message.attachments
        if not album and situation.context is not None:
            await self._database.run(receive.keep_originals, situation.context, files)
        with speaking(situation.language):
            await self._status(message, status_texts.reading(files[0].name))
            still = status_texts.still_reading(files[0].name)
        files = await join_pictures(files, self._reader, self._store) if album and album.as_one else files
        read = self._database.read
        knows = Knowledge(await read(ourselves), lambda imprint: read(vendor_memory.hints_for, imprint))
        reading = read_attachments(files, self._reader, self._store, knows)
        return await told_if_long(reading, lambda: self._status(message, still))

    async def explain(self, message: Message) -> list[str]:
        """What is understood of the words of a message, in lines to read; nothing is done."""
        situation = await self._database.read(self._situation, message)
        if situation.context is None:
            return ["said by nobody who is known here"]
        with speaking(situation.language):
            return await self._database.read(explanation, situation.context, message.text)

    async def _model_answer(self, situation: Situation, message: Message) -> ModelAnswer | None:
        """What a language model takes words for that nobody here knows; None where they are known, or there is none."""
        words_alone = message.text and not (message.choice or message.notice)
        if self._ask is None or situation.context is None or not (words_alone and situation.context.aligned):
            return None
        with speaking(situation.language):
            words = await self._database.read(words_for_model, situation.context, message.text, situation.pending)
        return await self._ask(words, situation.language, situation.context.today) if words else None

    def apologise(self, message: Message, error: Exception) -> tuple[Reply, ...]:
        """What to say when the message could not be served; the text of `error` only if it is meant for people."""
        with speaking(language_of(text_of_message(message)) or language_of_app(message.locale) or "en"):
            return (Reply(str(error) if isinstance(error, BillifyError) else bill_texts.our_fault()),)

    def _serve(
        self,
        session: Session,
        message: Message,
        received: tuple[Received, ...],
        answer: ModelAnswer | None = None,
        album: ChosenAlbum | None = None,
        made: Mapping[object, tuple[Reply, ...]] = MappingProxyType({}),
        readings: Mapping[str, Reading] = MappingProxyType({}),
    ) -> tuple[Reply, ...]:
        """The whole use case, in one transaction, which both of these undo.

        Raises: MadeOutside for what is not among `made`, and is to be; ToBeRead for a file not among `readings`.
        """
        if (before := idempotency.served(session, message.key, speaker_of(message))) is not None:
            return from_json(tuple[Reply, ...], before)
        situation = with_beforehand(self._situation(session, message), made, readings)
        context, request, pending = situation.context, None, None
        with speaking(situation.language):
            if context is None:
                replies = invite.welcome(session, message, self._clock())
            elif not context.aligned:
                replies = (Reply(refusals.not_aligned()),)
            elif (message.attachments or album) and not situation.reads:
                replies = (Reply(labels.may_not(session, Permission.SEND_DOCUMENTS)),)
            elif album or received:
                told = answer_received(session, context, received, message, album)
                replies, pending = told.replies, told.pending
            else:
                request, replies = answer_message(session, context, situation.pending, message, answer)
                request, replies = why_no_document(session, context, message, request, replies)
            if context:
                replies = marked(session, context, stamped(session, replies + renew_cards(session, context, replies)))
        pending = pending or asked_back(context, message, request, replies, answer)
        self._record(session, message, situation, replies, request=request, pending=pending)
        return replies

    def _pass_over(self, session: Session, message: Message) -> tuple[Reply, ...]:
        """Notes a message that is not for us, and leaves everything as it is."""
        if idempotency.served(session, message.key, speaker_of(message)) is None:
            self._note(session, message, None, ())
        return ()

    def _refuse(self, session: Session, message: Message, error: BillifyError | LedgerError) -> tuple[Reply, ...]:
        """Answers with why not, and remembers the question if it was which bill is meant."""
        if (before := idempotency.served(session, message.key, speaker_of(message))) is not None:
            return from_json(tuple[Reply, ...], before)
        situation = self._situation(session, message)
        context = situation.context
        assert context is not None, "nothing that a stranger may do is refused by an error"
        request: object = asked.Unknown()
        if isinstance(error, NotPermitted):
            attempts.note(session, context, error.permission)
        with speaking(situation.language):
            choices = pick_choices(error.choices) if isinstance(error, WhichOne) else ()
            choices = stamped(session, (Reply(choices=choices),))[0].choices
            text = refusals.refusal(error) if isinstance(error, LedgerError) else str(error)
        listed: tuple[int, ...] = ()
        pending, about = None, error.about
        if isinstance(error, WhichOne):
            request, about, listed = None, None, tuple(bill for bill, _ in error.choices)
            pending = open_question(
                error.before or text_of_message(message), error.hint, choices, context.asker.id, message.key
            )
        replies = (Reply(text, choices=choices, bill=about, listed=listed),)
        self._record(session, message, with_bill(situation, about), replies, request=request, pending=pending)
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
        self._note(session, message, context, replies)
        if context and (replies or message.addressed):
            which = pending is not None and asks_which_bill(pending)
            bill = None if which else conversation_focus.focus_after(context.bill, request, replies)
            if bill and conversation_focus.is_left(session, bill, request, text_of_message(message)):
                bill = None
            last = following(context.last, request, replies, situation.language)
            if message.attachments and request is None:  # not only what came along with words
                last = conversation_focus.after_documents(last, replies)
            conversations.set_focus(
                session, message.channel, message.conversation, bill_id=bill, pending=pending, last=to_record(last)
            )

    def _note(self, session: Session, message: Message, context: Context | None, replies: tuple[Reply, ...]) -> None:
        """That the message was served, and by which ids it is answered."""
        idempotency.record_served(
            session,
            key=message.key,
            channel=message.channel,
            conversation=message.conversation,
            person_id=context.asker.id if context else None,
            replies=to_json(replies, tuple[Reply, ...]),
            now=context.now if context else self._clock(),
            shared=message.shared,
        )
        earlier = message.edited or message.deleted
        sayings.record_sayings(session, message.channel, message.ids, message.key, message.text, again=earlier)
