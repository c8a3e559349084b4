"""Serving HTTP to a platform that brings its events by itself."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import NoReturn

from aiohttp import web

from bot.channels.channel import ChannelMisconfigured, Health
from bot.channels.tls import Tls

TELL = 30.0
"""Seconds between words that what is served works."""


@asynccontextmanager
async def serving(application: web.Application, port: int, setting: str, tls: Tls) -> AsyncIterator[None]:
    """Serves for as long as the context is open: on all addresses where `tls` protects that, else on this machine only.

    The platform, or a proxy in front of us, must reach the port; whoever serves checks signatures.
    Raises: ChannelMisconfigured, naming `setting`, when the port cannot be had.
    """
    runner = web.AppRunner(application, access_log=None)
    await runner.setup()
    try:
        try:
            await web.TCPSite(runner, tls.host, port, ssl_context=tls.context()).start()
        except OSError as error:
            reason = error.strerror or str(error)
            raise ChannelMisconfigured(
                f"Port {port} cannot be opened ({reason}). Stop what uses it, or choose another by {setting}."
            ) from error
        yield
    finally:
        await runner.cleanup()


async def forever(health: Health) -> NoReturn:
    """Waits until cancelled, while whatever is served works."""
    while True:
        await health.well()
        await asyncio.sleep(TELL)
