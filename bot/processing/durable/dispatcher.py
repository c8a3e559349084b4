"""What is begun when: the first message of each conversation, as far as there are hands, each under a lease."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable
from functools import partial

from bot.channels.channel import unwatched
from bot.channels.supervision import in_a_line, supervised
from bot.processing.durable.message_queue import LEASE_SECONDS, Item, Lane, MessageQueue
from bot.processing.durable.patience import LONGEST_PAUSE, is_passing, patiently
from bot.processing.durable.wake_up import WakeUp, woken

log = logging.getLogger(__name__)

AT_ONCE: dict[Lane, int] = {"talk": 32, "documents": 3}
"""Messages that one worker has in hand. Words wait for networks, and a few that hang must not keep all others waiting.
Documents are read one at a time: a few more are fetched meanwhile, and the rest is left to workers that have none."""

STEP_BACK_SECONDS = 0.25
"""For each document in hand before the next is taken: who has fewer comes first."""

RENEW_SECONDS = 2.0


class Dispatcher:
    """Has messages in hand, from their claim until they are served, handed over or lost to another."""

    def __init__(self, queue: MessageQueue, wake_up: WakeUp, run: Callable[[Item], Awaitable[None]]) -> None:
        """`run` serves a message to its end, and stops where it is cancelled; what it raises is the message's own."""
        self._queue = queue
        self._wake_up = wake_up
        self._run = run
        self._in_hand: dict[int, tuple[Item, asyncio.Task[None]]] = {}
        self._since: dict[str, float] = {}
        self._lost: set[int] = set()
        self._renewed = time.time()
        self._reached: float | None = None

    async def serve(self, drain_seconds: float) -> None:
        """Until cancelled; then begins nothing any more, gives what is in hand so many seconds to end, and hands over
        the rest."""
        renewing = asyncio.create_task(self._kept("leases", self._keep_renewing))
        try:
            async with asyncio.TaskGroup() as parts:
                parts.create_task(self._kept("the wake-up", self._wake_up.listen))
                for lane in AT_ONCE:
                    parts.create_task(self._kept(f"the queue of {lane}", partial(self._keep_claiming, lane)))
        finally:
            try:
                await self._drain(drain_seconds)
            finally:
                renewing.cancel()

    async def ours(self, key: str) -> None:
        """Returns where a message is still in this process's hand, asking only if it did not say so for long: the
        machine may have slept. Raises: asyncio.CancelledError where another has it."""
        if abs(time.time() - self._renewed) > LEASE_SECONDS - RENEW_SECONDS:
            await patiently("the lease", self._renew)
        if key in {item.key for item, _ in self._in_hand.values() if item.place in self._lost}:
            raise asyncio.CancelledError

    def tries(self, key: str) -> int:
        """How often a message in hand was begun, this time included."""
        return next((item.tries for item, _ in self._in_hand.values() if item.key == key), 1)

    def age(self, key: str) -> float:
        """For how many seconds a message in hand has been durable."""
        return time.monotonic() - self._since.get(key, time.monotonic())

    async def _kept(self, name: str, work: Callable[[], Awaitable[object]]) -> None:
        await supervised(name, work, unwatched(name), longest=LONGEST_PAUSE, passing=is_passing)

    async def _keep_claiming(self, lane: Lane) -> None:
        async with self._wake_up.sleeper() as sleeper:
            while True:
                busy = sum(item.lane == lane for item, _ in self._in_hand.values())
                room = AT_ONCE[lane] - busy
                if lane == "documents" and busy:
                    await asyncio.sleep(STEP_BACK_SECONDS * busy)
                if room <= 0 or not await self._claim(lane, 1 if lane == "documents" else room):
                    await woken(sleeper)

    async def _claim(self, lane: Lane, most: int) -> int:
        """Takes some in hand; how many."""
        claiming = asyncio.create_task(asyncio.to_thread(self._queue.claim, lane, most, adopting=self._may_adopt()))
        try:
            items = await asyncio.shield(claiming)
        except asyncio.CancelledError:
            await asyncio.wait({claiming})  # what it still claims is handed over with the rest
            raise
        except Exception:
            self._reached = None
            raise
        self._reached = self._reached or time.monotonic()
        for item in items:
            if item.begun:
                log.info("taking over %s", item.key)
            self._since[item.key] = time.monotonic() - item.waited
            # It may have been lost to another, who died since, before this process let go of it.
            _, former = self._in_hand.get(item.place, (item, None))
            self._in_hand[item.place] = item, asyncio.create_task(self._serve(item, former))
        return len(items)

    def _may_adopt(self) -> bool:
        """After the database was away all leases have run out: those who live first get the time to renew them."""
        return self._reached is not None and time.monotonic() - self._reached > LEASE_SECONDS

    async def _serve(self, item: Item, former: asyncio.Task[None] | None) -> None:
        """Serves a message once whoever of this process had it before, `former`, has stopped."""
        try:
            if former is not None:
                await asyncio.wait({former})
                self._lost.discard(item.place)
            await self._run(item)
        except Exception:
            log.exception("message %s is given up", item.key)
        finally:
            _, holder = self._in_hand.get(item.place, (item, None))
            if holder is asyncio.current_task():
                del self._in_hand[item.place]
                self._since.pop(item.key, None)
                self._lost.discard(item.place)
        await patiently("the queue", lambda: asyncio.to_thread(self._queue.finish, item.place))
        self._wake_up.now()  # for the next of its conversation

    async def _keep_renewing(self) -> None:
        while True:
            if self._in_hand:
                await self._renew()
            else:
                self._renewed = time.time()
            await asyncio.sleep(RENEW_SECONDS)

    async def _renew(self) -> None:
        """Renews all leases; what another has by now is stopped without a trace."""
        held = dict(self._in_hand)
        kept = await asyncio.to_thread(self._queue.renew, list(held))
        self._renewed = time.time()
        for place in held.keys() - kept:
            if place in self._in_hand:
                item, task = self._in_hand[place]
                log.warning("another took over %s", item.key)
                self._lost.add(place)
                task.cancel()

    async def _drain(self, seconds: float) -> None:
        try:
            if running := [task for _, task in self._in_hand.values()]:
                log.info("%d messages are in work, and have %g s to end", len(running), seconds)
                await asyncio.wait(running, timeout=seconds)
        finally:
            if left := [task for _, task in self._in_hand.values()]:
                for task in left:
                    task.cancel()
                await asyncio.wait(left)
                log.info("%d messages are handed over", len(left))
            try:
                await asyncio.shield(asyncio.to_thread(self._queue.let_go))
            except Exception as error:  # the database is away: the leases run out
                log.warning("what was in work is taken over later: %s", in_a_line(error))
