"""What happens by itself, and what people look at without a word: the clock's minute, the web chat, exports."""

from __future__ import annotations

import asyncio
import resource
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, date, timedelta
from functools import partial

from sqlmodel import Session

from bot.background.clock import accept_due_notices
from bot.bench.books.filling import NOW, TODAY
from bot.bench.books.messages import statements
from bot.channels.chatlog import LedgerChatLog
from bot.channels.web.chat_page import PAGE_POSTS
from handlers.exports.export import export_files
from handlers.exports.period_books import Books, books_of
from handlers.messages import Message, Reply, to_json
from storage.db.database import Database
from storage.models import Post

POSTS = 5_000
MONTH_AGO, LONG_AGO = TODAY - timedelta(days=30), TODAY.replace(year=TODAY.year - 10)


@dataclass(frozen=True)
class Took:
    """Milliseconds that it took, those of them that a processor worked for it, and statements of SQL; with the most
    memory that the process ever used by then, in MB."""

    name: str
    milliseconds: float
    processor: float
    statements: int
    memory: float


def measure_by_itself(database: Database) -> list[Took]:
    """A minute of the clock; the chat of somebody with 5,000 posts; the books of a month and of all years."""
    chat = LedgerChatLog(database)

    async def clock() -> None:
        await accept_due_notices(database, _accept, UTC, NOW)

    async def page() -> None:
        assert len((await chat.latest("web", "bench", PAGE_POSTS)).posts) == PAGE_POSTS

    async def look() -> None:
        await chat.changed("web", NOW + timedelta(days=1))

    async def every() -> list[Took]:
        await database.run(_fill_chat)
        return [
            await _took(database, "a minute of the clock", clock),
            await _took(database, "a page of a chat of 5,000 posts", page),
            await _took(database, "a look for all open pages", look),
            await _took(database, "the books of a month as files", partial(_export, database, MONTH_AGO)),
            await _took(database, "the books of all years as files", partial(_export, database, LONG_AGO)),
        ]

    return asyncio.run(every())


async def _export(database: Database, since: date) -> None:
    books = await database.read(books_of, since, TODAY)
    for wanted in ("csv", "hledger"):
        await asyncio.to_thread(_write, books, wanted)


async def _took(database: Database, name: str, work: Callable[[], Awaitable[None]]) -> Took:
    with statements(database) as counted:
        began, ran = time.perf_counter(), time.process_time()
        await work()
        processor, took = time.process_time() - ran, time.perf_counter() - began
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return Took(name, took * 1000, processor * 1000, counted[0], memory)


def _fill_chat(session: Session) -> None:
    for n in range(POSTS):
        at = NOW - timedelta(minutes=POSTS - n)
        said = Message(f"bench:{n}", "web", "bench", "bench", at, "Olga", f"what is due? ({n})") if n % 2 == 0 else None
        reply = None if said else to_json(Reply(f"Nothing is due. ({n})"))
        message = to_json(said) if said else None
        session.add(
            Post(key=f"bench:{n}", channel="web", conversation="bench", message=message, reply=reply, changed_at=at)
        )


def _write(books: Books, wanted: str) -> None:
    for _ in export_files(books, wanted, _no_file, NOW):
        pass


def _no_file(sha256: str) -> bytes:
    return b""


async def _accept(message: Message) -> None:
    return None
