"""What people edit and delete in Slack comes in as that, through Bolt, and what Slack only decorates does not."""

from __future__ import annotations

from typing import Any

from bot.channels.slack.originals import to_deletion, to_edit
from bot.channels.slack.workspaces.addresses import Source
from tests.fakes.platforms.slack import TEAM, US

WRITTEN = {"user": "U1", "ts": "1742549400.000100", "text": "total is 12"}
IN_DIRECT = {"channel": "D1", "channel_type": "im", "ts": "1742549500.000200"}
IN_CHANNEL = {"channel": "C1", "channel_type": "channel", "ts": "1742549500.000200"}


def changed(place: dict[str, Any], **now: Any) -> dict[str, Any]:
    edited = {"edited": {"user": "U1", "ts": "1742549500.000000"}}
    return place | {"subtype": "message_changed", "message": WRITTEN | edited | now, "previous_message": WRITTEN}


async def test_an_edit_comes_in_as_one_of_the_same_message(platform, accept, listener):
    await platform.push(platform.message("total is 12", ts=WRITTEN["ts"], channel="D1"))
    first = await accept.take()
    body = platform.message()
    body["event"] = changed(IN_DIRECT, text="total is 13") | {"type": "message"}
    await platform.push(body)
    second = await accept.take(2)
    assert (second.text, second.edited, second.ids) == ("total is 13", True, first.ids)
    assert second.key != first.key
    body = platform.message()
    gone = {"type": "message", "subtype": "message_deleted", "previous_message": WRITTEN | {"text": "total is 13"}}
    body["event"] = IN_DIRECT | gone
    await platform.push(body)
    third = await accept.take(3)
    assert (third.deleted, third.text, third.ids) == (True, "", first.ids)


def test_what_is_no_edit_of_a_person_is_none():
    assert to_edit(changed(IN_DIRECT), Source(TEAM), US) is None, "a preview was added"
    assert to_edit(changed(IN_DIRECT, text="x", bot_id="B1"), Source(TEAM), US) is None, "a card of ours was renewed"
    assert to_edit(changed(IN_CHANNEL, text="lunch?"), Source(TEAM), US) is None
    assert to_deletion(IN_CHANNEL | {"previous_message": WRITTEN}, Source(TEAM), US) is None


def test_an_edit_that_names_us_is_for_us():
    message = to_edit(changed(IN_CHANNEL, text=f"<@{US}> total is 13"), Source(TEAM), US)
    assert message is not None and message.addressed and message.shared and message.text == "total is 13"
    again = to_edit(changed(IN_CHANNEL, text=f"<@{US}> total is 13"), Source(TEAM), US)
    assert again is not None and again.key == message.key, "Slack may bring it twice"


def test_an_edit_in_a_thread_in_which_we_wrote_is_for_us():
    event = changed(IN_CHANNEL, text="total is 13", thread_ts="1742549300.000000")
    assert to_edit(event, Source(TEAM), US) is None
    message = to_edit(event, Source(TEAM), US, ours=True)
    assert message is not None and not message.addressed
    assert message.lookups == ("user:U1",), "its sender is called by name once it is durable"
    gone = IN_CHANNEL | {"previous_message": WRITTEN | {"thread_ts": "1742549300.000000"}}
    assert to_deletion(gone, Source(TEAM), US, ours=True) is not None
