"""A word while a document takes long, so that nobody takes a busy machine for one that has lost it."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any, TypeVar

T = TypeVar("T")

AFTER_SECONDS = 40.0
"""By the clock; the longest documents take half of it on two cores that have nothing else to do."""


async def told_if_long(
    work: Coroutine[Any, Any, T], tell: Callable[[], Awaitable[None]], after: float = AFTER_SECONDS
) -> T:
    """What the work gives; `tell` once where it takes longer. What goes wrong with the work is raised, as ever."""
    task = asyncio.ensure_future(work)
    try:
        done, _ = await asyncio.wait({task}, timeout=after)
        if not done:
            await tell()
        return await task
    finally:
        task.cancel()  # of no effect once it is done
