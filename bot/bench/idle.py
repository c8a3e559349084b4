"""What an installation costs that nobody uses: processor time, and what it writes to disk."""

from __future__ import annotations

import asyncio
import json
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

import psutil
from pydantic import SecretStr
from rich.console import Console
from rich.table import Table

from bot.application.app import open_app
from bot.background.tidying import NIGHT, last_night
from config.settings import Settings
from storage.messages import housekeeping

SETTLED = 0.05
"""Share of a core, over two looks, below which loading is over."""

LOOK_SECONDS, QUIET_LOOKS = 3.0, 2
STARTED_SECONDS = 1.0
"""Of processor time that each process needs to start at all: one that had less waits for its turn."""
LONGEST_START = 90.0
"""Seconds for everything to be loaded; what is not at rest by then is watched all the same, and told."""


@dataclass(frozen=True)
class Idle:
    """A process with its children, on one kind of database: per cent of a core, bytes and calls that wrote, a second.

    `written` and `calls` are None where the system does not count them. `settled` says that all was loaded before.
    """

    database: str
    process: str
    cpu: float
    written: float | None
    calls: float | None
    settled: bool = True


@dataclass(frozen=True)
class _Spent:
    """What was spent so far: seconds of processor time, bytes and calls."""

    cpu: float
    written: int | None
    calls: int | None


def bench_idle(seconds: float, database: str, start: float = LONGEST_START, *, as_json: bool) -> None:
    """Prints what `billify run` costs on SQLite, and web, worker and clock on `database` where one is given.

    Each of the two takes `start` seconds at most, until all is loaded, then `seconds`, and a few to stop.
    """
    found = measure("SQLite", ("run",), {}, seconds, start)
    if database:
        apart = ("web", "worker", "clock")
        found += measure("PostgreSQL", apart, {"BILLIFY_DATABASE_URL": database}, seconds, start)
    if as_json:
        print(json.dumps([asdict(one) for one in found]))
        return
    heads = ("database", "process", "% of a core", "bytes/s to disk", "writes/s")
    table = Table(*heads, title=f"Idle for {seconds:g} s")
    for one in found:
        counts = ("–" if value is None else f"{value:.1f}" for value in (one.written, one.calls))
        table.add_row(one.database, one.process, f"{one.cpu:.2f}", *counts)
    Console().print(table)
    if not all(one.settled for one in found):
        Console().print("Not everything was loaded when it was watched: give more time by --start.")


def measure(
    kind: str, commands: Sequence[str], settings: dict[str, str], seconds: float, start: float = LONGEST_START
) -> list[Idle]:
    """Starts the processes on an installation of their own, and watches them once they have loaded all they need."""
    with tempfile.TemporaryDirectory(prefix="billify-bench-") as home, ExitStack() as stack:
        environment = {**os.environ, "BILLIFY_HOME": home, **settings}
        environment |= {"BILLIFY_WEB_PORT": str(_free_port()), "BILLIFY_MAIL_PORT": str(_free_port())}
        asyncio.run(_tidied(Path(home), settings.get("BILLIFY_DATABASE_URL", "")))
        running = {name: stack.enter_context(_running(name, environment, Path(home))) for name in commands}
        settled = _settle(list(running.values()), start)
        before = {name: _spent(process) for name, process in running.items()}
        time.sleep(seconds)
        return [
            Idle(
                kind,
                name,
                100 * (after.cpu - before[name].cpu) / seconds,
                _a_second(before[name].written, after.written, seconds),
                _a_second(before[name].calls, after.calls, seconds),
                settled,
            )
            for name, after in ((name, _spent(process)) for name, process in running.items())
        ]


async def _tidied(home: Path, database: str) -> None:
    """An installation whose night's work is done, which else would be made up for while it is watched."""
    async with open_app(Settings(home=home, database_url=SecretStr(database), mail_port=0), "bench") as app:
        now = datetime.now(UTC)
        await app.database.run(housekeeping.begin, NIGHT, last_night(now), now)
        await app.database.run(housekeeping.finish, NIGHT, now)


@contextmanager
def _running(command: str, environment: dict[str, str], home: Path) -> Iterator[psutil.Process]:
    command_line = [sys.executable, "-m", "bot.cli", command]
    with (home / f"{command}.log").open("wb") as log:
        started = subprocess.Popen(command_line, env=environment, stderr=log, stdout=log)  # noqa: S603 - our own
        try:
            yield psutil.Process(started.pid)
        finally:
            started.terminate()
            started.wait(30)


def _settle(processes: Sequence[psutil.Process], start: float) -> bool:
    """Returns once they have loaded what they load at their start, or the time for it is over; whether they have."""
    until, quiet = time.monotonic() + start, 0
    before = [_spent(process).cpu for process in processes]
    while quiet < QUIET_LOOKS and time.monotonic() + LOOK_SECONDS < until:
        time.sleep(LOOK_SECONDS)
        after = [_spent(process).cpu for process in processes]
        worked = any(late - early > SETTLED * LOOK_SECONDS for early, late in zip(before, after, strict=True))
        quiet, before = (0 if worked or min(after) < STARTED_SECONDS else quiet + 1), after
    return quiet >= QUIET_LOOKS


def _spent(process: psutil.Process) -> _Spent:
    family = [process, *process.children(recursive=True)]
    cpu = sum(one.cpu_times().user + one.cpu_times().system for one in family)
    if not sys.platform.startswith("linux"):
        return _Spent(cpu, None, None)
    counted = [one.io_counters() for one in family]
    return _Spent(cpu, sum(one.write_bytes for one in counted), sum(one.write_count for one in counted))


def _a_second(before: int | None, after: int | None, seconds: float) -> float | None:
    return None if before is None or after is None else (after - before) / seconds


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])
