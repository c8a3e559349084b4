"""Messages through the real engine, on a database that comes and goes, by processes that are told to stop."""

from __future__ import annotations

import asyncio
import random
import sqlite3
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import make_url
from sqlalchemy.exc import OperationalError

from bot.channels.channel import NotAccepted
from bot.processing.durable import dispatcher
from bot.processing.durable.work_at_rest import reseal
from bot.processing.durable.workflow import MOST_DEATHS, Steps
from bot.processing.jobs import Jobs
from handlers.messages import Attachment, Message, Reply
from storage.sealing.key_ring import KeyRing
from tests.fakes.servers.cut_line import CutLine, cut_line

KEYS, BOTH_KEYS, NEW_KEYS = (
    KeyRing([bytes(32)]), KeyRing([b"new" + bytes(29), bytes(32)]), KeyRing([b"new" + bytes(29)]),
)  # fmt: skip
PAPER = (Attachment("invoice.pdf", "application/pdf", "0" * 64),)


@dataclass
class Desk:
    """Answers each message with its key; `slow` ones wait until they are let go on, `troubles` are raised first."""

    slow: set[str] = field(default_factory=set)
    troubles: list[Exception] = field(default_factory=list)
    done: Counter[str] = field(default_factory=Counter)
    order: list[str] = field(default_factory=list)
    begun: asyncio.Event = field(default_factory=asyncio.Event)
    go_on: asyncio.Event = field(default_factory=asyncio.Event)

    def steps(self) -> Steps:
        return Steps(self._fetch, self._respond, self._send, self._postpone, self._apologise)

    async def _fetch(self, message: Message) -> Message:
        self.done[f"fetch {message.key}"] += 1
        return message

    async def _respond(self, message: Message) -> tuple[Reply, ...]:
        self.begun.set()
        if message.key in self.slow:
            await self.go_on.wait()
        if self.troubles:
            raise self.troubles.pop(0)
        self.done[f"respond {message.key}"] += 1
        self.order.append(message.key)
        return (Reply(f"answer to {message.key}"),)

    async def _send(self, message: Message, replies: tuple[Reply, ...]) -> None:
        self.done[f"send {message.key}"] += 1

    async def _postpone(self, message: Message, replies: tuple[Reply, ...], error: Exception) -> None:
        raise AssertionError(error)

    def _apologise(self, message: Message, error: Exception) -> tuple[Reply, ...]:
        return (Reply(f"sorry: {error}"),)


def message(key: str, conversation: str = "ada", attachments: tuple[Attachment, ...] = ()) -> Message:
    return Message(key, "terminal", conversation, "ada", datetime.now(UTC), text=key, attachments=attachments)


@contextmanager
def prepared(url: str, name: str = "worker", keys: KeyRing = KEYS) -> Iterator[Jobs]:
    jobs = Jobs(url, name, keys)
    jobs.prepare()
    yield jobs
    jobs.close()


@asynccontextmanager
async def serving(jobs: Jobs, desk: Desk, drain_seconds: float = 5) -> AsyncIterator[asyncio.Task[None]]:
    """As a worker does, until it is told to stop."""
    task = asyncio.create_task(jobs.serve(desk.steps(), drain_seconds))
    try:
        yield task
    finally:
        if not task.cancelling():  # told twice it would not wait for what is in work
            task.cancel()
        await asyncio.wait({task}, timeout=30)
        assert task.cancelled(), "it does not end"


async def answer(jobs: Jobs, key: str, seconds: float = 30) -> str:
    (reply,) = await asyncio.wait_for(jobs.replies(key), seconds)
    return reply.text


@pytest.fixture
def work(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'work.db'}"


async def test_messages_of_one_second_are_served_in_the_order_in_which_they_came(work: str) -> None:
    """The engine stamps whole seconds on SQLite with Python 3.11, and takes the least key of them first."""
    keys = [f"m{n:03}" for n in range(12)]
    random.Random(2).shuffle(keys)
    desk = Desk()
    with prepared(work) as jobs:
        for key in keys:
            await jobs.accept(message(key))
        async with serving(jobs, desk):
            assert await answer(jobs, keys[-1]) == f"answer to {keys[-1]}"
    assert desk.order == keys


async def test_what_ends_in_time_is_ended_and_nothing_new_is_begun(work: str) -> None:
    desk = Desk(slow={"first"})
    with prepared(work) as jobs:
        await jobs.accept(message("first"))
        async with serving(jobs, desk) as worker:
            await desk.begun.wait()
            worker.cancel()
            await asyncio.sleep(0.1)
            await jobs.accept(message("second", "bert"))
            desk.go_on.set()
        assert desk.order == ["first"]
        assert await answer(jobs, "first") == "answer to first"
        async with serving(jobs, desk):
            assert await answer(jobs, "second") == "answer to second"


