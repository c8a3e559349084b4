"""`billify bench scale`: its tables, and in words what the next bottleneck is."""

from __future__ import annotations

import asyncio
import json
import tempfile
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from rich.console import Console
from rich.table import Table

from bot.bench.scale.companies import check_empty
from bot.bench.scale.flat import Flat, measure_flat
from bot.bench.scale.workers import Throughput, measure_workers
from extraction.process.reader_pool import processors
from storage.db.database import Database


@dataclass(frozen=True)
class Sizes:
    """`reading` is seconds that a document takes the reader, `each` documents a worker."""

    workers: Sequence[int] = (1, 2, 4, 8)
    reading: float = 5.0
    each: int = 12
    companies: Sequence[int] = (10, 1_000, 10_000)


def bench_scale(database: str, sizes: Sizes, *, as_json: bool) -> None:
    """Prints both tables. Raises: BillifyError where the database is not an empty one of PostgreSQL."""
    _check(database)
    done = asyncio.run(measure_workers(database, sizes.workers, sizes.reading, sizes.each)) if sizes.workers else []
    with tempfile.TemporaryDirectory(prefix="billify-bench-") as folder:
        flat = [measure_flat(database, number, Path(folder)) for number in sizes.companies]
    words = bottleneck(done, sizes.reading) if done else ""
    if as_json:
        print(json.dumps({"workers": [asdict(one) for one in done], "companies": [asdict(one) for one in flat]}))
        return
    if done:
        Console().print(_workers_table(done, sizes.reading), words)
    if flat:
        Console().print(_companies_table(flat))


def bottleneck(done: Sequence[Throughput], reading: float) -> str:
    """What holds documents up as more readers are added: by what one costs beside reading."""
    most = done[-1]
    cores = processors()
    feeds = cores / (most.worker_seconds + (most.server_seconds or 0.0))
    said = (
        f"Beside reading, a document takes {most.worker_seconds * 1000:.0f} ms of processor in its worker"
        f" and {_milliseconds(most.server_seconds)} in the database."
        f" With all on this machine's {cores} cores that is full at {feeds * 3600:,.0f} documents an hour,"
        f" which {feeds * reading:.0f} readers of {reading:g} s bring."
    )
    if most.server_seconds:
        own = 1 / most.server_seconds
        said += (
            f" Where workers have machines of their own, the database is next: each of its cores serves"
            f" {own * 3600:,.0f} an hour, {own * reading:.0f} readers."
        )
    return said


def _milliseconds(seconds: float | None) -> str:
    return "an unknown time (it is another machine's)" if seconds is None else f"{seconds * 1000:.0f} ms"


def _workers_table(done: Sequence[Throughput], reading: float) -> Table:
    heads = ("workers", "documents", "an hour", "of what readers can", "worker ms each", "database ms each")
    table = Table(*heads, title=f"Documents whose reading takes {reading:g} s")
    for one in done:
        database = "–" if one.server_seconds is None else f"{one.server_seconds * 1000:.0f}"
        figures = (f"{one.an_hour:,.0f}", f"{one.share:.0%}", f"{one.worker_seconds * 1000:.0f}", database)
        table.add_row(str(one.workers), str(one.documents), *figures)
    return table


def _companies_table(flat: Sequence[Flat]) -> Table:
    table = Table("milliseconds", *(f"{one.companies:,} companies" for one in flat), title="What companies cost")
    rows = {
        "to look whether anything waits": [one.looks for one in flat],
        "a minute of the clock": [one.minute for one in flat],
        "the clock's look at one company": [one.quiet_look for one in flat],
        "a message into hand and out of it": [one.dispatch for one in flat],
        "“what is due?”": [one.message for one in flat],
        "of that this process's processor": [one.message_processor for one in flat],
        "the night's tidying, a company": [one.night for one in flat],
        "memory, MB": [one.memory for one in flat],
    }
    for name, figures in rows.items():
        table.add_row(name, *(f"{figure:.1f}" for figure in figures))
    return table


def _check(url: str) -> None:
    database = Database(url)
    try:
        check_empty(database)
    finally:
        database.close()
