"""A process of its own for functions that read strangers' bytes: whatever these do to it, the rest of Billify goes on.

It is spawned at the first call, stays warm between calls, and lives under a time limit and a memory limit; one that
dies is replaced at the next call.
"""

from __future__ import annotations

import asyncio
import logging
import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Callable
from concurrent.futures import CancelledError, Future, ThreadPoolExecutor
from functools import partial
from typing import Any, ParamSpec, TypeVar

from pebble import ProcessExpired, ProcessPool

from extraction.errors import ReaderDied

log = logging.getLogger(__name__)

START_SECONDS = 120.0
"""For a new process to start and load what it needs, beside the time limit of the call."""

P = ParamSpec("P")
T = TypeVar("T")


class IsolatedProcess:
    """Runs one call at a time; further ones wait in line. Safe from any thread and any event loop.

    A cancelled call that has not begun never begins; one that has is finished and its result dropped, since killing
    the process would cost what it has loaded.
    """

    def __init__(self, name: str, begin: Callable[..., None], *settings: object) -> None:
        """`begin(*settings)` prepares the process. It, and each function that is called, is importable there."""
        self._name = name
        self._begin = begin
        self._settings = settings
        self._pool: ProcessPool | None = None
        self._running: Future[Any] | None = None
        self._closed = False
        # The line: one thread, from which the process is started too. It blocks SIGINT, and the process inherits
        # that from its very first moment, so that Ctrl-C is the parent's alone.
        self._line = ThreadPoolExecutor(1, name, _block_interrupt)

    async def call(self, what: str, seconds: float, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """The function's result, for which it has so many seconds. `what` is for the log.

        Raises: ReaderDied.
        """
        if self._closed:
            raise ReaderDied(f"{what}: the {self._name} has been closed")
        run = partial(self._run, what, seconds, function, *args, **kwargs)
        result: T = await asyncio.get_running_loop().run_in_executor(self._line, run)
        return result

    async def close(self) -> None:
        """Ends the process. A call under way fails with ReaderDied. Harmless to repeat."""
        if self._closed:
            return
        self._closed = True
        if self._running:
            self._running.cancel()
        await asyncio.get_running_loop().run_in_executor(self._line, self._stop)
        self._line.shutdown()

    def _run(self, what: str, seconds: float, function: Callable[..., T], *args: Any) -> T:
        """One call, in the thread of the line."""
        try:
            if self._closed:
                raise CancelledError
            pool = self._started()
            self._running = pool.schedule(function, args, timeout=seconds)
            # A process that never takes the task up is not pebble's to notice.
            result: T = self._running.result(timeout=seconds + START_SECONDS)
            return result
        except Exception as error:
            self._stop()
            reason = self._reason(error, seconds)
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
            self._pool = ProcessPool(1, initializer=self._begin, initargs=self._settings, context=spawn)
        return self._pool

    def _stop(self) -> None:
        pool, self._pool = self._pool, None
        if pool:
            pool.stop()  # type: ignore[no-untyped-call]
            pool.join()

    def _reason(self, error: Exception, seconds: float) -> str:
        if isinstance(error, CancelledError):
            return f"the {self._name} was closed"
        if isinstance(error, TimeoutError):
            return f"it took longer than {seconds:g} s"
        if isinstance(error, ProcessExpired):
            return f"the process ended unexpectedly (exit code {error.exitcode})"
        return f"{type(error).__name__}: {error}"


def prepare_process(memory_mb: int) -> None:
    """Called within the process: it ends with its parent, however that ends, and allocates no more than its share."""
    threading.Thread(target=_end_with_parent, name="parent watch", daemon=True).start()
    if sys.platform == "linux":
        import resource

        # What is written to, as opposed to RLIMIT_AS, which also counts gigabytes that CUDA merely reserves.
        limit = memory_mb * 1024 * 1024
        resource.setrlimit(resource.RLIMIT_DATA, (limit, limit))


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    assert parent is not None
    parent.join()
    os._exit(1)


def _block_interrupt() -> None:
    if hasattr(signal, "pthread_sigmask"):  # not on Windows
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
