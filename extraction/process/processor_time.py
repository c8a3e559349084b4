"""Processor time that the kernel gives a piece of work in the reading process, and the end of the process with it.

Python's own alarms wait until a function of C returns, which a hostile file need never let happen.
"""

from __future__ import annotations

import math
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")


class ProcessorTime:
    """So many seconds, of whatever threads, for what runs within `spent`, without what runs `aside`.

    SIGXCPU ends the process when they are used up, at the next full second. Only Linux is asked to.
    """

    def __init__(self, seconds: float) -> None:
        self._left = seconds
        self._began = 0.0

    @contextmanager
    def spent(self) -> Iterator[None]:
        """Within it the seconds run down."""
        self._begin()
        try:
            yield
        finally:
            self._pause()

    def aside(self, work: Callable[P, T]) -> Callable[P, T]:
        """The function, which takes none of these seconds: what recognises letters has a limit of its own."""

        def unhurried(*args: P.args, **kwargs: P.kwargs) -> T:
            self._pause()
            try:
                return work(*args, **kwargs)
            finally:
                self._begin()

        return unhurried

    @property
    def left(self) -> float:
        """Seconds that are left, within `spent`."""
        return self._left - (time.process_time() - self._began)

    def _begin(self) -> None:
        self._began = time.process_time()
        _limit(self._began + max(self._left, 0.0))

    def _pause(self) -> None:
        self._left = self.left
        _limit(None)


def _limit(at: float | None) -> None:
    """Ends the process once it has used so many seconds since its start; None: never."""
    if sys.platform == "linux":
        import resource

        _, most = resource.getrlimit(resource.RLIMIT_CPU)
        resource.setrlimit(resource.RLIMIT_CPU, (most if at is None else math.ceil(at) + 1, most))
