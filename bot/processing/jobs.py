"""Durable work: one workflow a message, *fetch → respond → send*. With `durable/workflow.py` all that knows DBOS.

What is accepted here is answered, whatever dies in between: each step's result is kept in the database of durable
work, and a process that starts again, or another worker, goes on after the last step that was finished. A step can
therefore run twice, and each of the three is made so that its effect does not repeat.
"""

from __future__ import annotations

import asyncio
import logging
import secrets
from collections.abc import Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime
from typing import Any

from dbos import DBOS, DBOSClient, DBOSPortableJSONSerializer, SetWorkflowID, WorkflowHandleAsync
from dbos import error as dbos_error

from bot.channels.channel import NotAccepted
from bot.processing.durable import work_at_rest
from bot.processing.durable.dispatcher import Dispatcher
from bot.processing.durable.engines_database import open_for_engine
from bot.processing.durable.message_queue import Arrival, Item, Lane, Line, MessageQueue
from bot.processing.durable.patience import is_passing
from bot.processing.durable.presence import Presence
from bot.processing.durable.together import Together
from bot.processing.durable.wake_up import WakeUp
from bot.processing.durable.workflow import VERSION, Running, Steps, define_workflow
from bot.telemetry.metrics import count_errors
from bot.telemetry.serving import taking
from handlers.errors import BillifyError
from handlers.messages import Message, Reply
from storage.db.tenancy import acting
from storage.sealing.key_ring import KeyRing

log = logging.getLogger(__name__)

POLL_SECONDS = 0.1
"""Between two looks of who waits for an answer."""

ENGINE_SECONDS = 2.0
"""Between two looks of the engine at what was left behind, and is gone on with."""

LISTENER_SECONDS = 0.25
"""The pause of the engine's listener, for which whoever stops waits; each wake-up costs an idle process something."""

DRAIN_SECONDS = 8.0
"""What is in work when a process is told to stop has so long to end; the rest is handed over. Containers are given 10 s
before they are killed, which would lose nothing either."""

ACCEPT_TRIES, ACCEPT_PAUSE = 4, 0.5
"""A database that is away for a moment is waited for; whoever brings a message hears it after that."""

FORGOTTEN_AT_ONCE = 1000
"""A month of many companies is more than fits into memory, or into one statement."""

FORMER_QUEUE = "messages"
"""The engine's own queue, in which earlier versions kept what waits."""


class WorkFailed(BillifyError):
    """The message was accepted, but its answer could not be sent."""


