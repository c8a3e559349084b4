"""The workflow of a message, *fetch → respond → send*, and its steps."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Coroutine, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from typing import Any, Protocol, TypeVar

from dbos import DBOS
from dbos import error as dbos_error

from bot.processing.durable import work_at_rest
from bot.processing.durable.patience import patiently
from bot.telemetry import serving as telling
from bot.telemetry.tracing import span
from handlers.errors import BillifyError
from handlers.messages import Message, Reply
from storage.sealing.key_ring import KeyRing

log = logging.getLogger(__name__)

WORKFLOW = "serve"
VERSION = "1"
"""Of the workflow's shape. DBOS would otherwise hash the code, and leave what an older hash began lying forever.
Steps are recorded by their order: whoever adds or moves one waits for pending work to drain, or keeps the order."""

NETWORK_TRIES = 8
"""Of fetch and of send, 1 s doubling: about two minutes of a platform's being away."""

MOST_DEATHS = 4
"""A message that so many workers died of is answered with an apology: it would take every other down as well."""

T = TypeVar("T")


@dataclass(frozen=True)
class Steps:
    """What the workflow does; the composition root wires it.

    `fetch` brings each attachment's bytes into the document store; `respond` serves the message exactly once and
    returns its replies, the same ones if it is called again; `send` delivers them and may be repeated; `postpone` keeps
    what could not be delivered for later.
    """

    fetch: Callable[[Message], Awaitable[Message]]
    respond: Callable[[Message], Awaitable[tuple[Reply, ...]]]
    send: Callable[[Message, tuple[Reply, ...]], Awaitable[None]]
    postpone: Callable[[Message, tuple[Reply, ...], Exception], Awaitable[None]]
    apologise: Callable[[Message, Exception], tuple[Reply, ...]]


class InHand(Protocol):
    """What the workflow asks of whoever has its message in hand."""

    async def ours(self, key: str) -> None:
        """Raises: asyncio.CancelledError where another has it."""
        ...

    def tries(self, key: str) -> int:
        """How often it was begun, this time included."""
        ...

    def age(self, key: str) -> float:
        """For how many seconds it has been durable."""
        ...


class Deadly(Exception):
    """Every worker that had this message in hand died."""


class Running:
    """The workflows that run in this process, so that they can be stopped without a trace."""

    def __init__(self) -> None:
        self._tasks: dict[str, asyncio.Task[object]] = {}

    @contextmanager
    def noted(self, key: str) -> Iterator[None]:
        """For as long as the workflow runs, in its own task."""
        task = asyncio.current_task()
        assert task is not None
        self._tasks[key] = task
        try:
            yield
        finally:
            if self._tasks.get(key) is task:
                del self._tasks[key]

    async def stop(self, key: str) -> None:
        """Cancels it; what it was doing is recorded nowhere, and done again by whoever goes on with it."""
        if task := self._tasks.get(key):
            task.cancel()
            await asyncio.wait({task})


def define_workflow(
    steps: Steps, keys: KeyRing, in_hand: InHand, running: Running
) -> Callable[[str], Coroutine[Any, Any, str]]:
    """Registers the workflow under its name. Its arguments and results are sealed JSON, which any process reads."""
    sealed, opened = partial(work_at_rest.sealed, keys), partial(work_at_rest.opened, keys)
    renewed = partial(work_at_rest.renewed, keys)

    async def stepped(step: str, message: Message, work: Callable[[], Awaitable[T]]) -> T:
        await in_hand.ours(message.key)
        with span(step, message.key):
            return await patiently(message.key, work)

    @DBOS.step(name="fetch", retries_allowed=True, max_attempts=NETWORK_TRIES, should_retry=_is_passing)
    async def fetch(message: str) -> str:
        of = opened(message, Message)
        if (deaths := in_hand.tries(of.key) - 1) >= MOST_DEATHS:
            raise Deadly(f"{deaths} workers died of it")
        return sealed(await stepped("fetch", of, lambda: steps.fetch(of)), Message)

    @DBOS.step(name="respond", retries_allowed=True, max_attempts=3, should_retry=_is_passing)
    async def respond(message: str) -> str:
        of = opened(message, Message)
        if (deaths := in_hand.tries(of.key) - 1) >= MOST_DEATHS:
            raise Deadly(f"{deaths} workers died of it")
        return sealed(await stepped("respond", of, lambda: steps.respond(of)), tuple[Reply, ...])

    @DBOS.step(name="send", retries_allowed=True, max_attempts=NETWORK_TRIES, should_retry=_is_passing)
    async def send(message: str, replies: str) -> None:
        of = opened(message, Message)
        await stepped("send", of, lambda: steps.send(of, opened(replies, tuple[Reply, ...])))

    @DBOS.step(name="postpone", retries_allowed=True, max_attempts=3)
    async def postpone(message: str, replies: str, reason: str) -> None:
        of, said = opened(message, Message), opened(replies, tuple[Reply, ...])
        await stepped("postpone", of, lambda: steps.postpone(of, said, RuntimeError(reason)))

    @DBOS.workflow(name=WORKFLOW)
    async def serve(message: str) -> str:
        of, outcome = opened(message, Message), "answered"
        with running.noted(of.key), telling.serving(of):
            try:
                message = await fetch(message)
                replies = await respond(message)
            except Exception as error:  # whatever it is, the person gets an answer
                cause, outcome = _cause(error), "failed"
                log.error("message %s failed", of.key, exc_info=cause)
                replies = sealed(steps.apologise(opened(message, Message), cause), tuple[Reply, ...])
            try:
                await send(message, replies)
            except Exception as error:  # the platform is away: it is tried again out of the outbox
                outcome = "put_off"
                await postpone(message, replies, repr(_cause(error)))
            silent = outcome == "answered" and not opened(replies, tuple[Reply, ...])
            telling.served(of, "passed_over" if silent else outcome, in_hand.age(of.key))
            return renewed(replies)

    return serve


def _is_passing(error: BaseException) -> bool:
    """Whether trying again may help: not after an error that is meant for the person."""
    return not isinstance(error, (BillifyError, Deadly))


def _cause(error: Exception) -> Exception:
    """The step's own exception, out of the engine's "maximum retries exceeded"."""
    tries = getattr(error, "errors", None) if isinstance(error, dbos_error.DBOSMaxStepRetriesExceeded) else None
    return tries[-1] if tries else error
