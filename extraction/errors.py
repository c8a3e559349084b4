"""What can go wrong with reading, apart from a value that is not found."""

from __future__ import annotations

from typing import Literal

from extraction.evidence import Problem


class Unreadable(Exception):
    """The file cannot be opened, and no repetition will help. `problem` says why, for its sender."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem)  # as its only argument, so that it survives pickling
        self.problem = problem

    def __str__(self) -> str:
        return self.problem.message


class ReaderDied(Exception):
    """The reading process ended, failed, or ran out of time or memory on this call. It has been started again.

    Whether to try again is the caller's decision; the cause is chained for the log.
    """


class LimitPassed(ReaderDied):
    """It was the file: reading it takes more processor time or memory than any may, and will again."""

    def __init__(self, text: str, limit: Literal["time", "memory"]) -> None:
        super().__init__(text)
        self.limit = limit
