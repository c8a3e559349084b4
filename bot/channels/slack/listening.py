"""The connection over which Slack brings events: Socket Mode, or HTTP."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager
from typing import NoReturn

from aiohttp import ClientError
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.app.async_app import AsyncApp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot.channels.channel import ChannelMisconfigured, Health
from bot.channels.serving import forever, serving
from bot.channels.slack.refusal import LOCKED_OUT, reason
from bot.channels.supervision import growing
from bot.channels.tls import Tls

PAUSE = 3.0
"""Seconds to wait before Slack is asked again, after it could not be reached."""
CHECK = 10.0
"""Seconds between looks at whether the connection of Socket Mode still stands."""
CHECKS = 6
"""After so many looks without one it is made anew, with a new ticket: the client itself insists on its old one."""
HANDSHAKE = 30.0
"""Seconds within which a new connection must stand."""

REJECTED = {*LOCKED_OUT, "missing_scope"}
"""Answers to a token that is none, or of another kind than we need."""

log = logging.getLogger(__name__)


async def over_socket(client: AsyncWebClient, app: AsyncApp, app_token: str, health: Health) -> NoReturn:
    """Keeps a connection of Socket Mode, until cancelled. Raises: ChannelMisconfigured for a wrong token."""
    while True:
        ticket = await asked(
            lambda: client.apps_connections_open(app_token=app_token),
            "Slack does not accept the app token ({}). Set BILLIFY_SLACK_APP_TOKEN to an App-Level Token (xapp-…) "
            "with the scope connections:write.",
            health,
        )
        handler = AsyncSocketModeHandler(app, app_token)
        handler.client.wss_uri = ticket["url"]
        try:
            async with asyncio.timeout(HANDSHAKE):
                await handler.connect_async()  # type: ignore[no-untyped-call]
            await _while_connected(handler, health)
        except TimeoutError:
            log.warning("Slack did not take the connection of Socket Mode")
            await health.failing("it does not take the connection of Socket Mode")
        finally:
            await handler.close_async()  # type: ignore[no-untyped-call]


async def over_http(app: AsyncApp, port: int, health: Health, tls: Tls) -> None:
    """Serves events and interactivity at /slack/events, until cancelled; Bolt checks their signature."""
    async with served(app, port, tls):
        await forever(health)


def served(app: AsyncApp, port: int, tls: Tls) -> AbstractAsyncContextManager[None]:
    """Serves what the app answers over HTTP, also where it is installed, while the context is open."""
    return serving(app.web_app(path="/slack/events"), port, "BILLIFY_SLACK_PORT", tls)


async def asked(ask: Callable[[], Awaitable[AsyncSlackResponse]], complaint: str, health: Health) -> AsyncSlackResponse:
    """Slack's answer, as soon as it gives one.

    Raises: ChannelMisconfigured, with the complaint that holds Slack's reason at {}, when it rejects us.
    """
    tries = 0
    while True:
        try:
            return await ask()
        except (SlackApiError, ClientError, TimeoutError) as error:
            said = reason(error)
            if said in REJECTED:
                raise ChannelMisconfigured(complaint.format(said)) from None
        tries += 1
        pause = growing(PAUSE, tries)
        log.warning("Slack cannot be reached (%s); trying again in %.0f s", said, pause)
        await health.failing(said)
        await asyncio.sleep(pause)


async def _while_connected(handler: AsyncSocketModeHandler, health: Health) -> None:
    missed = 0
    while missed < CHECKS:
        if missed == 0:
            await health.well()
        await asyncio.sleep(CHECK)
        missed = 0 if await handler.client.is_connected() else missed + 1
    await health.failing("the connection is lost")
    log.warning("The connection to Slack is lost; connecting anew")
