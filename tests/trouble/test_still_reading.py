"""A document that takes long is said to be read still, once, and its answer comes as ever."""

from __future__ import annotations

import asyncio

import pytest

from bot.processing.documents.still_reading import told_if_long


class Told:
    """Counts how often it is told."""

    def __init__(self) -> None:
        self.times = 0

    async def __call__(self) -> None:
        self.times += 1


async def work(seconds: float, error: Exception | None = None) -> str:
    await asyncio.sleep(seconds)
    if error:
        raise error
    return "read"


@pytest.mark.parametrize(("seconds", "times"), [(0.0, 0), (0.2, 1)])
async def test_only_what_takes_long_is_told_of(seconds: float, times: int) -> None:
    told = Told()
    assert await told_if_long(work(seconds), told, after=0.05) == "read"
    assert told.times == times


async def test_what_goes_wrong_goes_wrong_as_ever() -> None:
    with pytest.raises(LookupError):
        await told_if_long(work(0.1, LookupError()), Told(), after=0.05)


async def test_who_no_longer_waits_ends_the_work() -> None:
    task = asyncio.ensure_future(told_if_long(work(60), Told(), after=0.05))
    await asyncio.sleep(0.1)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
