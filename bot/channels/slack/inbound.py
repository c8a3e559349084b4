"""What arrives from Slack, as a `Message`: pure translation, nothing is fetched or answered."""

from __future__ import annotations

import html
import re
from datetime import UTC, datetime
from typing import Any

from handlers.messages import Attachment, Message

JSON = dict[str, Any]
WRITTEN = (None, "file_share", "thread_broadcast")
"""Subtypes of a message event that a person wrote; others tell of edits, joins, topics, bots…"""


def is_written(event: JSON) -> bool:
    """Whether a person wrote it just now: no bot, no edit, no note of the channel's own."""
    return bool(event.get("user")) and not event.get("bot_id") and event.get("subtype") in WRITTEN


def is_meant_for(us: str, event: JSON) -> bool:
    """Whether it is plain from the event alone that it is for our user: said to us, naming us, or to ours.

    An answer in a thread that somebody else began may be for us too; only Slack knows whether we take part.
    """
    return (
        event.get("channel_type") == "im"
        or event["channel"].startswith("D")
        or f"<@{us}>" in event.get("text", "")
        or event.get("parent_user_id") == us
    )


def to_message(event: JSON, team: str, us: str, name: str) -> Message:
    """A message or app_mention event. Both come for one message that names us, and have the same key."""
    channel, ts, thread = event["channel"], event["ts"], event.get("thread_ts")
    is_answer = thread not in (None, ts) and event.get("parent_user_id", us) == us
    return Message(
        key=f"slack:{team}:{channel}:{ts}",
        channel="slack",
        conversation=_conversation(channel, ts, thread),
        sender=event["user"],
        sender_name=name,
        sent_at=_moment(ts),
        text=_words(event.get("text", ""), us),
        attachments=tuple(_attachment(file) for file in event.get("files", ())),
        answers=f"sent:{channel}:{thread}" if is_answer else None,
    )


def to_press(body: JSON, name: str) -> Message:
    """The payload of a pressed button (block_actions)."""
    action, container = body["actions"][0], body["container"]
    channel, ts = container["channel_id"], container["message_ts"]
    return Message(
        key=f"slack:{body['team']['id']}:{channel}:{action['action_ts']}",
        channel="slack",
        conversation=_conversation(channel, ts, container.get("thread_ts")),
        sender=body["user"]["id"],
        sender_name=name,
        sent_at=_moment(action["action_ts"]),
        choice=action["value"],
        answers=f"sent:{channel}:{ts}",
    )


def _conversation(channel: str, ts: str, thread: str | None) -> str:
    """The channel, and the thread. What is said outside of a thread begins one, but in a direct message."""
    if thread in (None, ts):
        return channel if channel.startswith("D") else f"{channel}:{ts}"
    return f"{channel}:{thread}"


def _moment(ts: str) -> datetime:
    return datetime.fromtimestamp(float(ts), UTC)


def _words(text: str, us: str) -> str:
    """What was typed: without our name, and with links and escapes as people see them.

    https://docs.slack.dev/messaging/formatting-message-text: <url|label>, <@user>, <#channel|name>, <!here>.
    """
    text = text.replace(f"<@{us}>", "")
    text = re.sub(r"<(mailto:|tel:)([^|>]*)(\|[^>]*)?>", r"\2", text)
    text = re.sub(r"<([@#!])([^|>]*)\|([^>]*)>", r"\1\3", text)
    text = re.sub(r"<([^|>]*)(\|[^>]*)?>", r"\1", text)
    return html.unescape(text).strip()


def _attachment(file: JSON) -> Attachment:
    """By its id, for the event may lack all the rest (file_access: check_file_info)."""
    kind = file.get("mimetype") or "application/octet-stream"
    return Attachment(file.get("name") or "file", kind, handle=file["id"])
