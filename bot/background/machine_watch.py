"""Looks every minute at what the owner should hear of before it stops the work, and that no channel tells of itself.

It goes the way of a channel's faults (`channel_health.py`): told once, and its end told once. What is told stands in
`handlers/mailbox/machine_troubles.py`; here it is decided, and noted with its figure alone.
"""

from __future__ import annotations

import asyncio
import platform
import shutil
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.background.channel_health import Healths
from bot.channels.channel import ChannelMisconfigured, Health
from bot.channels.tls import valid_until
from bot.processing.jobs import Jobs
from extraction.process.reader import Reader
from handlers.mailbox.machine_troubles import CERTIFICATE, DISK, QUEUE
from storage.db.database import Database

LEAST_FREE = 500 * 1024 * 1024
"""Bytes: room for some days of documents, and for the databases to tidy themselves."""
OLDEST = timedelta(minutes=15)
"""No message waits for so long where somebody serves: a document takes two minutes at most."""
MOST_FAILURES = 3
"""Calls of the reader that failed one after the other: no single document's fault."""
CERTIFICATE_ENDS = timedelta(days=14)
"""Those that renew themselves do so a month before."""
READER_SECONDS = 30.0


class MachineWatch:
    """Of the clock."""

    def __init__(
        self,
        database: Database,
        jobs: Jobs,
        home: Path,
        certificates: Mapping[str, Path],
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        """`certificates` are those of `bot.background.figures.Figures`; `clock` gives aware UTC."""
        self._jobs = jobs
        self._home = home
        self._certificates = certificates
        self._clock = clock
        # What all clocks see alike is noted by one name, so that it is told once; a disk is its machine's.
        self._everywhere = Healths(database, "installation", clock)
        self._here = Healths(database, platform.node() or "this machine", clock)

    async def look(self) -> None:
        """Notes what is wrong now, and what is well again. Raises: DBAPIError."""
        everywhere, here = self._everywhere, self._here
        free = (await asyncio.to_thread(shutil.disk_usage, self._home)).free
        await _told(here(DISK), str(free // 2**20) if free < LEAST_FREE else None)
        oldest = max(line.oldest for line in (await asyncio.to_thread(self._jobs.lines)).values())
        await _told(everywhere(QUEUE), str(int(oldest // 60)) if oldest > OLDEST.total_seconds() else None)
        for use, file in self._certificates.items():
            await _told(here(f"{CERTIFICATE} {use}"), await asyncio.to_thread(_ending, file, self._clock()))


async def watch_reader(reader: Reader, health: Health) -> None:
    """Of a worker, until cancelled: whether its reader reads."""
    while True:
        failing = reader.failed_in_a_row >= MOST_FAILURES
        await _told(health, str(reader.failed_in_a_row) if failing else None)
        await asyncio.sleep(READER_SECONDS)


async def _told(health: Health, figure: str | None) -> None:
    """`figure` says how bad it is; None: it is well."""
    await (health.well() if figure is None else health.failing(figure, lasting=True))


def _ending(file: Path, now: datetime) -> str | None:
    """The day on which a certificate ends, where that is soon; None where it is not, or where it cannot be read, which
    whatever serves with it tells."""
    try:
        ends = valid_until(file)
    except ChannelMisconfigured:
        return None
    return f"{ends:%Y-%m-%d}" if ends - now < CERTIFICATE_ENDS else None
