"""Documents an hour of a folder or a ZIP archive: by one reader, and by one for each processor."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.table import Table

from extraction.process.read_command import read_paths
from extraction.process.reader import Reader
from extraction.process.reader_pool import MOST_READERS, ReaderPool, processors


@dataclass(frozen=True)
class Throughput:
    """How many files and documents were read in how many seconds by the clock, and of processors' time."""

    files: int
    documents: int
    seconds: float
    processor_seconds: float

    @property
    def an_hour(self) -> int:
        """Documents."""
        return round(3600 * self.documents / self.seconds)

    @property
    def processors_used(self) -> float:
        """On average."""
        return self.processor_seconds / self.seconds


def bench_throughput(path: Path, console: Console | None = None) -> dict[str, Throughput]:
    """Reads all that a folder or an archive holds twice, warm, and prints the table, which is also returned."""
    console = console or Console()
    count = min(processors(), MOST_READERS)
    ways = {
        "one reader, all processors": ReaderPool(Reader, 1),
        f"{count} readers, a processor each": ReaderPool(lambda: Reader(threads=1), count),
    }
    found = {name: asyncio.run(_measured(path, pool)) for name, pool in ways.items()}
    table = Table("", "files", "documents", "seconds", "documents an hour", "processors used", title=path.name)
    for column in table.columns[1:]:
        column.justify = "right"
    for name, one in found.items():
        times = (f"{one.seconds:.1f}", f"{one.an_hour:,}", f"{one.processors_used:.1f}")
        table.add_row(name, f"{one.files}", f"{one.documents}", *times)
    console.print(table)
    return found


async def _measured(path: Path, pool: ReaderPool) -> Throughput:
    try:
        await pool.warm_up()
        before, began = pool.processor_seconds, time.perf_counter()
        readings = [reading async for _, reading in read_paths([path], pool)]
        seconds = time.perf_counter() - began
        documents = sum(len(reading.documents) for reading in readings)
        return Throughput(len(readings), documents, seconds, pool.processor_seconds - before)
    finally:
        await pool.close()
