"""A fake Telegram, the real channel that talks to it, and people who write there."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from bot.channels.telegram import Telegram, listening
from tests.fakes.accepting import Accepting
from tests.fakes.files import MemoryFiles
from tests.fakes.telegram import TOKEN, FakeTelegram


@pytest.fixture(autouse=True)
def _no_pause(monkeypatch):
    monkeypatch.setattr(listening, "PAUSE", 0.01)


@pytest.fixture
async def platform() -> AsyncIterator[FakeTelegram]:
    fake = FakeTelegram()
    runner = await fake.start()
    yield fake
    await runner.cleanup()


@pytest.fixture
def files() -> MemoryFiles:
    return MemoryFiles()


@pytest.fixture
def accept() -> Accepting:
    return Accepting()


@pytest.fixture
async def telegram(platform, files) -> AsyncIterator[Telegram]:
    channel = Telegram(token=TOKEN, files=files, api_url=platform.url)
    yield channel
    await channel.close()


@asynccontextmanager
async def listening_to(channel: Telegram, accept: Accepting) -> AsyncIterator[None]:
    """The channel listens while the context is open, and is then cut off as by the end of its process."""
    task = asyncio.create_task(channel.listen(accept))
    try:
        yield
    finally:
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task


@pytest.fixture
async def listener(telegram, accept) -> AsyncIterator[None]:
    async with listening_to(telegram, accept):
        yield
