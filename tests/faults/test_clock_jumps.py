"""The machine's clock is set, forward and back, while messages are in work: nothing doubles, nothing stands still."""

from __future__ import annotations

import asyncio
import os
import shutil
import sys
from datetime import timedelta
from pathlib import Path

import pytest

from bot.application.app import open_app
from tests.fakes.faults.books import check_once, confirmations
from tests.fakes.faults.places import WITHOUT_LOCK, Places
from tests.fakes.faults.processes import environment, held_worker
from tests.fakes.faults.set_clock import SetClock
from tests.fakes.kept import kept_books

HOUR, YEAR = timedelta(hours=1), timedelta(days=400)


@pytest.fixture
def clock(tmp_path: Path) -> SetClock:
    return SetClock(tmp_path)


async def test_leases_are_neither_lost_nor_kept_for_hours(clock: SetClock, blank_sqlite: Path, tmp_path: Path) -> None:
    """An hour forward all leases have run out, while their holder lives; an hour back they would end in an hour."""
    settings = kept_books.settings(tmp_path / "home", tmp_path / "backups")
    shutil.copy(blank_sqlite, settings.home / "ledger.db")
    places, there = Places(tmp_path / "places"), environment(settings, **clock.environment)
    async with open_app(settings, "look") as app:
        messages = await confirmations(app, WITHOUT_LOCK)
        async with held_worker(places, "one", there) as one, held_worker(places, "two", there) as two:
            await places.reach(app.jobs, messages)
            clock.ahead(HOUR)
            await asyncio.sleep(1.5)  # a lease, in which both look for what ran out
            one.kill()
            clock.ahead(timedelta(0))
            places.go_on()
            await kept_books.answered(app, messages)
            assert two.returncode is None
        await check_once(app, messages)


async def test_what_is_done_every_minute_goes_on(clock: SetClock) -> None:
    """A year ahead, and back."""
    command = (sys.executable, "-m", "tests.fakes.faults.ticking")
    ticking = await asyncio.create_subprocess_exec(
        *command, env={**os.environ, **clock.environment}, stdout=asyncio.subprocess.PIPE
    )
    try:
        assert ticking.stdout is not None
        years = []
        for ahead in (timedelta(0), YEAR, timedelta(0)):
            clock.ahead(ahead)
            async with asyncio.timeout(20):
                await ticking.stdout.readline()  # may have been said before
                years.append(int(await ticking.stdout.readline()))
        assert years[0] < years[1] > years[2]
    finally:
        ticking.kill()
        await ticking.wait()
