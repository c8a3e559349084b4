"""A running web chat, and a real browser to open it with."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from playwright.async_api import Browser, Page

from tests.fakes.platforms.browser import browser as browser  # a fixture
from tests.fakes.platforms.webchat import Chat


@pytest.fixture
async def chat() -> AsyncIterator[Chat]:
    running = Chat()
    await running.start()
    yield running
    await running.stop()


@pytest.fixture
async def page(browser: Browser, chat: Chat) -> AsyncIterator[Page]:
    """Anna's browser, signed in by her link; any script error or breach of the security policy fails the test."""
    faults: list[str] = []
    context = await browser.new_context()
    opened = await context.new_page()
    opened.on("pageerror", lambda error: faults.append(str(error)))
    opened.on("console", lambda line: faults.append(line.text) if "Content Security" in line.text else None)
    await opened.goto(f"{chat.url}/enter/anna-link")
    await opened.wait_for_url(f"{chat.url}/")
    yield opened
    await context.close()
    assert not faults
