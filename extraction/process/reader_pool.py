"""Several readers side by side, each on one processor: for many documents at once, where one must not wait for another.

One reader uses all processors as well, but only while its networks run; between them, where pages are laid flat and
fields are found, it uses one. `billify bench speed` prints what both come to in documents an hour.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import Awaitable, Callable
from typing import TypeVar

from extraction.evidence import Reading
from extraction.files.zip_archive import Unpacked
from extraction.process.reader import Reader

T = TypeVar("T")

MOST_READERS = 4
"""Side by side: each may take 1.5 GB."""


def processors() -> int:
    """How many this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


class ReaderPool:
    """Reads as many documents at once as it has readers. For use within one event loop."""

    def __init__(self, make: Callable[[], Reader], size: int) -> None:
        """`make` makes a reader, of which none starts before it is needed."""
        self.size = size
        self._readers = [make() for _ in range(size)]
        self._free: asyncio.LifoQueue[Reader] = asyncio.LifoQueue()  # a warm one before one that has to start
        for reader in self._readers:
            self._free.put_nowait(reader)

    async def read(self, data: bytes, name: str = "") -> Reading:
        """As `Reader.read`, by whichever is free. Raises: ReaderDied."""
        return await self._by_one(lambda reader: reader.read(data, name))

    async def unpack(self, data: bytes, name: str = "") -> Unpacked:
        """As `Reader.unpack`, by whichever is free. Raises: ReaderDied."""
        return await self._by_one(lambda reader: reader.unpack(data, name))

    async def warm_up(self) -> None:
        """As `Reader.warm_up`, all of them. Raises: ReaderDied."""
        await asyncio.gather(*(reader.warm_up() for reader in self._readers))

    @property
    def processor_seconds(self) -> float:
        """What all calls took so far."""
        return sum(reader.used.processor_seconds for reader in self._readers)

    async def close(self) -> None:
        """Ends all processes."""
        await asyncio.gather(*(reader.close() for reader in self._readers))

    async def _by_one(self, ask: Callable[[Reader], Awaitable[T]]) -> T:
        reader = await self._free.get()
        try:
            return await ask(reader)
        finally:
            self._free.put_nowait(reader)
