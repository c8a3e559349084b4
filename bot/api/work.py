"""What a call does, done as messages are: in one transaction, past the same rights, by the same use cases, once."""

from __future__ import annotations

import hashlib
import json
import logging
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TypeVar
from uuid import uuid4

from pydantic import BaseModel
from sqlmodel import Session

from bot.api.caller import Caller
from bot.api.refusals import Changed, KeyReused, NothingDone
from bot.channels.channel import Accept, Files, NotAccepted
from bot.processing.answering import answer_request
from bot.processing.conversation_focus import speaker_of
from bot.processing.serving import check_rights
from bot.processing.serving import look as look_at
from bot.processing.situation import Office, situation_of
from handlers.bills.shown.renewal import CARDS
from handlers.context import Context
from handlers.errors import NotAllowed
from handlers.language.translation import say
from handlers.messages import Message, Reply, from_json, to_json
from handlers.rights import attempts
from handlers.rights.permitted import NotPermitted
from storage import audit
from storage.bills import lifecycle
from storage.db.database import Database
from storage.messages import idempotency
from storage.people.access.tokens import CHANNEL

log = logging.getLogger(__name__)
T = TypeVar("T")
Shape = Callable[[Session, Context], BaseModel]
"""What is answered, once it is as it is to be."""


@dataclass(frozen=True)
class Write:
    """A call that changes something. `fingerprint` is of all that it says; `once` is its Idempotency-Key, `seen` its
    If-Match, None for none."""

    fingerprint: str
    once: str | None = None
    seen: str | None = None


@dataclass(frozen=True)
class Answer:
    """What a call is answered with: JSON, and by which key it was served."""

    body: bytes
    key: str = ""

    @property
    def etag(self) -> str:
        """Of this very state (RFC 9110, 8.8.3)."""
        return f'"{hashlib.sha256(self.body).hexdigest()[:32]}"'


def answer_of(model: BaseModel, key: str = "") -> Answer:
    """The model as it is sent."""
    return Answer(model.model_dump_json().encode(), key)


@dataclass
class Work:
    """`accept` makes a message durable; None while nothing is taken."""

    database: Database
    files: Files
    office: Office
    accept: Accept | None = None

    async def read(self, caller: Caller, request: object, shape: Shape, bill: int | None = None) -> Answer:
        """What is so, for whom may ask the request. Raises: BillifyError; LedgerError."""

        def look(session: Session) -> Answer:
            context = self.context(session, self.message(caller, ""))
            return answer_of(look_at(session, context, request, shape, bill))

        return await self.database.read(look)

    async def write(
        self,
        caller: Caller,
        write: Write,
        request: object | None,
        shape: Shape,
        *,
        bill: int | None = None,
        steps: bool = True,
    ) -> Answer:
        """Serves the request (None: `shape` does it all), and answers what is so then. The same call again under its
        key changes nothing and is answered the same.

        `steps` says that it leaves a step in the audit: where it does not, nothing was done, and that is said.
        Raises: Changed; KeyReused; NothingDone; BillifyError; LedgerError.
        """
        message = self.message(caller, self.key(caller, write.once))

        def do(session: Session) -> tuple[Answer, bool]:
            if (before := idempotency.served(session, message.key, speaker_of(message))) is not None:
                return _as_before(message.key, before, write), False
            context = self.context(session, message)
            if bill is not None:
                context = replace(context, bill=lifecycle.lock(session, bill).id)
                _check_unchanged(session, context, request, shape, write.seen)
            if request is not None:
                step = audit.last_step(session)
                replies = answer_request(session, context, request)
                if steps and audit.last_step(session) == step:
                    raise NothingDone(replies)
            answer = answer_of(shape(session, context), message.key)
            self._record(session, message, context, answer, write)
            return answer, bool(audit.touched_by(session, message.key))

        try:
            answer, shown = await self.database.run(do)
        except NotPermitted as error:
            await self.database.run(self._note_attempt, message, error)
            raise
        if shown:
            await self._renew_cards(message)
        return answer

    async def hand_in(self, message: Message) -> None:
        """Makes a message durable, to be served like any other. Raises: NotAccepted."""
        if self.accept is None:
            raise NotAccepted("it is just starting or stopping")
        await self.accept(message)

    def message(self, caller: Caller, key: str) -> Message:
        """A message of this caller, in which nothing is said yet."""
        return Message(key, CHANNEL, caller.address, caller.address, self.office.clock())

    def key(self, caller: Caller, once: str | None) -> str:
        """The key of a call: the same for the same Idempotency-Key of the same token, else a new one."""
        name = hashlib.sha256(once.encode()).hexdigest()[:32] if once is not None else uuid4().hex
        return f"{CHANNEL}:{caller.address}.{caller.public}.{name}"

    def context(self, session: Session, message: Message) -> Context:
        """The circumstances of a call, as of a message. Raises: NotAllowed for who was known when it came in, and is
        no longer."""
        context = situation_of(session, message, self.office).context
        if context is None:
            raise NotAllowed(say("The person of this token is not here any more."))
        return replace(context, bill=None)

    async def _renew_cards(self, message: Message) -> None:
        """The cards that people have of what was changed follow it, by the way of messages."""
        later = replace(message, key=f"{message.key}.cards", notice=f"{CARDS}{message.key}")
        try:
            await self.hand_in(later)
        except NotAccepted:
            log.warning("the cards of what %s changed are not shown anew", message.key)

    def _record(self, session: Session, message: Message, context: Context, answer: Answer, write: Write) -> None:
        """Kept as the reply to its message, in plain characters."""
        kept = json.dumps({"said": write.fingerprint, "answer": answer.body.decode()})
        idempotency.record_served(
            session,
            key=message.key,
            channel=CHANNEL,
            conversation=message.conversation,
            person_id=context.asker.id,
            replies=to_json((Reply(kept),), tuple[Reply, ...]),
            now=context.now,
        )

    def _note_attempt(self, session: Session, message: Message, error: NotPermitted) -> None:
        attempts.note(session, self.context(session, message), error.permission)

    def now(self) -> datetime:
        """Aware UTC."""
        return self.office.clock()


def _check_unchanged(
    session: Session, context: Context, request: object | None, shape: Shape, seen: str | None
) -> None:
    if request is not None:
        check_rights(session, context, request)
    if seen is None or seen.strip() == "*":
        return
    known = [one.strip().removeprefix("W/") for one in seen.split(",")]
    if answer_of(shape(session, context)).etag not in known:
        raise Changed(say("It was changed since you looked. Look at it again, and decide anew."))


def _as_before(key: str, replies: str, write: Write) -> Answer:
    before = from_json(tuple[Reply, ...], replies)
    kept = json.loads(before[0].text) if before else {}
    if kept.get("said") != write.fingerprint:
        raise KeyReused(say("This Idempotency-Key was used for another call. Choose a new one for each."))
    return Answer(kept["answer"].encode(), key)
