"""Durable work: one workflow a message, *fetch → respond → send*. The only file that knows DBOS.

What is accepted here is answered, whatever dies in between: each step's result is kept in the database of durable
work, and a process that starts again, or another worker, goes on after the last step that was finished. A step can
therefore run twice, and each of the three is made so that its effect does not repeat.
"""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime

from dbos import DBOS, DBOSClient, DBOSPortableJSONSerializer, EnqueueOptions, WorkflowHandleAsync
from dbos import error as dbos_error
from sqlalchemy import make_url

from handlers.errors import BillifyError
from handlers.messages import Message, Reply, from_json, to_json

log = logging.getLogger(__name__)

QUEUE = "messages"
WORKFLOW = "serve"
VERSION = "1"
"""Of the workflow's shape. DBOS would otherwise hash the code, and leave what an older hash began lying forever.
Steps are recorded by their order: whoever adds or moves one waits for pending work to drain, or keeps the order."""

POLL_SECONDS = 0.1
AT_ONCE = 32
"""Conversations that one worker serves at a time. Reading is one at a time anyway; the rest waits for networks, and a
few that hang must not keep all others waiting."""

NETWORK_TRIES = 8
"""Of fetch and of send, 1 s doubling: about two minutes of a platform's being away."""

Progress = Callable[[str], Awaitable[None]]


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


class WorkFailed(BillifyError):
    """The message was accepted, but its answer could not be sent."""


class Jobs:
    """The queue of messages. Every process may accept and await; those with `start` also serve."""

    def __init__(self, url: str, process: str) -> None:
        """`url` is of SQLite or PostgreSQL; `process` is this process's unique and stable name among its siblings."""
        self._url = url
        self._process = process
        self._client: DBOSClient | None = None
        self._serving = False

    def prepare(self) -> None:
        """Makes the database ready and connects. Safe in several processes at once."""
        _write_ahead(self._url)
        DBOS.migrate(self._url)
        self._client = DBOSClient(system_database_url=self._url, serializer=DBOSPortableJSONSerializer())
        # Partitioned by conversation, one at a time: messages of one conversation are served in order.
        self._client.register_queue(
            QUEUE,
            partition_concurrency=1,
            worker_concurrency=AT_ONCE,
            polling_interval_sec=POLL_SECONDS,
            on_conflict="always_update",
        )

    async def accept(self, message: Message) -> None:
        """Makes the message durable; returns once it is. A key that was seen before has no further effect."""
        options: EnqueueOptions = {
            "queue_name": QUEUE,
            "workflow_name": WORKFLOW,
            "workflow_id": message.key,
            "queue_partition_key": f"{message.channel}:{message.conversation}",
            "app_version": VERSION,
        }
        await self._connected.enqueue_async(options, to_json(message))

    async def replies(self, key: str) -> tuple[Reply, ...]:
        """Waits until the message of that key is answered. Raises: WorkFailed when it was given up."""
        handle: WorkflowHandleAsync[str] = await self._connected.retrieve_workflow_async(key)
        try:
            answered = await handle.get_result(polling_interval_sec=POLL_SECONDS)
        except Exception as error:  # of any kind: the workflow's own is rebuilt from JSON
            raise WorkFailed("The answer could not be delivered; the log says why. Please send it again.") from error
        return from_json(tuple[Reply, ...], answered)

    def start(self, steps: Steps) -> None:
        """Begins to serve, on the running event loop, first what this process had begun when it last ended."""
        DBOS(
            config={
                "name": "billify",
                "system_database_url": self._url,
                "application_version": VERSION,
                "executor_id": self._process,
                "serializer": DBOSPortableJSONSerializer(),
                "log_level": "ERROR",
                "notification_listener_polling_interval_sec": POLL_SECONDS,
                "run_migrations": False,
                "use_listen_notify": False,
            }
        )
        _define_workflow(steps)
        DBOS.launch()
        self._serving = True

    def adopt(self, dead: list[str]) -> None:
        """Takes over what processes that are no more had begun."""
        if dead:
            DBOS._recover_pending_workflows(dead)  # the public recovery is an HTTP endpoint of the same function

    async def forget(self, before: datetime) -> int:
        """Deletes finished work older than that; returns how many. The ledger still knows each message's key."""
        done = await self._connected.list_workflows_async(
            status=["SUCCESS", "ERROR", "CANCELLED"],
            end_time=before.isoformat(),
            load_input=False,
            load_output=False,
        )
        await self._connected.delete_workflows_async([workflow.workflow_id for workflow in done])
        return len(done)

    def close(self) -> None:
        """Stops serving; what is in work is gone on with at the next start."""
        if self._serving:
            DBOS.destroy(destroy_registry=True)
            self._serving = False
        if self._client:
            self._client.destroy()
            self._client = None

    @property
    def _connected(self) -> DBOSClient:
        assert self._client is not None, "prepare() comes first"
        return self._client


def _define_workflow(steps: Steps) -> None:
    """Registers the workflow under its name. Its arguments and results are JSON texts, so any process can read them."""

    @DBOS.step(name="fetch", retries_allowed=True, max_attempts=NETWORK_TRIES, should_retry=_is_passing)
    async def fetch(message: str) -> str:
        return to_json(await steps.fetch(from_json(Message, message)))

    @DBOS.step(name="respond", retries_allowed=True, max_attempts=3, should_retry=_is_passing)
    async def respond(message: str) -> str:
        return to_json(await steps.respond(from_json(Message, message)), tuple[Reply, ...])

    @DBOS.step(name="send", retries_allowed=True, max_attempts=NETWORK_TRIES, should_retry=_is_passing)
    async def send(message: str, replies: str) -> None:
        await steps.send(from_json(Message, message), from_json(tuple[Reply, ...], replies))

    @DBOS.step(name="postpone", retries_allowed=True, max_attempts=3)
    async def postpone(message: str, replies: str, reason: str) -> None:
        await steps.postpone(from_json(Message, message), from_json(tuple[Reply, ...], replies), RuntimeError(reason))

    @DBOS.workflow(name=WORKFLOW)
    async def serve(message: str) -> str:
        try:
            message = await fetch(message)
            replies = await respond(message)
        except Exception as error:  # whatever it is, the person gets an answer
            cause = _cause(error)
            log.error("message %s failed", from_json(Message, message).key, exc_info=cause)
            replies = to_json(steps.apologise(from_json(Message, message), cause), tuple[Reply, ...])
        try:
            await send(message, replies)
        except Exception as error:  # the platform is away: it is tried again out of the outbox
            await postpone(message, replies, repr(_cause(error)))
        return replies


def _is_passing(error: BaseException) -> bool:
    """Whether trying again may help: not after an error that is meant for the person."""
    return not isinstance(error, BillifyError)


def _cause(error: Exception) -> Exception:
    """The step's own exception, out of the engine's "maximum retries exceeded"."""
    tries = getattr(error, "errors", None) if isinstance(error, dbos_error.DBOSMaxStepRetriesExceeded) else None
    return tries[-1] if tries else error


def _write_ahead(url: str) -> None:
    """Puts a SQLite file in WAL mode, which lasts: readers and a writer then do not wait for each other."""
    file = make_url(url)
    if file.get_backend_name() == "sqlite" and file.database:
        with sqlite3.connect(file.database, timeout=30) as connection:
            connection.execute("PRAGMA journal_mode=WAL")
        connection.close()
