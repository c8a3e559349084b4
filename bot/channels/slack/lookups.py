"""What an event of Slack does not say, and is looked up once it is durable: how people are called, what began a thread.

Slack is answered before that, whatever these requests take: it wants its answer within three seconds.
"""

from __future__ import annotations

import asyncio
import logging
import re
import time
from collections.abc import Awaitable, Callable
from dataclasses import replace

from aiohttp import ClientError
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.channels.slack import inbound
from bot.channels.slack.refusal import PASSING, reason
from bot.channels.slack.workspaces.addresses import Source, apart
from handlers.messages import Attachment, Message

NAME_SECONDS = 2.0
"""A name is not worth waiting for longer; without it people are called by what we know of them."""
THREAD_SECONDS = 10.0
KEPT_SECONDS, MISSED_SECONDS = 3600.0, 60.0
"""How long a name is kept, and that it cannot be had."""

log = logging.getLogger(__name__)


class Lookups:
    """Completes messages; keeps names for a while."""

    def __init__(self, client_of: Callable[[str], Awaitable[AsyncWebClient]]) -> None:
        """`client_of` gives the client for an address of a conversation."""
        self._client_of = client_of
        self._names: dict[tuple[str, str], tuple[str, float]] = {}

    async def complete(self, message: Message) -> Message:
        """The message with what `inbound.lookups` named.

        Raises: SlackApiError, ClientError, TimeoutError where the files of a thread cannot be had just now.
        """
        if not message.lookups:
            return message
        workspace, _ = apart(message.conversation)
        client = await self._client_of(message.conversation)
        asked = [one.split(":") for one in message.lookups]
        people = [one[1] for one in asked if one[0] == "user"]
        names = dict(
            zip(people, await asyncio.gather(*(self._name(client, workspace, user) for user in people)), strict=True)
        )
        text = message.text
        for user, name in names.items():
            text = re.sub(rf"@{user}\b", lambda _, name=name: name, text) if name else text  # type: ignore[misc]
        began = [
            await _began_with(client, Source("", workspace), channel, thread)
            for kind, channel, *thread in asked
            if kind == "thread"
        ]
        return replace(
            message,
            text=text,
            sender_name=names.get(apart(message.sender)[1]) or message.sender_name,
            quoted=(*message.quoted, *(file for files in began for file in files)),
            lookups=(),
        )

    async def _name(self, client: AsyncWebClient, workspace: str, user: str) -> str:
        """What a person is called; empty where the app may not see it (scope users:read), or not soon enough."""
        name, until = self._names.get((workspace, user), ("", 0.0))
        if until > time.monotonic():
            return name
        try:
            async with asyncio.timeout(NAME_SECONDS):
                profile = (await client.users_info(user=user))["user"]["profile"]
            name = profile.get("display_name") or profile.get("real_name") or ""
        except (SlackApiError, ClientError, TimeoutError, KeyError) as error:
            log.info("The name of a person in Slack cannot be read (%s)", reason(error))
        self._names[workspace, user] = name, time.monotonic() + (KEPT_SECONDS if name else MISSED_SECONDS)
        return name


async def _began_with(
    client: AsyncWebClient, source: Source, channel: str, thread: list[str]
) -> tuple[Attachment, ...]:
    """The files of the message that a thread began with; none, as far as the app may not read it."""
    try:
        async with asyncio.timeout(THREAD_SECONDS):
            found = await client.conversations_replies(channel=channel, ts=thread[0], limit=1)
    except SlackApiError as error:
        if reason(error) in PASSING:
            raise
        log.info("A thread cannot be read (%s); its first message is not looked at", reason(error))
        return ()
    return inbound.attachments_of(found["messages"][0], source) if found["messages"] else ()
