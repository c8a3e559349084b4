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

from bot.dispatch import HANDLERS, asked_by
from extraction.memory.hints import Hints, Imprint
from handlers import amend, invite, receive, remember, retire, wording
from handlers import requests as asked
from handlers.choices import Pressed, parse_choice, pick_choices
from handlers.context import Asker, Context
from handlers.errors import BillifyError, NotAllowed, WhichOne
from handlers.messages import Message, Reply, files_of, from_json, to_json
from handlers.reading import Keeps, Reads, Received, read_attachments
from handlers.understand import understand
from storage import bills, inbound, originals, people
from storage.database import Database
from storage.errors import LedgerError
from storage.models import Delivery, Role

log = logging.getLogger(__name__)

LONGEST_CAPTION = 120
"""Longer words beside a file are a letter to somebody, not a correction of what was read."""


@dataclass(frozen=True)
class Situation:
    """What is known when a message comes in: its context, None for a stranger; an open question of ours, as JSON."""

    context: Context | None
    pending: dict[str, Any] | None = None


class Conversation:
    """Serves messages. Holds no state between them: that is in the ledger's database."""

    def __init__(
        self,
        database: Database,
        store: Keeps,
        reader: Reads,
        status: Callable[[Message, str], Awaitable[None]],
        zone: tzinfo,
        currency: str,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        """`zone` is the company's, for what "today" is; `currency` its own (ISO 4217); `clock` gives aware UTC."""
        self._database = database
        self._store = store
        self._reader = reader
        self._status = status
        self._zone = zone
        self._currency = currency
        self._clock = clock

    async def respond(self, message: Message) -> tuple[Reply, ...]:
        """The replies to a message; its effect happens once however often this is called.

        Raises: ReaderUnavailable when a document could not be read.
        """
        if (before := await self._database.read(inbound.served, message.key)) is not None:
            return from_json(tuple[Reply, ...], before)
        situation = await self._database.read(self._situation, message)
        received: tuple[Received, ...] = ()
        if situation.context and message.attachments:
            await self._database.run(receive.keep_originals, situation.context, message.attachments)
            await self._status(message, wording.reading(message.attachments[0].name))
            received = await read_attachments(message.attachments, self._reader, self._store, self._remembers)
        try:
            return await self._database.run(self._serve, message, received)
        except (BillifyError, LedgerError) as error:  # refused: the transaction is undone, the refusal is the answer
            return await self._database.run(self._refuse, message, error)

    async def _remembers(self, imprint: Imprint) -> Hints:
        return await self._database.read(remember.hints_for, imprint)

    def apologise(self, message: Message, error: Exception) -> tuple[Reply, ...]:
        """What to say when the message could not be served; the text of `error` only if it is meant for people."""
        return (Reply(str(error) if isinstance(error, BillifyError) else wording.our_fault()),)

    def _serve(self, session: Session, message: Message, received: tuple[Received, ...]) -> tuple[Reply, ...]:
        """The whole use case, in one transaction."""
        if (before := inbound.served(session, message.key)) is not None:
            return from_json(tuple[Reply, ...], before)
        situation = self._situation(session, message)
        if situation.context is None:
            replies = invite.welcome(session, message, self._clock())
        elif received:
            replies = _receive(session, situation.context, received, message.text)
        else:
            replies = _request(session, situation, message)
        if situation.context:
            replies += retire.retired(session, situation.context, replies)
        self._record(session, message, situation.context, replies)
        return replies

    def _refuse(self, session: Session, message: Message, error: Exception) -> tuple[Reply, ...]:
        """Answers with why not, and remembers the question if it was which bill is meant."""
        if (before := inbound.served(session, message.key)) is not None:
            return from_json(tuple[Reply, ...], before)
        context = self._situation(session, message).context
        assert context is not None, "nothing that a stranger may do is refused by an error"
        choices = pick_choices(error.choices) if isinstance(error, WhichOne) else ()
        replies = (Reply(str(error), choices=choices, bill=context.bill),)
        pending = {"text": message.text} if choices else None
        self._record(session, message, context, replies, pending=pending)
        return replies

    def _record(
        self,
        session: Session,
        message: Message,
        context: Context | None,
        replies: tuple[Reply, ...],
        pending: dict[str, Any] | None = None,
    ) -> None:
        """Notes that the message was served, and what its conversation is about from now on."""
        now = context.now if context else self._clock()
        originals.enclose(session, files_of(replies), now=now)
        inbound.record_served(
            session,
            key=message.key,
            channel=message.channel,
            conversation=message.conversation,
            person_id=context.asker.id if context else None,
            replies=to_json(replies, tuple[Reply, ...]),
            now=now,
        )
        if context:
            spoken_of = [reply.bill for reply in replies if reply.bill is not None]
            bill = spoken_of[-1] if spoken_of else context.bill
            inbound.set_focus(session, message.channel, message.conversation, bill_id=bill, pending=pending)

    def _situation(self, session: Session, message: Message) -> Situation:
        """Who asks, when, and about which bill."""
        person = people.find_person(session, message.channel, message.sender)
        if person is None:
            return Situation(None)
        may_set_clock = message.channel == "terminal" and person.role is Role.OWNER
        now = message.now if message.now and may_set_clock else self._clock()
        focus = inbound.focus(session, message.channel, message.conversation)
        answered = _answered(session, message)
        in_focus = focus.bill_id if message.proven else None
        assert person.id is not None
        context = Context(
            asker=Asker(person.id, person.name, person.role),
            key=message.key,
            channel=message.channel,
            conversation=message.conversation,
            now=now,
            today=now.astimezone(self._zone).date(),
            currency=self._currency,
            keep=self._store.keep,
            fetch=self._store.fetch,
            bill=(answered.bill_id if answered else None) or in_focus,
            card=answered.key if answered and message.choice else None,
        )
        return Situation(context, focus.pending)


def _answered(session: Session, message: Message) -> Delivery | None:
    """The reply of ours that the message answers: by its key, or by the platform's id of it ("sent:…")."""
    if message.answers is None:
        return None
    if message.answers.startswith("sent:"):
        return inbound.delivery_by_sent_id(session, message.channel, message.answers.removeprefix("sent:"))
    return inbound.delivery(session, message.answers)


def _receive(session: Session, context: Context, received: tuple[Received, ...], caption: str) -> tuple[Reply, ...]:
    """The documents' cards; a correction said in the same breath ("due 15 May") is applied to the one document."""
    replies = receive.receive(session, context, received)
    if len(replies) != 1 or replies[0].bill is None or not caption or len(caption) > LONGEST_CAPTION:
        return replies
    context = replace(context, bill=replies[0].bill)
    request = _understand(session, context, caption)
    return amend.amend(session, context, request) if isinstance(request, asked.Amend) else replies


def _request(session: Session, situation: Situation, message: Message) -> tuple[Reply, ...]:
    """Serves words, or a pressed button."""
    context = situation.context
    assert context is not None
    request: object
    if message.choice is None:
        request = _understand(session, context, message.text)
    else:
        pressed = parse_choice(message.choice)
        if pressed is None:
            request = asked.Unknown(("what's due?", "help"))
        else:
            context = replace(context, bill=pressed.target or context.bill)
            request = _pressed(session, context, pressed, situation.pending)
    if not message.proven and isinstance(request, asked.CHANGES):
        raise NotAllowed(wording.not_proven())
    return HANDLERS[type(request)](session, context, request)


def _pressed(session: Session, context: Context, pressed: Pressed, pending: dict[str, Any] | None) -> object:
    """What a button asks for."""
    match pressed.action:
        case "say":
            return _understand(session, context, pressed.argument or "")
        case "pick":
            return _unhinted(_understand(session, context, pending["text"])) if pending else asked.ShowBill()
    return asked_by(pressed)


def _unhinted(request: asked.Understood) -> asked.Understood:
    """The request without the name or number that several bills fit, now that it is known which one is meant."""
    match request:
        case asked.Pay():
            return replace(request, vendor=None)
        case asked.Amend() | asked.Confirm() | asked.ShowBill() | asked.ShowOriginal():
            return replace(request, bill_hint=None)
    return request


def _understand(session: Session, context: Context, text: str) -> asked.Understood:
    """Plain words to a request, read in the light of the bill that "it" means."""
    bill = bills.find(session, context.bill) if context.bill is not None else None
    known = {name: str(found["value"]) for name, found in bill.evidence.items()} if bill else {}
    currency = (bill.currency if bill else None) or context.currency
    return understand(text, context.today, currency, known=known)
