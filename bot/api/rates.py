"""How many calls somebody may make in a minute, counted in this process."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

WINDOW = 60
"""Seconds."""
_MOST_KNOWN = 10_000


@dataclass(frozen=True)
class Allowance:
    """What is left to somebody: `left` of `most` calls, until in so many `seconds` it begins anew."""

    most: int
    left: int
    seconds: int

    @property
    def over(self) -> bool:
        """Whether this call is one too many."""
        return self.left < 0

    def headers(self) -> dict[str, str]:
        """As draft-ietf-httpapi-ratelimit-headers has it."""
        headers = {
            "RateLimit-Policy": f'"default";q={self.most};w={WINDOW}',
            "RateLimit": f'"default";r={max(0, self.left)};t={self.seconds}',
        }
        return headers | ({"Retry-After": str(self.seconds)} if self.over else {})


class Rates:
    """Windows of a minute, one for each who calls."""

    def __init__(self, most: int, clock: Callable[[], float] = time.monotonic) -> None:
        self.most, self._clock = most, clock
        self._windows: dict[str, tuple[float, int]] = {}

    def call(self, who: str) -> Allowance:
        """Counts a call."""
        now = self._clock()
        begun, calls = self._windows.get(who, (now, 0))
        if now - begun >= WINDOW:
            begun, calls = now, 0
        self._windows[who] = (begun, calls + 1)
        if len(self._windows) > _MOST_KNOWN:
            self._windows = {name: one for name, one in self._windows.items() if now - one[0] < WINDOW}
        return Allowance(self.most, self.most - calls - 1, max(1, round(begun + WINDOW - now)))
