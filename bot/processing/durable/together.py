"""Messages that come while others are being kept are kept together, by one transaction: the more come, the less each
costs. Nobody waits for more to come."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

from bot.processing.durable.patience import is_passing

MOST = 100
"""By one transaction."""

T = TypeVar("T")


class Together(Generic[T]):
    """Of one event loop at a time."""

    def __init__(self, keep: Callable[[Sequence[T]], None]) -> None:
        """`keep` makes them durable in their order, all or none of them; it is called in a thread."""
        self._keep = keep
        self._waiting: list[tuple[T, asyncio.Future[None]]] = []
        self._working: asyncio.Task[None] | None = None

    async def put(self, one: T) -> None:
        """Returns once it is durable. Raises: whatever keeping it does."""
        kept: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.append((one, kept))
        if self._working is None or self._working.done():
            self._working = asyncio.create_task(self._work())
        await kept

    async def _work(self) -> None:
        while self._waiting:
            batch, self._waiting = self._waiting[:MOST], self._waiting[MOST:]
            error = await self._tried([one for one, _ in batch])
            if error is None or len(batch) == 1 or is_passing(error):
                for _, kept in batch:
                    _tell(kept, error)
                continue
            for one, kept in batch:  # one of them cannot be kept, which is no fault of the others
                _tell(kept, await self._tried([one]))

    async def _tried(self, several: Sequence[T]) -> Exception | None:
        """What went wrong; None where they are kept."""
        try:
            await asyncio.to_thread(self._keep, several)
        except Exception as error:
            return error
        return None


def _tell(kept: asyncio.Future[None], error: Exception | None) -> None:
    if kept.done():  # whoever brought it does not wait any more
        return
    if error is None:
        kept.set_result(None)
    else:
        kept.set_exception(error)
