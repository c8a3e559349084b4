"""A process of its own for functions that read strangers' bytes: whatever these do to it, the rest of Billify goes on.

It is spawned at the first call, stays warm between calls, and lives under limits of processor time and of memory; one
that dies is replaced at the next call.

Its parent looks at both several times a second. Memory is what is really used (resident): RLIMIT_AS and RLIMIT_DATA
count what networks and allocators only reserve, which is more than twice as much, and a cgroup needs rights that a
container often does not give. Time is the processor's: on a busy machine nothing honest is cut off, however long it
takes by the clock; only one that stands still is.
"""

from __future__ import annotations

import asyncio
import logging
import multiprocessing
import os
import signal
import sys
import threading
import time
from collections.abc import Callable
from concurrent.futures import CancelledError, Future, ThreadPoolExecutor, wait
from contextlib import suppress
from contextvars import copy_context
from dataclasses import dataclass
from functools import partial
from typing import Any, Literal, ParamSpec, TypeVar

import psutil
from pebble import ProcessExpired, ProcessPool

from extraction.errors import LimitPassed, ReaderDied, Unreadable, refused_as

log = logging.getLogger(__name__)

START_SECONDS = 120.0
"""For a new process to start and load what it needs, beside the time limit of the call."""

_LOOK_SECONDS = 0.02
"""Between looks at the process: at the pace at which memory can be filled, 100 MB."""

_START_BY_CLOCK = 3 * START_SECONDS
"""In which a process begins on the busiest machine; until then nobody can see whether it works."""

STANDSTILL_SECONDS = 120.0
"""By the clock, in which a process that works gets processor time even where fifty others want it."""

_LEAST_WORK = 0.2
"""Seconds of processor time within these; a process that gets less waits for something that will not come."""

_OVERSHOT = 64 * 1024 * 1024
"""Bytes that may be filled between two looks, which the limit on memory allows for."""

_AT_REST = 0.6
"""Share of its memory that a process may keep between calls; one that keeps more is replaced."""

_RESERVED = 3
"""Times its memory that a process may reserve: a single request of more fails at once, before anybody can look."""

SIGXCPU = getattr(signal, "SIGXCPU", 24)

P = ParamSpec("P")
T = TypeVar("T")


@dataclass(frozen=True)
class Used:
    """Processor time that all calls so far took, and the most memory that the process was seen to use in the last."""

    processor_seconds: float = 0.0
    memory_mb: int = 0


