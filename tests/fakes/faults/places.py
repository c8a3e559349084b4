"""Places on the way of a message at which it can be held: before each step, before its transaction ends, and after it
was sent but before that is noted.

A message is held at the place with which its key ends, by whoever has it in hand; files say so, so that it can be
another process.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from bot.processing.durable.workflow import Steps
from bot.processing.jobs import Jobs
from handlers.messages import Message
from storage.messages import idempotency

WITHOUT_LOCK = ("fetch", "respond", "send", "sent")
"""Those at which nobody else is held up."""
PLACES = (*WITHOUT_LOCK, "commit")
"""The last holds up all others of the company that write, whose audit is one chain."""

_LOOK = 0.02


class Places:
    """In `folder` lies a file for each place that was reached, and one that lets all go on."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(exist_ok=True)

    def reached(self) -> set[str]:
        """The places at which a message is, or was, held."""
        return {file.name for file in self.folder.iterdir()} - {"go on"}

    async def reach(self, jobs: Jobs, messages: Sequence[Message]) -> None:
        """Accepts messages for `WITHOUT_LOCK` or `PLACES`, in their order; returns once one is held at each."""
        for places in (WITHOUT_LOCK, PLACES[: len(messages)]):
            for message in messages[: len(places)]:
                await jobs.accept(message)
            async with asyncio.timeout(150):  # processes start slowly on a busy machine
                while self.reached() != set(places):
                    await asyncio.sleep(_LOOK)

    def go_on(self) -> None:
        """Lets all go on, also those that come later."""
        (self.folder / "go on").touch()

    @contextmanager
    def holding(self, steps: Steps) -> Iterator[Steps]:
        """The same steps, on which messages are held."""
        record = idempotency.record_served

        async def sent(message: Message, replies: Any) -> None:
            await self._at("send", message.key)
            await steps.send(message, replies)
            await self._at("sent", message.key)

        before = {name: self._before(name, getattr(steps, name)) for name in ("fetch", "respond")}
        idempotency.record_served = self._before_commit(record)
        try:
            yield replace(steps, send=sent, **before)  # type: ignore[arg-type]
        finally:
            idempotency.record_served = record

    def _before(self, place: str, step: Callable[..., Awaitable[Any]]) -> Callable[[Message], Awaitable[Any]]:
        async def run(message: Message) -> Any:
            await self._at(place, message.key)
            return await step(message)

        return run

    def _before_commit(self, record: Callable[..., None]) -> Callable[..., None]:
        """In the thread of the transaction, which has done all it does."""

        def recorded(session: Any, *, key: str, **what: Any) -> None:
            record(session, key=key, **what)
            if self._is_held("commit", key):
                while not self._may_go_on():
                    time.sleep(_LOOK)

        return recorded

    async def _at(self, place: str, key: str) -> None:
        if self._is_held(place, key):
            while not self._may_go_on():
                await asyncio.sleep(_LOOK)

    def _is_held(self, place: str, key: str) -> bool:
        if not key.endswith(f" {place}"):
            return False
        (self.folder / place).touch()
        return True

    def _may_go_on(self) -> bool:
        return (self.folder / "go on").exists()
