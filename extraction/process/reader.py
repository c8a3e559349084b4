"""The reader in a process of its own: whatever a document does to it, the rest of Billify goes on.

All bytes from outside are decoded there. The process is spawned, stays warm between calls, and lives under a time
limit and a memory limit; one that dies is replaced at the next call.
"""

from __future__ import annotations

import asyncio
import logging
import multiprocessing
import signal
from collections.abc import Awaitable, Callable
from concurrent.futures import CancelledError, Future, ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

from pebble import ProcessExpired, ProcessPool

from extraction.errors import ReaderDied
from extraction.evidence import ReadDocument, Reading
from extraction.files.zip_archive import Unpacked
from extraction.process import worker

log = logging.getLogger(__name__)

_START_SECONDS = 120.0  # for a new process to start and load its models, beside the time limit of the call

P = ParamSpec("P")
T = TypeVar("T")


class Reader:
    """Reads documents, one at a time; further calls wait in line. Safe from any thread and any event loop.

    A cancelled call that has not begun never begins; one that has is finished and its result dropped, since killing
    the process would cost the loaded models.
    """

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
        self._settings = (worker.NetworkChoice(languages, models, network, converted), memory_mb)
        self._seconds = seconds
        self._pool: ProcessPool | None = None
        self._running: Future[Any] | None = None
        self._closed = False
        # The line: one thread, from which the process is started too. It blocks SIGINT, and the process inherits
        # that from its very first moment, so that Ctrl-C is the parent's alone.
        self._line = ThreadPoolExecutor(1, "reader", _block_interrupt)

    async def read(self, data: bytes, name: str = "") -> Reading:
        """What the file says; a file that cannot be read is a Reading with a Problem. `name` is for the log only.

        Raises: ReaderDied.
        """
        return await self._call(f"reading {name or 'a file'}", worker.read, data)

    async def unpack(self, data: bytes, name: str = "") -> Unpacked:
        """The files of an archive, or why it cannot be unpacked. Raises: ReaderDied."""
        return await self._call(f"unpacking {name or 'an archive'}", worker.unpack, data)

    async def join(self, pictures: tuple[bytes, ...]) -> bytes:
        """A PDF with each picture as a page; b"" where one is no picture. Raises: ReaderDied."""
        return await self._call("joining pictures", worker.join, pictures)

    async def picture(self, data: bytes, document: ReadDocument) -> bytes:
        """A PNG of the page on which most of the document's values stand, each outlined (see
        extraction.pipeline.annotated_page).

        `document` must come from reading the same `data`. Raises: ReaderDied.
        """
        return await self._call("drawing a picture", worker.picture, data, document)

    async def warm_up(self) -> None:
        """Starts the process and loads the models, so that the first document need not wait. Raises: ReaderDied."""
        await self._call("loading the models", worker.load)

    async def close(self) -> None:
        """Ends the process. A call under way fails with ReaderDied. Harmless to repeat."""
        if self._closed:
            return
        self._closed = True
        if self._running:
            self._running.cancel()
        await asyncio.get_running_loop().run_in_executor(self._line, self._stop)
        self._line.shutdown()

    async def _call(self, what: str, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        if self._closed:
            raise ReaderDied(f"{what}: the reader has been closed")
        run = partial(self._run, what, function, *args, **kwargs)
        result: T = await asyncio.get_running_loop().run_in_executor(self._line, run)
        return result

    def _run(self, what: str, function: Callable[..., T], *args: Any) -> T:
        """One call, in the thread of the line."""
        try:
            if self._closed:
                raise CancelledError
            pool = self._started()
            limit = self._seconds if function is not worker.load else _START_SECONDS
            self._running = pool.schedule(function, args, timeout=limit)
            # A process that never takes the task up is not pebble's to notice.
            result: T = self._running.result(timeout=limit + _START_SECONDS)
            return result
        except Exception as error:
            self._stop()
            reason = _reason(error, self._seconds)
            log.warning("%s failed: %s", what, reason)
            raise ReaderDied(f"{what}: {reason}") from error
        finally:
            self._running = None

    def _started(self) -> ProcessPool:
        """The pool of the one process, another if it has died since the last call."""
        if self._pool and not self._pool.active:
            self._stop()
        if not self._pool:
            spawn = multiprocessing.get_context("spawn")
            self._pool = ProcessPool(1, initializer=worker.begin, initargs=self._settings, context=spawn)
        return self._pool

    def _stop(self) -> None:
        pool, self._pool = self._pool, None
        if pool:
            pool.stop()  # type: ignore[no-untyped-call]
            pool.join()


async def read_with_retry(read: Callable[[bytes, str], Awaitable[T]], data: bytes, name: str) -> T:
    """What `Reader.read` or `Reader.unpack` says, tried once more where the process died, perhaps not by the file.

    Raises: ReaderDied when it died again.
    """
    try:
        return await read(data, name)
    except ReaderDied:
        log.warning("the reader died on “%s” and is tried once more", name, exc_info=True)
        return await read(data, name)


def _block_interrupt() -> None:
    if hasattr(signal, "pthread_sigmask"):  # not on Windows
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})


def _reason(error: Exception, seconds: float) -> str:
    if isinstance(error, CancelledError):
        return "the reader was closed"
    if isinstance(error, TimeoutError):
        return f"it took longer than {seconds:g} s"
    if isinstance(error, ProcessExpired):
        return f"the process ended unexpectedly (exit code {error.exitcode})"
    return f"{type(error).__name__}: {error}"
