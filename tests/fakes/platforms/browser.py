"""A real Chromium, driven by Playwright."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from playwright.async_api import Browser, async_playwright

from tests.fakes.servers.programs import needed

QUIET = "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking"
QUIET += " --disable-component-update --disable-sync"


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    """Skips where Chromium is not installed, and fails there in CI."""
    chromium = needed("chromium", "chromium", ["/usr/bin"])
    async with async_playwright() as playwright:
        running = await playwright.chromium.launch(executable_path=chromium, args=QUIET.split())
        yield running
        await running.close()
