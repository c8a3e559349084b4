"""A fake Slack, the real channel that talks to it, and people who write there."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from bot.channels.slack import Slack, listening, outbound
from tests.fakes.platforms.memory_document_store import MemoryFiles
from tests.fakes.platforms.message_acceptor import Accepting, listening_to
from tests.fakes.platforms.slack import APP_TOKEN, BOT_TOKEN, SECRET, FakeSlack
from tests.fakes.servers.ports import free_port, opened


@pytest.fixture(autouse=True)
def _no_pause(monkeypatch):
    monkeypatch.setattr(listening, "PAUSE", 0.01)
    monkeypatch.setattr(outbound, "LOOK_PAUSE", 0.01)


@pytest.fixture
async def platform() -> AsyncIterator[FakeSlack]:
    fake = FakeSlack()
    runner = await fake.start()
    yield fake
    await fake.cut()
    await runner.cleanup()


@pytest.fixture
def files() -> MemoryFiles:
    return MemoryFiles()


@pytest.fixture
def accept() -> Accepting:
    return Accepting()


@pytest.fixture
async def slack(platform, files) -> AsyncIterator[Slack]:
    """Over Socket Mode."""
    channel = Slack(bot_token=BOT_TOKEN, app_token=APP_TOKEN, files=files, api_url=f"{platform.url}/api/")
    yield channel
    await channel.close()


@pytest.fixture
async def listener(platform, slack, accept) -> AsyncIterator[None]:
    async with listening_to(slack, accept):
        await platform.connected()
        yield


@pytest.fixture
async def http_port(platform, files, accept) -> AsyncIterator[int]:
    """Over HTTP; the port on which the channel listens."""
    port = free_port()
    channel = Slack(bot_token=BOT_TOKEN, signing_secret=SECRET, files=files, api_url=f"{platform.url}/api/", port=port)
    async with listening_to(channel, accept):
        await opened(port)
        yield port
    await channel.close()
