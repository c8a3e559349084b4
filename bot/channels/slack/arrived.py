"""Whether something arrived in Slack though its answer was lost: messages carry the key of what they say, files a name.

https://docs.slack.dev/messaging/message-metadata: people do not see it, and our app reads its own.
"""

from __future__ import annotations

import logging
from datetime import timedelta
from typing import Any

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.channels.channel import Outgoing
from bot.channels.slack.refusal import is_passing, reason

EVENT = "billify_reply"
LATEST = 100
"""Messages that are looked through."""
_EARLIER = timedelta(minutes=2)
"""So much clocks may differ."""

log = logging.getLogger(__name__)


def mark(outgoing: Outgoing) -> dict[str, Any]:
    """The metadata of a message that says what it is."""
    return {"event_type": EVENT, "event_payload": {"key": outgoing.key}}


async def find(client: AsyncWebClient, channel: str, thread: str | None, outgoing: Outgoing) -> str | None:
    """The id ("C1:1742.5") under which it stands in the channel; None where it does not, or we may not look.

    Raises: SlackApiError where Slack has trouble, so that it cannot be said.
    """
    asked: dict[str, Any] = {"channel": channel, "limit": LATEST, "include_all_metadata": True}
    try:
        if thread:
            found = await client.conversations_replies(ts=thread, **asked)
        else:
            found = await client.conversations_history(**asked)
    except SlackApiError as error:
        if is_passing(error):
            raise
        log.info("It cannot be seen whether %s arrived (%s); it is sent", outgoing.key, reason(error))
        return None
    its = next((one for one in found["messages"] if _is_it(one, outgoing)), None)
    return f"{channel}:{its['ts']}" if its else None


def _is_it(message: dict[str, Any], outgoing: Outgoing) -> bool:
    if outgoing.file is None:
        metadata = message.get("metadata") or {}
        return bool(metadata.get("event_payload", {}).get("key") == outgoing.key)
    assert outgoing.tried_since is not None, "only what was tried is looked for"
    name = outgoing.reply.attachments[outgoing.file].name
    since = (outgoing.tried_since - _EARLIER).timestamp()
    named = any(file.get("name") == name for file in message.get("files") or ())
    return named and bool(message.get("bot_id") or message.get("app_id")) and float(message["ts"]) >= since
