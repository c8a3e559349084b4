"""What is done for each company where there are many: looks for work, the clock's minute, the queue, messages."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from statistics import median

import psutil
from sqlmodel import Session

from bot.background.clock import tell_what_is_due
from bot.background.rounds import Rounds
from bot.background.tidying import clean_up
from bot.bench.books.filling import NOW
from bot.bench.scale.companies import clear, found_companies, sender
from bot.bench.scale.sleeping_reader import SleepingReader
from bot.processing.companies import Companies
from bot.processing.conversation import Conversation
from bot.processing.durable.message_queue import MessageQueue
from bot.processing.jobs import Jobs
from handlers.messages import Message
from storage.bank import long_imports
from storage.db.database import Database
from storage.db.tenancy import acting_for
from storage.documents.document_store import DocumentStore
from storage.messages import outbox
from storage.models import Inbound
from storage.people.access import webhooks
from storage.sealing.key_ring import KeyRing

ASKED = 300
"""Messages, each of another company where there are so many."""
TURNS = 3
HAPPENS_IN = 100
"""In every so many companies one something happens each minute."""


@dataclass(frozen=True)
class Flat:
    """Milliseconds by the clock, by what was done; memory in MB."""

    companies: int
    looks: float
    """For all work that waits: the outbox, webhooks, imports."""
    minute: float
    """Of the clock, in which something happened in 1 company of 100."""
    quiet_look: float
    """At one company in which nothing is to be told, as each is looked at once an hour."""
    dispatch: float
    """From the queue into hand and out of it, a message."""
    message: float
    """From words to reply ("what is due?"), at the median."""
    message_processor: float
    night: float
    """The night's tidying, a company."""
    memory: float


def measure_flat(database_url: str, number: int, folder: Path, asked: int = ASKED) -> Flat:
    """Fills the database, which is empty, with so many companies, and empties it."""
    database = Database(database_url)
    try:
        found_companies(database, number)
        return asyncio.run(_measured(database, database_url, number, folder, asked))
    finally:
        clear(database)
        database.close()


async def _measured(database: Database, url: str, number: int, folder: Path, asked: int) -> Flat:
    companies = Companies(database)
    queue = MessageQueue(url, "bench/1")
    await asyncio.to_thread(queue.prepare)
    looks = await _median(partial(_look_for_work, companies))
    message, processor = await _messages(database, folder, number, asked)
    minute, quiet = await _minutes(database, companies, number)
    dispatch = await asyncio.to_thread(_dispatch, queue, number, asked)
    night = await _night(database, companies, url, folder)
    queue.close()
    memory = psutil.Process().memory_info().rss / 2**20
    return Flat(number, looks, minute, quiet, dispatch, message, processor, night / number, memory)


async def _look_for_work(companies: Companies) -> None:
    await companies.where(outbox.companies_that_wait)
    await companies.where(webhooks.companies_with_active)
    await companies.where(lambda session: long_imports.companies_that_wait(session, NOW))


async def _minutes(database: Database, companies: Companies, number: int) -> tuple[float, float]:
    """Of the clock in its rhythm, and of one company at which it looks."""

    async def look(now: datetime) -> datetime:
        _, following = await tell_what_is_due(database, _accept, UTC, now)
        return following

    rounds, looked, began = Rounds(database, companies, look), 0, time.perf_counter()
    while rounds.behind or not looked:  # a clock that starts looks at all, as far as a minute goes
        looked += len(await rounds.make(NOW))
    quiet = (time.perf_counter() - began) * 1000 / looked
    took = []
    for turn in range(1, TURNS + 1):
        now = NOW + timedelta(minutes=5 * turn)
        for company in range(1, number + 1, HAPPENS_IN):
            with acting_for(company):
                await database.run(_happen, f"{company}:{turn}", now)
        began = time.perf_counter()
        await rounds.make(now)
        took.append((time.perf_counter() - began) * 1000)
    return median(took), quiet


def _happen(session: Session, name: str, at: datetime) -> None:
    session.add(Inbound(key=f"happened:{name}", channel="web", conversation=name, served_at=at, replies="[]"))


def _dispatch(queue: MessageQueue, number: int, asked: int) -> float:
    """Milliseconds a message, of as many conversations as there are messages."""
    began = time.perf_counter()
    for n in range(asked):
        queue.put(f"bench:{n}", f"terminal:{sender(1 + n % number)}:{n}", "talk", "{}")
    while items := queue.claim("talk", 32, adopting=True):
        for item in items:
            queue.finish(item.place)
    return (time.perf_counter() - began) * 1000 / asked


async def _messages(database: Database, folder: Path, number: int, asked: int) -> tuple[float, float]:
    """By the clock and by the processor, at the median."""
    store = DocumentStore(folder / "documents", bytes(32))
    conversation = Conversation(database, store, SleepingReader(0), _say_nothing, UTC, "EUR", lambda: NOW)
    took, worked = [], []
    for n in range(asked):
        company = 1 + n * number // asked if number >= asked else 1 + n % number
        who = sender(company)
        message = Message(f"bench:asked:{n}", "terminal", who, who, NOW, "Olga", "what is due?")
        began, ran = time.perf_counter(), time.process_time()
        with acting_for(company):
            await conversation.respond(message)
        took.append((time.perf_counter() - began) * 1000)
        worked.append((time.process_time() - ran) * 1000)
    return median(took), median(worked)


async def _night(database: Database, companies: Companies, url: str, folder: Path) -> float:
    """Milliseconds of all companies together."""
    jobs = Jobs(url, "bench", KeyRing([bytes(32)]))
    await asyncio.to_thread(jobs.prepare)
    store = DocumentStore(folder / "documents", bytes(32))
    began = time.perf_counter()
    await clean_up(database, store, jobs, companies, NOW)
    took = (time.perf_counter() - began) * 1000
    jobs.close()
    return took


async def _median(work: Callable[[], Awaitable[object]]) -> float:
    took = []
    for _ in range(TURNS):
        began = time.perf_counter()
        await work()
        took.append((time.perf_counter() - began) * 1000)
    return median(took)


async def _accept(_message: Message) -> None:
    return None


async def _say_nothing(_message: Message, _text: str) -> None:
    return None
