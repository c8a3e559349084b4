"""What arrives from Slack, as a `Message`: pure translation, nothing is fetched or answered."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from datetime import UTC, datetime

from bot.channels.slack.views.modals import filled_in, origin_of
from bot.channels.slack.workspaces.addresses import JSON, Source, apart
from handlers.messages import Attachment, Message

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


def attachments_of(event: JSON, source: Source) -> tuple[Attachment, ...]:
    """The files of a message as attachments."""
    return tuple(_attachment(file, source) for file in files_of(event))


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


def to_message(event: JSON, source: Source, us: str, name: str, names: Mapping[str, str] | None = None) -> Message:
    """A message or app_mention event. Both come for one message that names us, and have the same key. `names` are what
    those are called who are mentioned, `quoted` the files with which its thread began, to be recorded."""
    channel, ts, thread = source.place(event["channel"]), event["ts"], event.get("thread_ts")
    said, cited = _words(event.get("text", ""), us, names or {})
    return Message(
        key=f"slack:{source.team}:{event['channel']}:{ts}",
        channel="slack",
        conversation=_conversation(channel, ts, thread),
        sender=source.person(event["user"]),
        sender_name=name,
        sent_at=_moment(ts),
        text=said or cited,
        attachments=attachments_of(event, source),
        answers=f"thread:{channel}:{thread}" if _is_in_thread(event) else None,
        ids=(f"{channel}:{ts}",),
        shared=is_shared(event["channel"], event.get("channel_type")),
        addressed=is_addressed(us, event),
        forwarded=not said and bool(cited or event.get("attachments")),
    )


def to_command(body: JSON, source: Source, name: str) -> Message:
    """A slash command ("/billify due"). Others do not see it, so it is answered in the direct chat with whoever gave
    it."""
    person, said = source.person(body["user_id"]), body.get("text", "").strip()
    words, quoted = _words(said, "", {})
    return Message(
        key=f"slack:{source.team}:command:{body['trigger_id']}",
        channel="slack",
        conversation=person,
        sender=person,
        sender_name=name,
        sent_at=datetime.now(UTC),
        text=f"/{words or quoted or 'help'}",
    )


def to_record(body: JSON, source: Source, name: str) -> Message:
    """The message shortcut "Record this invoice": the files of somebody's message, whoever that is. Words alone are
    taken for somebody else's, which order nothing."""
    meant, channel = body["message"], source.place(body["channel"]["id"])
    ts, files = meant["ts"], files_of(meant)
    return Message(
        key=f"slack:{source.team}:{body['channel']['id']}:record:{ts}:{body['action_ts']}",
        channel="slack",
        conversation=_conversation(channel, ts, meant.get("thread_ts")),
        sender=source.person(body["user"]["id"]),
        sender_name=name,
        sent_at=_moment(body["action_ts"]),
        text="" if files else _words(meant.get("text", ""), "", {})[0],
        attachments=attachments_of(meant, source),
        ids=(f"{channel}:{ts}",),
        shared=is_shared(body["channel"]["id"]),
        forwarded=not files,
    )


def to_press(body: JSON, source: Source, name: str) -> Message:
    """The payload of a pressed button, or of a chosen line of a menu (block_actions), under a message or in the Home
    tab, whose answer goes to the direct chat."""
    action, container = body["actions"][0], body["container"]
    person = source.person(body["user"]["id"])
    told: JSON = {"conversation": (body.get("view") or {}).get("private_metadata") or person}
    if container["type"] != "view":
        told = _under(source, container["channel_id"], container["message_ts"], container.get("thread_ts"))
    return Message(
        key=f"slack:{source.team}:{container.get('channel_id', 'home')}:{action['action_ts']}",
        channel="slack",
        sender=person,
        sender_name=name,
        sent_at=_moment(action["action_ts"]),
        choice=choice_of(action),
        **told,
    )


def to_filled(body: JSON, source: Source, name: str) -> Message:
    """The payload of a modal that was submitted (view_submission): the button that opened it, with what was typed."""
    view = body["view"]
    origin = origin_of(view)
    return Message(
        key=f"slack:{source.team}:view:{view['id']}",
        channel="slack",
        sender=source.person(body["user"]["id"]),
        sender_name=name,
        sent_at=datetime.now(UTC),
        choice=origin.choice,
        filled=filled_in(view),
        **_under(source, origin.channel, origin.ts, origin.thread),
    )


def _under(source: Source, channel: str, ts: str, thread: str | None) -> JSON:
    """What is known of a message by the one of ours that it was done under."""
    place = source.place(channel)
    return {
        "conversation": _conversation(place, ts, thread),
        "answers": f"sent:{place}:{ts}",
        "shared": is_shared(channel),
    }


def choice_of(action: JSON) -> str:
    """What a pressed button or the chosen line of a menu sends back."""
    return str(action["selected_option"]["value"] if "selected_option" in action else action["value"])


def _conversation(place: str, ts: str, thread: str | None) -> str:
    """The channel, and the thread. What is said outside of a thread begins one, but in a direct message."""
    if thread in (None, ts):
        return place if apart(place)[1].startswith("D") else f"{place}:{ts}"
    return f"{place}:{thread}"


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


def _attachment(file: JSON, source: Source) -> Attachment:
    """By its id, for the event may lack all the rest (file_access: check_file_info)."""
    kind = file.get("mimetype") or "application/octet-stream"
    return Attachment(file.get("name") or "file", kind, handle=source.place(file["id"]))
