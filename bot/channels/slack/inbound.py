"""What arrives from Slack, as a `Message`: pure translation, nothing is fetched or answered."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from handlers.messages import Attachment, Message

JSON = dict[str, Any]
WRITTEN = (None, "file_share", "thread_broadcast")
"""Subtypes of a message event that a person wrote; others tell of edits, joins, topics, bots…"""


def is_written(event: JSON) -> bool:
    """Whether a person wrote it just now: no bot, no edit, no note of the channel's own."""
    return bool(event.get("user")) and not event.get("bot_id") and event.get("subtype") in WRITTEN


def is_shared(channel: str, channel_type: str | None = None) -> bool:
    """Whether others than the sender read a channel: all but a direct message between the person and us."""
    return not channel.startswith("D") and channel_type != "im"


def is_addressed(us: str, event: JSON) -> bool:
    """Whether it is said to our user: in a direct message, or naming us. What stands in a thread is said to whoever
    writes there."""
    return not is_shared(event["channel"], event.get("channel_type")) or f"<@{us}>" in event.get("text", "")


def may_concern(us: str, event: JSON) -> bool:
    """Whether it may be for us although it does not name us: a file, where all files are read, or a line in the thread
    of a message of ours."""
    return bool(files_of(event)) or (_is_in_thread(event) and event.get("parent_user_id") == us)


def files_of(event: JSON) -> list[JSON]:
    """The files of a message, and those of a message that it passes on."""
    passed_on = [file for part in event.get("attachments") or () for file in part.get("files") or ()]
    return [*(event.get("files") or ()), *passed_on]


def attachments_of(event: JSON) -> tuple[Attachment, ...]:
    """The files of a message as attachments."""
    return tuple(_attachment(file) for file in files_of(event))


def lookups(us: str, event: JSON) -> tuple[str, ...]:
    """What an event does not say: who wrote and who is mentioned are ids, and what a thread is about lies elsewhere."""
    people = dict.fromkeys((event["user"], *sorted(mentioned(event) - {us})))
    thread = (f"thread:{event['channel']}:{event['thread_ts']}",) if asks_to_record(us, event) else ()
    return (*(f"user:{user}" for user in people), *thread)


def mentioned(event: JSON) -> set[str]:
    """The users that a message names without what they are called."""
    return set(re.findall(r"<@([UW]\w+)>", event.get("text", "")))


def asks_to_record(us: str, event: JSON) -> bool:
    """Whether it names us in a thread, with no more than that what the thread is about is to be recorded."""
    in_theirs = _is_in_thread(event) and event.get("parent_user_id") != us
    if not (in_theirs and is_addressed(us, event)) or files_of(event):
        return False
    said, _ = _words(event.get("text", ""), us, {})
    return not said or bool(_RECORD.search(said))


_RECORD = re.compile(r"\b(record|read|book|scan|enter|add|take|process|erfass\w*|lies|lese|buch\w*|verbuch\w*)\b", re.I)


def to_message(
    event: JSON, team: str, us: str, name: str, names: Mapping[str, str] | None = None, quoted: Sequence[JSON] = ()
) -> Message:
    """A message or app_mention event. Both come for one message that names us, and have the same key. `names` are what
    those are called who are mentioned, `quoted` the files with which its thread began, to be recorded."""
    channel, ts, thread = event["channel"], event["ts"], event.get("thread_ts")
    said, cited = _words(event.get("text", ""), us, names or {})
    return Message(
        key=f"slack:{team}:{channel}:{ts}",
        channel="slack",
        conversation=_conversation(channel, ts, thread),
        sender=event["user"],
        sender_name=name,
        sent_at=_moment(ts),
        text=said or cited,
        attachments=attachments_of(event),
        quoted=tuple(_attachment(file) for file in quoted),
        answers=f"thread:{channel}:{thread}" if _is_in_thread(event) else None,
        ids=(f"{channel}:{ts}",),
        shared=is_shared(channel, event.get("channel_type")),
        addressed=is_addressed(us, event),
        forwarded=not said and bool(cited or event.get("attachments")),
    )


def to_command(body: JSON, name: str) -> Message:
    """A slash command ("/billify due"). Others do not see it, so it is answered in the direct chat with whoever gave
    it."""
    user, said = body["user_id"], body.get("text", "").strip()
    words, quoted = _words(said, "", {})
    return Message(
        key=f"slack:{body['team_id']}:command:{body['trigger_id']}",
        channel="slack",
        conversation=body["channel_id"] if body["channel_id"].startswith("D") else user,
        sender=user,
        sender_name=name,
        sent_at=datetime.now(UTC),
        text=f"/{words or quoted or 'help'}",
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
        shared=is_shared(channel),
    )


def _conversation(channel: str, ts: str, thread: str | None) -> str:
    """The channel, and the thread. What is said outside of a thread begins one, but in a direct message."""
    if thread in (None, ts):
        return channel if channel.startswith("D") else f"{channel}:{ts}"
    return f"{channel}:{thread}"


def _moment(ts: str) -> datetime:
    return datetime.fromtimestamp(float(ts), UTC)


def _is_in_thread(event: JSON) -> bool:
    return event.get("thread_ts") not in (None, event["ts"])


def _words(text: str, us: str, names: Mapping[str, str]) -> tuple[str, str]:
    """What was typed, and what was quoted: without our name, with links, mentions and escapes as they were written.

    https://docs.slack.dev/messaging/formatting-message-text: <url|label>, <@user>, <#channel|name>, <!here>. An address
    that was typed without "https://" comes as a link with itself as its label. Lines that begin with ">" are quoted.
    """
    text = text.replace(f"<@{us}>", "") if us else text
    text = re.sub(r"<(?:mailto:|tel:)([^|>]*)(?:\|[^>]*)?>", r"\1", text)
    text = re.sub(r"<@([UW]\w+)>", lambda found: names.get(found[1]) or f"@{found[1]}", text)
    text = re.sub(r"<!(?:subteam\^\w+|date\^[^|>]*)\|([^>]*)>", r"\1", text)
    text = re.sub(r"<!(here|channel|everyone)(?:\|[^>]*)?>", r"@\1", text)
    text = re.sub(r"<([@#])[^|>]*\|([^>]*)>", r"\1\2", text)
    text = re.sub(r"<([^|>]*)(?:\|([^>]*))?>", _link, text)
    lines = html.unescape(text).splitlines()
    said = "\n".join(line for line in lines if not line.startswith(">"))
    quoted = "\n".join(line.lstrip("> ") for line in lines if line.startswith(">"))
    return said.strip(), quoted.strip()


def _link(found: re.Match[str]) -> str:
    """A link as it was typed: the address, or its label where the platform only put "https://" before that."""
    url, label = found[1], found[2]
    return label if label and url.partition("://")[2].rstrip("/") == label.rstrip("/") else url


def _attachment(file: JSON) -> Attachment:
    """By its id, for the event may lack all the rest (file_access: check_file_info)."""
    kind = file.get("mimetype") or "application/octet-stream"
    return Attachment(file.get("name") or "file", kind, handle=file["id"])
