"""What people change or take away of what they wrote in Slack: events `message_changed` and `message_deleted`
(https://docs.slack.dev/reference/events/message/message_changed). Pure translation, and the listeners for it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from slack_bolt.app.async_app import AsyncApp

from bot.channels.channel import Accept
from bot.channels.slack import inbound
from handlers.messages import Message

JSON = dict[str, Any]


def listen(app: AsyncApp, us: Callable[[], str], accept: Accept, in_order: asyncio.Lock) -> None:
    """Has changed and deleted messages accepted in their order; to be called before the app listens to all messages."""

    async def changed(event: JSON, body: JSON) -> None:
        async with in_order:
            message = to_edit(event, body["team_id"], us())
            if message:
                await accept(message)

    async def deleted(event: JSON, body: JSON) -> None:
        async with in_order:
            message = to_deletion(event, body["team_id"], us())
            if message:
                await accept(message)

    app.event({"type": "message", "subtype": "message_changed"})(changed)
    app.event({"type": "message", "subtype": "message_deleted"})(deleted)


def to_edit(event: JSON, team: str, us: str) -> Message | None:
    """An earlier message as its sender has changed it; None where Slack only added a preview, or it is none of ours."""
    now, before = event.get("message") or {}, event.get("previous_message") or {}
    said = _in_place(event, now)
    same = now.get("text") == before.get("text") and inbound.files_of(now) == inbound.files_of(before)
    if same or not _is_for_us(us, said):
        return None
    message = inbound.to_message(said, team, us, "")
    return replace(message, key=f"{message.key}:edited:{(now.get('edited') or {}).get('ts', event['ts'])}", edited=True)


def to_deletion(event: JSON, team: str, us: str) -> Message | None:
    """A message that its sender took away; None for what was not for us."""
    said = _in_place(event, event.get("previous_message") or {})
    if not _is_for_us(us, said):
        return None
    message = inbound.to_message(said, team, us, "")
    return replace(
        message, key=f"{message.key}:deleted", deleted=True, addressed=True, text="", attachments=(), quoted=()
    )


def _in_place(event: JSON, message: JSON) -> JSON:
    """The message with where it stands, which the event says of both."""
    return {"channel": event["channel"], "channel_type": event.get("channel_type")} | message


def _is_for_us(us: str, said: JSON) -> bool:
    return inbound.is_written(said) and (inbound.is_addressed(us, said) or inbound.may_concern(us, said))