async def test_what_does_not_end_in_time_is_handed_over_and_given_up_by_nobody(work: str) -> None:
    """The next one goes on after the last step that was finished."""
    desk, next_desk = Desk(slow={"m"}), Desk()
    with prepared(work, "one") as jobs:
        await jobs.accept(message("m", attachments=PAPER))
        async with serving(jobs, desk, drain_seconds=0.2):
            await desk.begun.wait()
    with prepared(work, "two") as jobs:
        async with serving(jobs, next_desk):
            assert await answer(jobs, "m", 9) == "answer to m", "long before the lease would have run out"
    assert desk.done == {"fetch m": 1}
    assert next_desk.done == {"respond m": 1, "send m": 1}


async def test_slow_documents_hold_up_no_words(work: str) -> None:
    papers = [f"paper {n}" for n in range(40)]
    desk = Desk(slow=set(papers))
    with prepared(work) as jobs:
        for paper in papers:
            await jobs.accept(message(paper, f"conversation of {paper}", PAPER))
        async with serving(jobs, desk, drain_seconds=0):
            await desk.begun.wait()
            await jobs.accept(message("balance", "the ninth"))
            assert await answer(jobs, "balance") == "answer to balance"
    hoarded = sum(step.startswith("fetch paper") for step in desk.done)
    assert hoarded <= dispatcher.AT_ONCE["documents"], "the rest is left to other workers"


@pytest.mark.parametrize(
    "words",
    ["database or disk is full", "database is locked", "disk I/O error", "attempt to write a readonly database"],
)
async def test_trouble_of_the_disk_is_waited_for_however_often(work: str, words: str) -> None:
    desk = Desk(troubles=[OperationalError("INSERT", {}, sqlite3.OperationalError(words)) for _ in range(4)])
    with prepared(work) as jobs:
        await jobs.accept(message("m"))
        async with serving(jobs, desk):
            assert await answer(jobs, "m") == "answer to m"


async def test_what_every_worker_dies_of_is_answered_with_an_apology(work: str) -> None:
    with prepared(work, "one") as jobs:
        await jobs.accept(message("deadly", attachments=PAPER))
        for _ in range(MOST_DEATHS):  # each has it in hand, dies, and starts again
            assert jobs._queue.claim("documents", 1, adopting=True)
            jobs._queue.process += "'"
            jobs._queue.let_go_of("one")
    desk = Desk()
    with prepared(work, "two") as jobs:
        await jobs.accept(message("other", "bert"))
        async with serving(jobs, desk):
            assert await answer(jobs, "deadly") == f"sorry: {MOST_DEATHS} workers died of it"
            assert await answer(jobs, "other") == "answer to other"


async def test_a_rotation_of_keys_leaves_nothing_that_cannot_be_opened(work: str) -> None:
    """What was answered, and what still waits."""
    with prepared(work) as jobs:
        await jobs.accept(message("answered"))
        async with serving(jobs, Desk()):
            await answer(jobs, "answered")
        await jobs.accept(message("waiting"))
    assert reseal(work, BOTH_KEYS) > 0
    assert reseal(work, BOTH_KEYS) == 0
    with prepared(work, keys=NEW_KEYS) as jobs:
        assert await answer(jobs, "answered") == "answer to answered"
        async with serving(jobs, Desk()):
            assert await answer(jobs, "waiting") == "answer to waiting"


@pytest.fixture
def line(postgres_url: str) -> Iterator[tuple[str, CutLine]]:
    url = make_url(postgres_url)
    assert url.port is not None
    with cut_line(url.port) as cut:
        yield url.set(port=cut.port).render_as_string(hide_password=False), cut


async def test_a_database_that_goes_and_comes_back_ends_nothing(line: tuple[str, CutLine]) -> None:
    """It goes while one is served, while nothing is, and while one is brought."""
    url, cut = line
    desk = Desk(slow={"first"})
    with prepared(url) as jobs:
        async with serving(jobs, desk) as worker:
            await jobs.accept(message("first"))
            await desk.begun.wait()
            cut.cut()
            desk.go_on.set()
            await asyncio.sleep(1.5)
            cut.mend()
            assert await answer(jobs, "first") == "answer to first"
            for n in range(2):
                cut.cut()
                await asyncio.sleep(0.2)
                cut.mend()
                await jobs.accept(message(f"after {n}"))
                assert await answer(jobs, f"after {n}") == f"answer to after {n}"
            cut.cut()
            with pytest.raises(NotAccepted, match="cannot be kept just now"):
                await jobs.accept(message("nobody keeps it"))
            cut.mend()
            await jobs.accept(message("nobody keeps it"))
            assert await answer(jobs, "nobody keeps it") == "answer to nobody keeps it"
            assert not worker.done()
    assert set(desk.done.values()) == {1}, desk.done