class IsolatedProcess:
    """Runs one call at a time; further ones wait in line. Safe from any thread and any event loop.

    A cancelled call that has not begun never begins; one that has is finished and its result dropped, since killing
    the process would cost what it has loaded.
    """

    def __init__(
        self,
        name: str,
        begin: Callable[..., None],
        *settings: object,
        memory_mb: int,
        standstill: float = STANDSTILL_SECONDS,
        took: Callable[[str, float], object] = lambda _what, _seconds: None,
    ) -> None:
        """`begin(*settings)` prepares the process. It, and each function that is called, is importable there.

        `standstill` is after how many seconds by the clock without work a call is given up. `took` hears of each call
        that began, and how many seconds by the clock it took, in the context of its caller.
        """
        self._name = name
        self._standstill = standstill
        self._memory = memory_mb * 1024 * 1024 - _OVERSHOT
        self._passed: Literal["time", "memory"] | None = None
        self.used = Used()
        self.restarts = 0
        self.failed_in_a_row = 0
        self._took = took
        self._begin = begin
        self._settings = settings
        self._pool: ProcessPool | None = None
        self._pid: Any = None
        self._running: Future[Any] | None = None
        self._closed = False
        # The line: one thread, from which the process is started too. It blocks SIGINT, and the process inherits
        # that from its very first moment, so that Ctrl-C is the parent's alone.
        self._line = ThreadPoolExecutor(1, name, _block_interrupt)

    async def call(self, what: str, seconds: float, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """The function's result, for which it has so many seconds of processor time. `what` is for the log.

        Raises: Unreadable, whatever the function raised of these bytes (`refused_as`); ReaderDied; LimitPassed where it
        was for this call's time or memory.
        """
        if self._closed:
            raise ReaderDied(f"{what}: the {self._name} has been closed")
        run = partial(copy_context().run, partial(self._run, what, seconds, function, *args, **kwargs))
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
        begun = time.monotonic()
        try:
            if self._closed:
                raise CancelledError
            pool = self._started()
            self._running = pool.schedule(_guarded, (function, *args))
            result: T | Unreadable = self._watched(self._running, seconds)
            self._replace_if_swollen()
            self.failed_in_a_row = 0
        except Exception as error:
            self._stop()
            if not self._closed:
                self.restarts += 1
            reason = self._reason(error, seconds)
            log.warning("%s failed: %s", what, reason)
            if limit := self._limit_passed(error):
                raise LimitPassed(f"{what}: {reason}", limit) from error
            self.failed_in_a_row += 1
            raise ReaderDied(f"{what}: {reason}") from error
        finally:
            self._running = None
            self._took(what, time.monotonic() - begun)
        if isinstance(result, Unreadable):
            raise result
        return result

    def _watched(self, running: Future[T], seconds: float) -> T:
        """The result of a call, which ends with its process where that takes more than it may."""
        before, began = self.used.processor_seconds, None
        worked, since = 0.0, time.monotonic()  # processor time when it was last seen to work, and when that was
        self._passed, self.used = None, Used(before)
        while True:
            wait([running], timeout=_LOOK_SECONDS)
            with suppress(psutil.Error):  # it has just ended
                if process := self._process():
                    took = _processor_seconds(process)
                    began = took if began is None else began
                    memory = process.memory_info().rss
                    self.used = Used(before + took - began, max(self.used.memory_mb, memory // 2**20))
                    if memory > self._memory:
                        self._passed = "memory"
                    elif took - began > seconds:
                        self._passed = "time"
                    if self._passed:
                        process.kill()
            done = self.used.processor_seconds - before
            if done - worked > _LEAST_WORK:
                worked, since = done, time.monotonic()
            # A process that never takes the task up, or stands still, is not pebble's to notice.
            patience = _START_BY_CLOCK if began is None else self._standstill
            if running.done() or time.monotonic() - since > patience:
                return running.result(timeout=0)

    def _process(self) -> psutil.Process | None:
        """The process, once it has begun."""
        with suppress(psutil.Error):
            return psutil.Process(self._pid.value) if self._pid and self._pid.value else None
        return None

    def _replace_if_swollen(self) -> None:
        with suppress(psutil.Error):
            if (process := self._process()) and process.memory_info().rss > self._memory * _AT_REST:
                log.info("The %s is replaced: it keeps %d MB", self._name, process.memory_info().rss // 2**20)
                self._stop()

    def _started(self) -> ProcessPool:
        """The pool of the one process, another if it has died since the last call."""
        if self._pool and not self._pool.active:
            self._stop()
        if not self._pool:
            spawn = multiprocessing.get_context("spawn")
            self._pid = spawn.Value("i", 0, lock=False)
            settings = (self._pid, self._memory * _RESERVED, self._begin, *self._settings)
            self._pool = ProcessPool(1, initializer=_begun, initargs=settings, context=spawn)
        return self._pool

    def _stop(self) -> None:
        pool, self._pool = self._pool, None
        if pool:
            pool.stop()  # type: ignore[no-untyped-call]
            pool.join()

    def _reason(self, error: Exception, seconds: float) -> str:
        if isinstance(error, CancelledError):
            return f"the {self._name} was closed"
        if self._passed == "memory":
            return f"it took more than {self._memory // 2**20} MB"
        if isinstance(error, ProcessExpired) and error.exitcode == -SIGXCPU:
            return "it took more processor time than decoding may"
        if self._passed == "time":
            return f"it took longer than {seconds:g} s"
        if isinstance(error, TimeoutError):
            return f"it stood still for {self._standstill:g} s"
        if isinstance(error, ProcessExpired):
            return f"the process ended unexpectedly (exit code {error.exitcode})"
        return type(error).__name__  # what it says may quote the file

    def _limit_passed(self, error: Exception) -> Literal["time", "memory"] | None:
        """Which limit was in the way; None where the process ended otherwise."""
        if isinstance(error, MemoryError):
            return "memory"
        if isinstance(error, ProcessExpired) and error.exitcode == -SIGXCPU:
            return "time"
        return self._passed


def _begun(pid: Any, reserved: int, begin: Callable[..., None], *settings: object) -> None:
    """The start of the process: it ends with its parent, however that ends, and reserves no more than so many bytes."""
    threading.Thread(target=_end_with_parent, name="parent watch", daemon=True).start()
    if sys.platform == "linux":
        import resource

        resource.setrlimit(resource.RLIMIT_DATA, (reserved, reserved))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # what ends for its processor time would leave one
    begin(*settings)
    pid.value = os.getpid()


def _guarded(function: Callable[..., T], *args: Any) -> T | Unreadable:
    """In the process: the result, or the refusal that whatever was raised has become. The process goes on."""
    try:
        with refused_as():
            return function(*args)
    except Unreadable as refusal:
        return refusal


def _processor_seconds(process: psutil.Process) -> float:
    used = process.cpu_times()
    return float(used.user + used.system)


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    assert parent is not None
    parent.join()
    os._exit(1)


def _block_interrupt() -> None:
    if hasattr(signal, "pthread_sigmask"):  # not on Windows
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
