"""The reader of documents, in a process of its own (see isolated). All bytes from outside are decoded there."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TypeVar

from extraction.errors import ReaderDied
from extraction.evidence import ReadDocument, Reading
from extraction.files.zip_archive import Unpacked
from extraction.process import worker
from extraction.process.isolated import START_SECONDS, IsolatedProcess

log = logging.getLogger(__name__)

T = TypeVar("T")


class Reader:
    """Reads documents, one at a time; further calls wait in line. Safe from any thread and any event loop."""

    def __init__(
        self,
        languages: tuple[str, ...] = ("en",),
        seconds: float = 120.0,
        memory_mb: int = 6144,
        models: Path | None = None,
        network: str = "billify",
        converted: Path | None = None,
    ) -> None:
        """`seconds` bounds each call, `memory_mb` what the process may allocate (Linux only).

        `languages`, `models`, `network` and `converted` are those of `extraction.ocr.recognise.OcrEngine`.
        """
        chosen = worker.NetworkChoice(languages, models, network, converted)
        self._process = IsolatedProcess("reader", worker.begin, chosen, memory_mb)
        self._seconds = seconds

    async def read(self, data: bytes, name: str = "") -> Reading:
        """What the file says; a file that cannot be read is a Reading with a Problem. `name` is for the log only.

        Raises: ReaderDied.
        """
        return await self._process.call(f"reading {name or 'a file'}", self._seconds, worker.read, data)

    async def unpack(self, data: bytes, name: str = "") -> Unpacked:
        """The files of an archive or a mail, or why it cannot be unpacked. Raises: ReaderDied."""
        what = f"unpacking {name or 'an archive'}"
        return await self._process.call(what, self._seconds, worker.unpack, data, name)

    async def join(self, pictures: tuple[bytes, ...]) -> bytes:
        """A PDF with each picture as a page; b"" where one is no picture. Raises: ReaderDied."""
        return await self._process.call("joining pictures", self._seconds, worker.join, pictures)

    async def picture(self, data: bytes, document: ReadDocument) -> bytes:
        """A PNG of the page on which most of the document's values stand, each outlined (see
        extraction.pipeline.annotated_page).

        `document` must come from reading the same `data`. Raises: ReaderDied.
        """
        return await self._process.call("drawing a picture", self._seconds, worker.picture, data, document)

    async def warm_up(self) -> None:
        """Starts the process and loads the models, so that the first document need not wait. Raises: ReaderDied."""
        await self._process.call("loading the models", START_SECONDS, worker.load)

    async def close(self) -> None:
        """Ends the process. A call under way fails with ReaderDied. Harmless to repeat."""
        await self._process.close()


async def read_with_retry(read: Callable[[bytes, str], Awaitable[T]], data: bytes, name: str) -> T:
    """What `Reader.read` or `Reader.unpack` says, tried once more where the process died, perhaps not by the file.

    Raises: ReaderDied when it died again.
    """
    try:
        return await read(data, name)
    except ReaderDied:
        log.warning("the reader died on “%s” and is tried once more", name, exc_info=True)
        return await read(data, name)
