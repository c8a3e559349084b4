"""What an installation costs that nobody uses: processor time, and what it writes to disk."""

from __future__ import annotations

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
from pathlib import Path

import psutil
from rich.console import Console
from rich.table import Table

SETTLED = 0.02
"""Share of a core below which loading is over."""

FIRST_SECONDS = 75.0
LONGEST_START = 300.0


@dataclass(frozen=True)
class Idle:
    """A process with its children, on one kind of database: per cent of a core, bytes and calls that wrote, a second.

    `written` and `calls` are None where the system does not count them.
    """

    database: str
    process: str
    cpu: float
    written: float | None
    calls: float | None


@dataclass(frozen=True)
class _Spent:
    """What was spent so far: seconds of processor time, bytes and calls."""

    cpu: float
    written: int | None
    calls: int | None


def bench_idle(seconds: float, database: str, *, as_json: bool) -> None:
    """Prints what `billify run` costs on SQLite, and web, worker and clock on `database` where one is given."""
    found = measure("SQLite", ("run",), {}, seconds)
    if database:
        found += measure("PostgreSQL", ("web", "worker", "clock"), {"BILLIFY_DATABASE_URL": database}, seconds)
    if as_json:
        print(json.dumps([asdict(one) for one in found]))
        return
    heads = ("database", "process", "% of a core", "bytes/s to disk", "writes/s")
    table = Table(*heads, title=f"Idle for {seconds:g} s")
    for one in found:
        counts = ("–" if value is None else f"{value:.1f}" for value in (one.written, one.calls))
        table.add_row(one.database, one.process, f"{one.cpu:.2f}", *counts)
    Console().print(table)


def measure(kind: str, commands: Sequence[str], settings: dict[str, str], seconds: float) -> list[Idle]:
    """Starts the processes on an installation of their own, and watches them once they have loaded all they need."""
    with tempfile.TemporaryDirectory(prefix="billify-bench-") as home, ExitStack() as stack:
        environment = {**os.environ, "BILLIFY_HOME": home, **settings}
        environment |= {"BILLIFY_WEB_PORT": str(_free_port()), "BILLIFY_MAIL_PORT": str(_free_port())}
        running = {name: stack.enter_context(_running(name, environment, Path(home))) for name in commands}
        for process in running.values():
            _settle(process)
        before = {name: _spent(process) for name, process in running.items()}
        time.sleep(seconds)
        return [
            Idle(
                kind,
                name,
                100 * (after.cpu - before[name].cpu) / seconds,
                _a_second(before[name].written, after.written, seconds),
                _a_second(before[name].calls, after.calls, seconds),
            )
            for name, after in ((name, _spent(process)) for name, process in running.items())
        ]


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


def _settle(process: psutil.Process) -> None:
    """Returns once it has loaded what it loads at its start, and made up for the night's work."""
    time.sleep(FIRST_SECONDS)
    until = time.monotonic() + LONGEST_START
    while time.monotonic() < until:
        before = _spent(process).cpu
        time.sleep(5)
        if _spent(process).cpu - before < 5 * SETTLED:
            return


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