class Jobs:
    """The queue of messages. Every process may accept and await; those that `serve` also do the work."""

    def __init__(self, url: str, process: str, keys: KeyRing) -> None:
        """`url` is of SQLite or PostgreSQL; `process` is this process's name, unique among its siblings. Messages and
        replies lie there sealed with `keys`."""
        self._keys = keys
        self._url = url
        self._name = process
        self._process = f"{process}/{secrets.token_hex(4)}"  # what an earlier life had in hand is not ours by itself
        self._queue = MessageQueue(url, self._process)
        self._arriving = Together(self._queue.put_all)
        count_errors(self._queue.engine, "work")
        self._engines = open_for_engine(url)
        self._wake_up = WakeUp(url, self._process)
        self._presence = Presence(url, self._queue.engine, self._process)
        self._running = Running()
        self._client: DBOSClient | None = None
        self._begin: Callable[[str], Coroutine[Any, Any, str]] | None = None

    def prepare(self) -> None:
        """Makes the database ready and connects. Safe in several processes at once."""
        self._queue.prepare()  # first: it has readers and a writer work side by side in a SQLite file
        DBOS.migrate(self._url)
        self._client = DBOSClient(system_database_engine=self._engines, serializer=DBOSPortableJSONSerializer())
        if self._client.retrieve_queue(FORMER_QUEUE):
            self._bring_over()

    async def accept(self, message: Message) -> None:
        """Makes the message durable; returns once it is. A key that was seen before has no further effect. It is of the
        company for which it is accepted, where that is said (`storage.db.tenancy.acting_for`).

        Raises: NotAccepted where it could not be kept.
        """
        message = replace(message, company=message.company or acting())
        conversation, lane = _line_of(message)
        kept = work_at_rest.sealed(self._keys, message, Message)
        with taking(message):
            await self._put(Arrival(message.key, conversation, lane, kept))
        self._wake_up.now()

    async def _put(self, arrival: Arrival) -> None:
        for left in reversed(range(ACCEPT_TRIES)):
            try:
                await self._arriving.put(arrival)
            except Exception as error:
                if not is_passing(error):
                    raise
                if not left:
                    raise NotAccepted("it cannot be kept just now") from error
                await asyncio.sleep(ACCEPT_PAUSE)
            else:
                return

    async def replies(self, key: str) -> tuple[Reply, ...]:
        """Waits until the message of that key is answered. Raises: WorkFailed when it was given up."""
        handle: WorkflowHandleAsync[str] = await self._begun(key)
        try:
            answered = await handle.get_result(polling_interval_sec=POLL_SECONDS)
        except Exception as error:  # of any kind: the workflow's own is rebuilt from JSON
            raise WorkFailed("The answer could not be delivered; the log says why. Please send it again.") from error
        return work_at_rest.opened(self._keys, answered, tuple[Reply, ...])

    def forget_former_life(self) -> None:
        """Takes back what earlier processes of this name had in hand, where it is known that they ended."""
        self._queue.let_go_of(self._name)

    async def serve(self, steps: Steps, drain_seconds: float = DRAIN_SECONDS) -> None:
        """Serves on the running event loop until cancelled; then lets end what is in work, hands over what does not end
        in time, and stops."""
        dispatcher = Dispatcher(self._queue, self._wake_up, self._run)
        with self._presence.shown():
            self._start(steps, dispatcher)
            try:
                await dispatcher.serve(drain_seconds)
            finally:
                # The engine gave the loop threads of its own, which end with it: all others go on in new ones.
                asyncio.get_running_loop().set_default_executor(ThreadPoolExecutor())
                await asyncio.to_thread(self._stop)

    def serving(self) -> list[str]:
        """The names of the processes that serve now."""
        return self._presence.names()

    def ping(self) -> None:
        """Asks the database of durable work for a word. Raises: DBAPIError."""
        self._queue.is_waiting("")

    def lines(self) -> dict[Lane, Line]:
        """How long each line is. Raises: DBAPIError."""
        return self._queue.lines()

    def seconds_ahead(self) -> float:
        """By how much this machine's clock is ahead of the database's. Raises: DBAPIError."""
        return self._queue.seconds_ahead()

    async def forget(self, before: datetime) -> int:
        """Deletes finished work older than that; returns how many. The ledger still knows each message's key."""
        forgotten = 0
        while done := await self._connected.list_workflows_async(
            status=["SUCCESS", "ERROR", "CANCELLED"],
            end_time=before.isoformat(),
            limit=FORGOTTEN_AT_ONCE,
            load_input=False,
            load_output=False,
        ):
            await self._connected.delete_workflows_async([workflow.workflow_id for workflow in done])
            forgotten += len(done)
        return forgotten

    def close(self) -> None:
        """Closes all connections. Harmless to repeat."""
        self._queue.close()
        if self._client:
            self._client.destroy()
            self._client = None
        self._engines.dispose()

    def _start(self, steps: Steps, dispatcher: Dispatcher) -> None:
        DBOS(
            config={
                "name": "billify",
                "system_database_url": self._url,
                "system_database_engine": self._engines,
                "application_version": VERSION,
                "executor_id": self._process,
                "serializer": DBOSPortableJSONSerializer(),
                "log_level": "ERROR",
                # It looks at what somebody waits for, which is nothing here; but whoever stops waits for its pause.
                "notification_listener_polling_interval_sec": LISTENER_SECONDS,
                "run_migrations": False,
                "use_listen_notify": False,
            }
        )
        try:
            self._begin = define_workflow(steps, self._keys, dispatcher, self._running)
            self._connected.register_queue(
                self._own_queue, polling_interval_sec=ENGINE_SECONDS, on_conflict="always_update"
            )
            DBOS.listen_queues([self._own_queue])
            DBOS.launch()
        except BaseException:
            DBOS.destroy(destroy_registry=True)
            raise

    def _stop(self) -> None:
        try:
            self._connected.delete_queue(self._own_queue)
        except Exception as error:  # it stays behind, empty
            log.info("%s was not removed: %s", self._own_queue, error)
        DBOS.destroy(destroy_registry=True)

    async def _run(self, item: Item) -> None:
        """Serves a message to its end, from where whoever had it before left it."""
        try:
            if item.begun:
                await self._go_on(item)
            else:
                await self._begin_anew(item)
        except asyncio.CancelledError:
            await self._running.stop(item.key)
            raise

    async def _begin_anew(self, item: Item) -> None:
        assert self._begin is not None, "serve() comes first"
        with SetWorkflowID(item.key):
            handle = await DBOS.start_workflow_async(self._begin, item.message)
        await handle.get_result()

    async def _go_on(self, item: Item) -> None:
        """The engine hands it to this process alone, through a queue of its own, and takes it from any other.

        What was begun by a version of another shape is begun anew, since the steps that it recorded are others; each
        step is made so that its effect does not repeat.
        """
        try:
            begun: WorkflowHandleAsync[str] = await self._connected.retrieve_workflow_async(item.key)
            if (await begun.get_status()).app_version != VERSION:
                log.info("%s was begun by another version, and is begun anew", item.key)
                await self._connected.delete_workflows_async([item.key])
                await self._begin_anew(item)
                return
            handle = await self._connected.resume_workflow_async(item.key, queue_name=self._own_queue)
        except dbos_error.DBOSNonExistentWorkflowError:
            await self._begin_anew(item)
        else:
            await handle.get_result(polling_interval_sec=POLL_SECONDS)

    async def _begun(self, key: str) -> WorkflowHandleAsync[str]:
        """The workflow of a message, once it is begun."""
        while True:
            try:
                return await self._connected.retrieve_workflow_async(key)
            except dbos_error.DBOSNonExistentWorkflowError:
                await asyncio.sleep(POLL_SECONDS)

    def _bring_over(self) -> None:
        """Takes what an earlier version left in the engine's queue into ours, in its order."""
        left = self._connected.list_workflows(
            queue_name=FORMER_QUEUE, status=["ENQUEUED", "PENDING"], load_output=False
        )
        for workflow in left:
            assert workflow.input is not None, "it is loaded"
            (kept,) = workflow.input["args"]
            message = work_at_rest.opened(self._keys, kept, Message)
            before = workflow.executor_id or "an earlier version"
            self._queue.put(message.key, *_line_of(message), kept, begun_by=before)

    @property
    def _own_queue(self) -> str:
        return f"taken over by {self._process}"

    @property
    def _connected(self) -> DBOSClient:
        assert self._client is not None, "prepare() comes first"
        return self._client


def _line_of(message: Message) -> tuple[str, Lane]:
    """The conversation in which a message waits for its turn, and the lane that it takes then."""
    return f"{message.channel}:{message.conversation}", "documents" if message.attachments or message.quoted else "talk"
