"""Documents an hour, by how many workers serve: real processes, whose readers sleep in place of reading."""

from __future__ import annotations

import asyncio
import os
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import AsyncExitStack, ExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

import psutil
from pydantic import SecretStr
from sqlmodel import Session, col, func, select

from bot.application.app import App, open_app
from bot.bench.scale.companies import clear, found_companies, sender
from bot.bench.scale.processor import ServerTime
from bot.bench.scale.sleeping_reader import paper
from config.settings import Settings
from handlers.errors import BillifyError
from handlers.messages import Attachment, Message
from storage.db.database import Database
from storage.db.tenancy import acting_for
from storage.models import Inbound

START_SECONDS = 180.0
CONVERSATIONS_EACH = 4
"""For each reader, so that the next document never waits for its conversation's turn."""
COMPANIES = 32
"""That the documents are of."""
LOOK_SECONDS = 0.2


@dataclass(frozen=True)
class Throughput:
    """What so many workers did: documents answered an hour, `share` of what their readers could at most, and seconds
    of processor a document: of the workers, and of the database's server (None where it runs elsewhere)."""

    workers: int
    documents: int
    an_hour: float
    share: float
    worker_seconds: float
    server_seconds: float | None


async def measure_workers(url: str, numbers: Sequence[int], reading: float, each: int) -> list[Throughput]:
    """For each number of workers: `each` documents a worker, all at once, whose reading takes so many seconds.

    Raises: BillifyError where one is not answered.
    """
    database = Database(url)
    with tempfile.TemporaryDirectory(prefix="billify-bench-") as folder, ExitStack() as stack:
        stack.callback(database.close)
        stack.callback(clear, database)
        await asyncio.to_thread(found_companies, database, COMPANIES)
        settings = Settings(home=Path(folder), database_url=SecretStr(url), mail_port=0)
        async with open_app(settings, "bench") as app:
            server, papers = await asyncio.to_thread(ServerTime, url), count(1)
            return [await _measured(app, server, number, reading, each, papers) for number in numbers]


async def _measured(
    app: App, server: ServerTime, number: int, reading: float, each: int, papers: Iterator[int]
) -> Throughput:
    total = number * each
    async with AsyncExitStack() as stack:
        workers = [await stack.enter_async_context(_worker(app.settings, reading)) for _ in range(number)]
        await _all_serve(app, workers, number)
        messages = [await _message(app, next(papers), n % (number * CONVERSATIONS_EACH)) for n in range(total)]
        used, serving, began = _used(workers), server.seconds(), time.monotonic()
        await asyncio.gather(*(app.jobs.accept(message) for message in messages))
        while sum(line.length for line in (await asyncio.to_thread(app.jobs.lines)).values()):
            _check(workers)
            await asyncio.sleep(LOOK_SECONDS)
        lasted = time.monotonic() - began
        used, served = _used(workers) - used, server.seconds()
    with acting_for(None):
        answered = await app.database.read(_answered, [message.key for message in messages])
    if answered != total:
        raise BillifyError(f"{total - answered} of {total} documents were not answered; the worker's log says why.")
    an_hour = total * 3600 / lasted
    database = (served - serving) / total if served is not None and serving is not None else None
    return Throughput(number, total, an_hour, an_hour * reading / (3600 * number), used / total, database)


async def _message(app: App, n: int, conversation: int) -> Message:
    sha256 = await app.documents.put(paper(n))
    company, now = 1 + conversation % COMPANIES, datetime.now(UTC)
    who, files = sender(company), (Attachment(f"scan {n}.jpg", "image/jpeg", sha256),)
    return Message(f"terminal:paper {n}", "terminal", f"bench {conversation}", who, now, "Olga", "", files)


def _answered(session: Session, keys: list[str]) -> int:
    """How many of the messages were served, whichever company they were of."""
    query = select(func.count()).select_from(Inbound).where(col(Inbound.key).in_(keys))
    return session.exec(query).one()


@asynccontextmanager
async def _worker(settings: Settings, reading: float) -> AsyncIterator[psutil.Process]:
    environment = {
        **os.environ,
        "BILLIFY_HOME": str(settings.home),
        "BILLIFY_DATABASE_URL": settings.database_url.get_secret_value(),
        "BILLIFY_MAIL_PORT": "0",
    }
    command = (sys.executable, "-m", "bot.bench.scale.worker", str(reading))
    with (settings.home / "workers.log").open("ab") as log:
        started = await asyncio.create_subprocess_exec(*command, env=environment, stdout=log, stderr=log)
    try:
        yield psutil.Process(started.pid)
    finally:
        if started.returncode is None:
            started.terminate()
        await started.wait()


async def _all_serve(app: App, workers: list[psutil.Process], number: int) -> None:
    async with asyncio.timeout(START_SECONDS):
        while len(await asyncio.to_thread(app.jobs.serving)) < number:
            _check(workers)
            await asyncio.sleep(LOOK_SECONDS)


def _check(workers: list[psutil.Process]) -> None:
    if any(not worker.is_running() or worker.status() == psutil.STATUS_ZOMBIE for worker in workers):
        raise BillifyError("A worker ended by itself; workers.log in its home folder says why.")


def _used(workers: list[psutil.Process]) -> float:
    """Seconds of processor."""
    return sum(times.user + times.system for times in (worker.cpu_times() for worker in workers))
