"""Messages that come at once are kept by one transaction, and one that cannot be kept harms no other."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Sequence

import pytest
from sqlalchemy.exc import OperationalError

from bot.processing.durable.message_queue import Arrival, MessageQueue
from bot.processing.durable.together import MOST, Together


class Kept:
    """What was kept by which transaction; those of `bad` cannot be, `away` for as long as it is set."""

    def __init__(self, *bad: int) -> None:
        self.by: list[list[int]] = []
        self.bad, self.away = set(bad), False
        self.go_on = threading.Event()

    def keep(self, several: Sequence[int]) -> None:
        self.go_on.wait(10)
        if self.away:
            raise OperationalError("INSERT", {}, Exception("connection refused"))
        if self.bad & set(several):
            raise ValueError("cannot be kept")
        self.by.append(list(several))


async def put(together: Together[int], kept: Kept, numbers: Sequence[int]) -> list[BaseException | None]:
    tasks = [asyncio.create_task(together.put(number)) for number in numbers]
    await asyncio.sleep(0.05)
    kept.go_on.set()
    return await asyncio.gather(*tasks, return_exceptions=True)


async def test_what_comes_meanwhile_is_kept_together_in_its_order() -> None:
    kept = Kept()
    assert await put(Together(kept.keep), kept, range(MOST + 11)) == [None] * (MOST + 11)
    assert [number for by in kept.by for number in by] == list(range(MOST + 11))
    assert len(kept.by) <= 3 and max(len(by) for by in kept.by) <= MOST


async def test_one_that_cannot_be_kept_harms_no_other() -> None:
    kept = Kept(3)
    told = await put(Together(kept.keep), kept, range(6))
    assert [type(error) for error in told] == [*[type(None)] * 3, ValueError, type(None), type(None)]
    assert sorted(number for by in kept.by for number in by) == [0, 1, 2, 4, 5]


async def test_a_database_that_is_away_is_told_to_all_of_them_at_once() -> None:
    kept = Kept()
    kept.away = True
    together = Together(kept.keep)
    assert all(isinstance(error, OperationalError) for error in await put(together, kept, range(5)))
    kept.away = False
    assert await put(together, kept, [7]) == [None]


async def test_whoever_goes_away_meanwhile_changes_nothing() -> None:
    kept = Kept()
    together = Together(kept.keep)
    gone, stays = asyncio.create_task(together.put(1)), asyncio.create_task(together.put(2))
    await asyncio.sleep(0.05)
    gone.cancel()
    kept.go_on.set()
    await stays
    with pytest.raises(asyncio.CancelledError):
        await gone
    assert [number for by in kept.by for number in by] == [1, 2]


def test_several_are_put_in_their_order_and_a_repeated_key_once(database_url: str) -> None:
    queue = MessageQueue(database_url, "one/1")
    queue.prepare()
    arrivals = [Arrival(key, key, "talk", key) for key in ("c", "a", "c", "b")]
    queue.put_all(arrivals)
    queue.put_all([Arrival("a", "a", "talk", "again"), Arrival("d", "d", "talk", "d")])
    assert [item.message for item in queue.claim("talk", 9, adopting=False)] == ["c", "a", "b", "d"]
    queue.close()
