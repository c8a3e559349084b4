"""What people change or take away of what they wrote in Slack: events `message_changed` and `message_deleted`
(https://docs.slack.dev/reference/events/message/message_changed). Pure translation, and the listeners for it."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Protocol

from slack_bolt.app.async_app import AsyncApp
from slack_bolt.context.async_context import AsyncBoltContext

from bot.channels.channel import Accept
from bot.channels.slack import inbound
from bot.channels.slack.workspaces.addresses import JSON, Source
from handlers.messages import Message

TakesPart = Callable[[JSON, Source], Awaitable[bool]]
"""Whether a message stands in a thread in which we wrote."""

log = logging.getLogger(__name__)


class Translates(Protocol):
    """`to_edit` and `to_deletion`."""

    def __call__(self, event: JSON, source: Source, us: str, *, ours: bool = False) -> Message | None:
        """The message; None for what is not for us. `ours`: it stands in a thread in which we wrote."""
        ...


def listen(
    app: AsyncApp, source_of: Callable[[JSON], Source], takes_part: TakesPart, accept: Accept, in_order: asyncio.Lock
) -> None:
    """Has changed and deleted messages accepted in their order; to be called before the app listens to all messages.
    `source_of` says of the body of an event where it is from."""

    async def take(translate: Translates, said: JSON, body: JSON, us: str) -> None:
        async with in_order:
            try:
                source = source_of(body | {"event": said})
                ours = await takes_part(said, source)
                message = translate(body["event"], source, us, ours=ours)
            except (KeyError, TypeError, ValueError, AttributeError):  # Slack would bring it again and again
                log.warning("An event of Slack is not understood and is skipped", exc_info=True)
                return
            if message:
                await accept(message)

    async def changed(event: JSON, body: JSON, context: AsyncBoltContext) -> None:
        await take(to_edit, _in_place(event, event.get("message")), body, context.bot_user_id or "")

    async def deleted(event: JSON, body: JSON, context: AsyncBoltContext) -> None:
        await take(to_deletion, _in_place(event, event.get("previous_message")), body, context.bot_user_id or "")

    app.event({"type": "message", "subtype": "message_changed"})(changed)
    app.event({"type": "message", "subtype": "message_deleted"})(deleted)


def to_edit(event: JSON, source: Source, us: str, *, ours: bool = False) -> Message | None:
    """An earlier message as its sender has changed it; None where Slack only added a preview, or it is none for us.
    `ours`: it stands in a thread in which we wrote."""
    now, before = event.get("message") or {}, event.get("previous_message") or {}
    said = _in_place(event, now)
    same = now.get("text") == before.get("text") and inbound.files_of(now) == inbound.files_of(before)
    if same or not _is_for_us(us, said, ours):
        return None
    message = inbound.to_message(said, source, us, "")
    key = f"{message.key}:edited:{(now.get('edited') or {}).get('ts', event['ts'])}"
    return replace(message, key=key, edited=True, lookups=inbound.lookups(us, said))


def to_deletion(event: JSON, source: Source, us: str, *, ours: bool = False) -> Message | None:
    """A message that its sender took away; None for what was not for us. `ours` as above."""
    said = _in_place(event, event.get("previous_message"))
    if not _is_for_us(us, said, ours):
        return None
    message = inbound.to_message(said, source, us, "")
    return replace(
        message, key=f"{message.key}:deleted", deleted=True, addressed=True, text="", attachments=(), quoted=()
    )


def _in_place(event: JSON, message: JSON | None) -> JSON:
    """The message with where it stands, which the event says of both."""
    return {"channel": event.get("channel"), "channel_type": event.get("channel_type")} | (message or {})


def _is_for_us(us: str, said: JSON, ours: bool) -> bool:
    return inbound.is_written(said) and (ours or inbound.is_addressed(us, said) or inbound.may_concern(us, said))
