"""Tells of new work at once, without asking for it all the time.

Within the process an event does; of what others add, `NOTIFY` tells on PostgreSQL and the file's version on SQLite.
"""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing, suppress
from pathlib import Path

import psycopg
from psycopg.sql import SQL, Identifier
from sqlalchemy import URL, make_url

from bot.processing.durable.message_queue import CHANNEL
from storage.db.engine import notices_silence

LOOK_SECONDS = 5.0
"""It is looked all the same so often: leases run out, and a notification may be lost with its connection."""

_VERSION_SECONDS = 0.2
"""Between two looks at the version of a SQLite file: a number in memory that is shared, no file is read."""


class WakeUp:
    """Wakes those who wait for work."""

    def __init__(self, url: str, process: str) -> None:
        """`url` is of the database with the queue; others see this process as `process` while it listens."""
        self._url = make_url(url)
        self._process = process
        self._sleepers: set[asyncio.Event] = set()

    def now(self) -> None:
        """There is work, or may be."""
        for sleeper in self._sleepers:
            sleeper.set()

    @asynccontextmanager
    async def sleeper(self) -> AsyncIterator[asyncio.Event]:
        """An event that is set whenever there may be work."""
        event = asyncio.Event()
        self._sleepers.add(event)
        try:
            yield event
        finally:
            self._sleepers.discard(event)

    async def listen(self) -> None:
        """Hears of what other processes add, until cancelled. Raises: psycopg.OperationalError, sqlite3.Error."""
        if self._url.get_backend_name() == "sqlite":
            await self._watch(Path(self._url.database or ""))
        else:
            await self._hear(self._url)

    async def _hear(self, url: URL) -> None:
        plain = url.set(drivername="postgresql").render_as_string(hide_password=False)
        named = shown_as(self._process)
        connecting = psycopg.AsyncConnection.connect(
            plain,
            autocommit=True,
            application_name=named,
            **notices_silence(url),
        )
        async with await connecting as connection:
            await connection.execute(SQL("LISTEN {}").format(Identifier(CHANNEL)))
            self.now()  # what came while nobody listened
            async for _ in connection.notifies():
                self.now()

    async def _watch(self, file: Path) -> None:
        with closing(sqlite3.connect(file, timeout=30)) as connection:
            seen = None
            while True:
                (version,) = connection.execute("PRAGMA data_version").fetchone()
                if version != seen:
                    self.now()
                seen = version
                await asyncio.sleep(_VERSION_SECONDS)


async def woken(sleeper: asyncio.Event) -> None:
    """Waits until there may be work, at most until it is looked all the same."""
    with suppress(TimeoutError):  # not wait_for: until Python 3.12 it may swallow that its caller is cancelled
        async with asyncio.timeout(LOOK_SECONDS):
            await sleeper.wait()
    sleeper.clear()


def shown_as(process: str) -> str:
    """The name of a process that serves among the connections of a PostgreSQL server."""
    return f"billify/{process}"[:63]
