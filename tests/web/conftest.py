"""A running web chat, and a real browser to open it with."""

from __future__ import annotations

import os
import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import Browser, Page, async_playwright

from tests.fakes.webchat import Chat

CHROMIUM = shutil.which("chromium") or "/usr/bin/chromium"
QUIET = "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking"
QUIET += " --disable-component-update --disable-sync"


@pytest.fixture
async def chat() -> AsyncIterator[Chat]:
    running = Chat()
    await running.start()
    yield running
    await running.stop()


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    if not Path(CHROMIUM).exists():
        reason = "Chromium is not installed (Debian: apt-get install chromium)"
        pytest.fail(reason) if os.environ.get("CI") else pytest.skip(reason)
    async with async_playwright() as playwright:
        running = await playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET.split())
        yield running
        await running.close()


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
