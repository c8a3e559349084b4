"""Processes of a Billify with short pauses, for as long as a block lasts."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

from config.settings import Settings
from tests.fakes.faults.places import Places


def environment(settings: Settings, **more: str) -> dict[str, str]:
    """That of a process on the same installation."""
    url = settings.database_url.get_secret_value()
    return {**os.environ, "BILLIFY_HOME": str(settings.home), "BILLIFY_DATABASE_URL": url, **more}


@asynccontextmanager
async def held_worker(
    places: Places, process: str, environment: dict[str, str], within: Sequence[str] = ()
) -> AsyncIterator[asyncio.subprocess.Process]:
    """A worker that holds messages at places, until SIGTERM; `within` are the words of the command that starts it."""
    module = ("-m", "tests.fakes.faults.held_worker", str(places.folder), process)
    async with _until_the_end(*within, sys.executable, *module, environment=environment) as started:
        yield started


@asynccontextmanager
async def worker(environment: dict[str, str], at_the_end: signal.Signals) -> AsyncIterator[asyncio.subprocess.Process]:
    """`billify worker`, which is sent the signal at the end."""
    module = (sys.executable, "-m", "tests.fakes.faults.quick", "worker")
    async with _until_the_end(*module, environment=environment, told=at_the_end) as started:
        yield started


@asynccontextmanager
async def _until_the_end(
    *command: str, environment: dict[str, str], told: signal.Signals = signal.SIGTERM
) -> AsyncIterator[asyncio.subprocess.Process]:
    with Path(environment["BILLIFY_HOME"], "log.txt").open("a") as log:
        started = await asyncio.create_subprocess_exec(*command, env=environment, stdout=log, stderr=log)
    try:
        yield started
    finally:
        if started.returncode is None:
            started.send_signal(told)
        await started.wait()
