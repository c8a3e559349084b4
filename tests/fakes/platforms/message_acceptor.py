"""The other side of a channel: takes messages in, or fails to, as a test says."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator

from bot.channels.channel import Channel, Outgoing
from bot.processing.delivery.parcels import with_files
from handlers.messages import Message


class Accepting:
    """Implements `bot.channels.channel.Accept`: keeps what was accepted, once by key, in its order.

    `failures` is how many more calls fail, as they do while a database is away. While `gate` is not set,
    a call waits: what happens before a message is durable can be watched.
    """

    def __init__(self) -> None:
        self.messages: dict[str, Message] = {}
        self.calls: list[str] = []
        self.failures = 0
        self.gate = asyncio.Event()
        self.gate.set()
        self._changed = asyncio.Condition()

    async def __call__(self, message: Message) -> None:
        async with self._changed:
            self.calls.append(message.key)
            self._changed.notify_all()
        await self.gate.wait()
        async with self._changed:
            if self.failures:
                self.failures -= 1
                raise ConnectionError("the database is away")
            self.messages.setdefault(message.key, message)
            self._changed.notify_all()

    async def take(self, n: int = 1) -> Message:
        """The n-th message that was accepted (from 1), as soon as there are so many."""
        async with asyncio.timeout(20), self._changed:
            await self._changed.wait_for(lambda: len(self.messages) >= n)
            return list(self.messages.values())[n - 1]

    async def called(self, n: int) -> None:
        """Waits until so many calls were made, whatever became of them."""
        async with asyncio.timeout(20), self._changed:
            await self._changed.wait_for(lambda: len(self.calls) >= n)


async def send_whole(channel: Channel, outgoing: Outgoing) -> str:
    """Sends a reply and what goes out after it, as delivery does; the platform's id of the reply."""
    sent = [await channel.send(part) for part in with_files(channel, outgoing)]
    return next(iter(sent))


@contextlib.asynccontextmanager
async def listening_to(channel: Channel, accept: Accepting) -> AsyncIterator[None]:
    """The channel listens while the context is open, and is then cut off as by the end of its process."""
    task = asyncio.create_task(channel.listen(accept))
    try:
        yield
    finally:
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task
