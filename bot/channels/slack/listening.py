"""Bringing events in, each acknowledged to Slack only after it was accepted.

Bolt dispatches, over Socket Mode or HTTP alike; with `process_before_response` it answers after a listener
is through, and with an error when it failed, upon which Slack brings the event again.
"""

from __future__ import annotations

import asyncio
import logging
import re
from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any, NoReturn

from aiohttp import ClientError
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.app.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot.channels.channel import Accept, ChannelMisconfigured, Health
from bot.channels.serving import forever, serving
from bot.channels.slack import inbound
from bot.channels.slack.refusal import LOCKED_OUT, reason
from bot.channels.supervision import growing
from handlers.messages import Message

PAUSE = 3.0
"""Seconds to wait before Slack is asked again, after it could not be reached."""
CHECK = 10.0
"""Seconds between looks at whether the connection of Socket Mode still stands."""
CHECKS = 6
"""After so many looks without one it is made anew, with a new ticket: the client itself insists on its old one."""
HANDSHAKE = 30.0
"""Seconds within which a new connection must stand."""

COMMAND = "/billify"
"""The slash command of our app."""

REJECTED = {*LOCKED_OUT, "missing_scope"}
"""Answers to a token that is none, or of another kind than we need."""

log = logging.getLogger(__name__)


class Listener:
    """Knows who we are in a workspace. Nothing is asked of Slack before an event is durable (see `lookups`)."""

    def __init__(self, client: AsyncWebClient, accept: Accept, health: Health) -> None:
        self._client = client
        self._accept = accept
        self._health = health
        self._us = ""
        self._let_in: AuthorizeResult | None = None
        self._in_order = asyncio.Lock()

    async def introduce(self) -> None:
        """Asks Slack who we are, until it answers. Raises: ChannelMisconfigured for a wrong token."""
        answer = await asked(
            self._client.auth_test,
            "Slack does not accept the bot token ({}). Set BILLIFY_SLACK_BOT_TOKEN to the Bot User OAuth Token "
            "(xoxb-…) that your app shows under OAuth & Permissions.",
            self._health,
        )
        self._us = answer["user_id"]
        self._let_in = AuthorizeResult.from_auth_test_response(bot_token=self._client.token, auth_test_response=answer)

    def app(self, signing_secret: str) -> AsyncApp:
        """The app of Bolt that brings us messages and pressed buttons, and acknowledges all else."""

        async def known() -> AuthorizeResult:  # else Bolt asks Slack before it answers the first event
            assert self._let_in is not None, "introduce() comes first"
            return self._let_in

        app = AsyncApp(
            name="billify",
            client=self._client,
            authorize=known,
            signing_secret=signing_secret,
            process_before_response=True,
        )
        app.event("message")(self.said)
        app.event("app_mention")(self.said)
        app.event(re.compile(".+"))(_ignore)
        app.action(re.compile(".+"))(self.pressed)
        app.command(COMMAND)(self.commanded)
        return app

    async def said(self, event: dict[str, Any], body: dict[str, Any]) -> None:
        """An event of a message: accepts it when it is for us, or may concern us."""
        async with self._in_order:
            if not inbound.is_written(event):
                return
            try:
                if not (inbound.is_addressed(self._us, event) or inbound.may_concern(self._us, event)):
                    return
                message = inbound.to_message(event, body["team_id"], self._us, "")
                message = replace(message, lookups=inbound.lookups(self._us, event))
            except Exception:  # of any kind: Slack would bring it again and again
                log.warning("An event of Slack is not understood and is skipped", exc_info=True)
                return
            await self._accept(message)

    async def commanded(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        """A slash command: accepts it as one."""
        async with self._in_order:
            await self._accept(_by_whom(inbound.to_command(body, "")))
        await ack()

    async def pressed(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        """A pressed button: accepts it as a choice."""
        async with self._in_order:
            await self._accept(_by_whom(inbound.to_press(body, "")))
        await ack()


def _by_whom(message: Message) -> Message:
    """The message, with its sender's name to be looked up once it is durable."""
    return replace(message, lookups=(f"user:{message.sender}",))


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


async def over_http(app: AsyncApp, port: int, health: Health) -> None:
    """Serves events and interactivity at /slack/events, until cancelled; Bolt checks their signature."""
    async with serving(app.web_app(path="/slack/events"), port, "BILLIFY_SLACK_PORT"):
        await forever(health)


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


async def _ignore() -> None:
    """An event that the app is subscribed to but Billify has no use for: acknowledged."""
