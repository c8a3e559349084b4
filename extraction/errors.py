"""What can go wrong with reading, apart from a value that is not found; and how a decoder's faults become refusals."""

from __future__ import annotations

import logging
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import PurePath
from typing import Literal

from extraction.evidence import Problem

log = logging.getLogger(__name__)

UNFORESEEN = Problem(
    "unforeseen_damage",
    "Something in this file is so damaged or unusual that it cannot be read. Please send it once more, or what is in "
    "it as a PDF or a photo.",
)
"""Of what nobody knows better."""

_PANIC = "PanicException"
"""What a fault within a library in Rust comes as, of no module that could be imported, and no Exception."""


class Unreadable(Exception):
    """The file cannot be opened, and no repetition will help. `problem` says why, for its sender."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem)  # as its only argument, so that it survives pickling
        self.problem = problem

    def __str__(self) -> str:
        return self.problem.message


@contextmanager
def refused_as(problem: Problem = UNFORESEEN) -> Iterator[None]:
    """Whatever a decoder raises of strangers' bytes becomes Unreadable with this problem: which errors those are, no
    library tells. Goes around each decoder of others', and once around all that the reading processes do.

    What is a refusal already stays that one; that memory ran out is a limit's matter.
    """
    try:
        yield
    except (Unreadable, MemoryError):
        raise
    except BaseException as error:
        if not isinstance(error, Exception) and type(error).__name__ != _PANIC:
            raise
        at = traceback.extract_tb(error.__traceback__)[-1]  # what the error says may quote the file
        level = logging.WARNING if problem is UNFORESEEN else logging.INFO
        log.log(level, "A decoder failed: %s at %s:%d", type(error).__name__, PurePath(at.filename).name, at.lineno)
        raise Unreadable(problem) from error


class ReaderDied(Exception):
    """The reading process ended, failed, or ran out of time or memory on this call. It has been started again.

    Whether to try again is the caller's decision; the cause is chained for the log.
    """


class LimitPassed(ReaderDied):
    """It was the file: reading it takes more processor time or memory than any may, and will again."""

    def __init__(self, text: str, limit: Literal["time", "memory"]) -> None:
        super().__init__(text)
        self.limit = limit
