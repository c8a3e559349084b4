"""What happens by itself: a worker shows that it is alive, takes over from dead ones, and old work is forgotten."""

from __future__ import annotations

import asyncio
import logging
from datetime import UTC, datetime, timedelta

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.jobs import Jobs
from storage import workers
from storage.database import Database

log = logging.getLogger(__name__)

BEAT = timedelta(seconds=2)
DEAD_AFTER = timedelta(seconds=10)
"""Five beats: long enough for a machine that swaps, short enough that nobody gives up waiting for an answer."""

FORGET_AFTER = timedelta(days=30)


async def show_alive(database: Database, process: str) -> None:
    """The first heartbeat. It comes before any work, so that nobody dies unknown with work in hand."""
    await database.run(workers.beat, process, datetime.now(UTC))


async def beat(database: Database, jobs: Jobs, process: str) -> None:
    """Says every two seconds that this worker lives, and adopts the work of those that no longer say so."""
    try:
        while True:
            now = datetime.now(UTC)
            await database.run(workers.beat, process, now)
            if dead := await database.run(workers.dead, now, DEAD_AFTER):
                log.info("taking over from %s", ", ".join(dead))
                await asyncio.to_thread(jobs.adopt, dead)
                await database.run(workers.forget, dead)
            await asyncio.sleep(BEAT.total_seconds())
    finally:  # at once seen as gone, so that others go on with what it leaves unfinished
        await database.run(workers.beat, process, datetime.now(UTC) - DEAD_AFTER)


async def keep_house(jobs: Jobs) -> None:
    """The clock: once a day, work that was finished a month ago is forgotten (the ledger keeps every message's key)."""

    async def forget() -> None:
        log.info("%d finished jobs forgotten", await jobs.forget(datetime.now(UTC) - FORGET_AFTER))

    scheduler = AsyncIOScheduler(timezone=UTC)
    scheduler.add_job(forget, "cron", hour=3, misfire_grace_time=3600, coalesce=True)
    scheduler.start()
    try:
        await asyncio.Event().wait()
    finally:
        scheduler.shutdown(wait=False)
