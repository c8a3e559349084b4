"""How far the work on a message is, shown beside the work: nobody waits for a status."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable

from bot.channels.channel import Outgoing

SETTLE_SECONDS = 15.0
"""So long the answer waits for the platform's id of a status that is just being shown, to take its place."""

log = logging.getLogger(__name__)


class Statuses:
    """The statuses that are being shown, by the key that they share with the first reply; of several the latest."""

    def __init__(self, show: Callable[[Outgoing], Awaitable[None]]) -> None:
        self._show = show
        self._running: dict[str, asyncio.Task[None]] = {}
        self._next: dict[str, Outgoing] = {}

    def begin(self, outgoing: Outgoing) -> None:
        """Shows it, after one that is just being shown."""
        self._next[outgoing.key] = outgoing
        if outgoing.key not in self._running:
            self._running[outgoing.key] = asyncio.create_task(self._work(outgoing.key))

    async def settled(self, key: str) -> None:
        """Shows no further status under this key; returns once none is being shown, or does not get ready."""
        self._next.pop(key, None)
        running = self._running.get(key)
        if running and running is not asyncio.current_task():
            await asyncio.wait({running}, timeout=SETTLE_SECONDS)

    async def close(self) -> None:
        """Shows nothing any more."""
        self._next.clear()
        for task in (running := list(self._running.values())):
            task.cancel()
        await asyncio.gather(*running, return_exceptions=True)

    async def _work(self, key: str) -> None:
        try:
            while outgoing := self._next.pop(key, None):
                await self._show(outgoing)
        except Exception:  # of any platform; the answer itself is tried again, a status is not worth that
            log.info("status of %s not shown", key, exc_info=True)
        finally:
            self._running.pop(key, None)
