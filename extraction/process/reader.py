"""The reader of documents, in a process of its own (see isolated). All bytes from outside are decoded there."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from contextlib import suppress
from pathlib import Path
from typing import TypeVar

from extraction.errors import LimitPassed, ReaderDied, Unreadable
from extraction.evidence import ReadDocument, Reading
from extraction.files.media_type import detect_media_type
from extraction.files.zip_archive import Unpacked
from extraction.limits import TOO_COSTLY
from extraction.process import worker
from extraction.process.isolated import START_SECONDS, IsolatedProcess
from extraction.process.own_process import InOwnProcess

log = logging.getLogger(__name__)

T = TypeVar("T")

_READING = "reading a file"


class Reader(InOwnProcess):
    """Reads documents, one at a time; further calls wait in line. Safe from any thread and any event loop."""

    size = 1
    """Documents that are read at once."""

    def __init__(
        self,
        languages: tuple[str, ...] = ("en",),
        seconds: float = 120.0,
        memory_mb: int = 1536,
        models: Path | None = None,
        network: str = "billify",
        converted: Path | None = None,
        threads: int | None = None,
        took: Callable[[float], object] = lambda _: None,
    ) -> None:
        """`seconds` bounds the processor time of each call, `memory_mb` what the process may use.

        `languages`, `models`, `network`, `converted` and `threads` are those of `extraction.ocr.recognise.OcrEngine`.
        `took` hears, in the context of the call, how many seconds by the clock each file took, whatever came of it.
        """
        self._took = took
        chosen = worker.NetworkChoice(languages, models, network, converted, threads)
        self._process = IsolatedProcess("reader", worker.begin, chosen, memory_mb=memory_mb, took=self._call_took)
        self._seconds = seconds

    async def read(self, data: bytes, name: str = "") -> Reading:
        """What the file says; a file that cannot be read is a Reading with a Problem. `name` is not looked at.

        Raises: ReaderDied.
        """
        try:
            return await self._process.call(_READING, self._seconds, worker.read, data)
        except LimitPassed as passed:
            return Reading(problem=TOO_COSTLY[passed.limit], media_type=detect_media_type(data))
        except Unreadable as refused:
            return Reading(problem=refused.problem, media_type=detect_media_type(data))

    async def unpack(self, data: bytes, name: str = "") -> Unpacked:
        """The files of an archive or a mail, or why it cannot be unpacked. Raises: ReaderDied."""
        try:
            return await self._process.call("unpacking an archive", self._seconds, worker.unpack, data, name)
        except LimitPassed as passed:
            return Unpacked(problem=TOO_COSTLY[passed.limit])
        except Unreadable as refused:
            return Unpacked(problem=refused.problem)

    async def join(self, pictures: tuple[bytes, ...]) -> bytes:
        """A PDF with each picture as a page; b"" where one is no picture. Raises: ReaderDied."""
        with suppress(Unreadable):
            return await self._process.call("joining pictures", self._seconds, worker.join, pictures)
        return b""

    async def picture(self, data: bytes, document: ReadDocument) -> bytes:
        """A PNG of the page on which most of the document's values stand, each outlined (see
        extraction.pipeline.annotated_page).

        `document` must come from reading the same `data`. Raises: ReaderDied; Unreadable where it does not.
        """
        return await self._process.call("drawing a picture", self._seconds, worker.picture, data, document)

    async def warm_up(self) -> None:
        """Starts the process and loads the models, so that the first document need not wait. Raises: ReaderDied."""
        await self._process.call("loading the models", START_SECONDS, worker.load)

    def _call_took(self, what: str, seconds: float) -> None:
        if what == _READING:
            self._took(seconds)


async def read_with_retry(read: Callable[[bytes, str], Awaitable[T]], data: bytes, name: str) -> T:
    """What `Reader.read` or `Reader.unpack` says, tried once more where the process died, perhaps not by the file.

    Raises: ReaderDied when it died again.
    """
    try:
        return await read(data, name)
    except ReaderDied:
        log.warning("the reader died and is tried once more", exc_info=True)
        return await read(data, name)
