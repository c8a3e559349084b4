"""A fake Telegram, the real channel that talks to it, and people who write there."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from bot.channels.telegram import Telegram, listening
from tests.fakes.platforms.memory_document_store import MemoryFiles
from tests.fakes.platforms.message_acceptor import Accepting, listening_to
from tests.fakes.platforms.telegram import TOKEN, FakeTelegram


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


@pytest.fixture
async def listener(telegram, accept) -> AsyncIterator[None]:
    async with listening_to(telegram, accept):
        yield
