"""Slack is acknowledged once a message is durable, whatever it takes to look up who wrote and what it is about."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest

from bot.channels.slack import Slack, lookups
from tests.fakes.platforms.memory_document_store import MemoryFiles
from tests.fakes.platforms.message_acceptor import Accepting, listening_to
from tests.fakes.platforms.slack import ANNA, BOT_TOKEN, OFFICE, SECRET, TEAM, US, FakeSlack, Refused
from tests.fakes.servers.ports import free_port, opened

THREAD = {"thread_ts": "1742540000.000005", "parent_user_id": ANNA, "channel": OFFICE, "channel_type": "channel"}
COMMAND = {
    "command": "/billify", "text": "due", "team_id": TEAM, "channel_id": OFFICE, "user_id": ANNA,
    "trigger_id": "13345224609.1", "response_url": "https://hooks.slack.com/x",
}  # fmt: skip


@pytest.fixture
async def platform() -> AsyncIterator[FakeSlack]:
    fake = FakeSlack()
    runner = await fake.start()
    yield fake
    for gate in fake.gates.values():
        gate.set()
    await fake.cut()
    await runner.cleanup()


@pytest.fixture
def accept() -> Accepting:
    return Accepting()


@pytest.fixture
async def slack(platform: FakeSlack, accept: Accepting) -> AsyncIterator[Slack]:
    """Over HTTP, at `slack._port`."""
    port = free_port()
    channel = Slack(
        bot_token=BOT_TOKEN, signing_secret=SECRET, files=MemoryFiles(), api_url=f"{platform.url}/api/", port=port
    )
    async with listening_to(channel, accept):
        await opened(port)
        yield channel
    await channel.close()


async def test_events_are_acknowledged_while_all_lookups_hang(
    platform: FakeSlack, slack: Slack, accept: Accepting
) -> None:
    """The gates open only afterwards: had it waited for a look-up, this would not end."""
    photo = platform.keep(b"a receipt", "IMG_1.jpg", "image/jpeg")
    platform.threads["1742540000.000005"] = {"text": "", "user": ANNA, "files": [photo]}
    platform.gates = {name: asyncio.Event() for name in ("users.info", "conversations.replies", "files.info")}
    assert await platform.post(platform.message("what's due?"), slack._port) == 200
    assert await platform.post(platform.message(f"<@{US}> record what <@UTOM> sent", **THREAD), slack._port) == 200
    assert await platform.post_form(COMMAND, slack._port) == 200
    assert len(accept.messages) == 3
    assert "users.info" not in [method for method, _ in platform.calls]
    for gate in platform.gates.values():
        gate.set()
    asked, record, command = [await slack.complete(message) for message in accept.messages.values()]
    assert asked.sender_name == command.sender_name == "Anna Berg"
    assert record.text == "record what Anna Berg sent", "as the fake calls everybody"
    assert [file.handle for file in record.quoted] == [photo["id"]]
    assert [method for method, _ in platform.calls].count("users.info") == 2, "names are kept"


async def test_a_name_that_does_not_come_is_done_without(
    platform: FakeSlack, slack: Slack, accept: Accepting, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lookups, "NAME_SECONDS", 0.05)
    platform.gates = {"users.info": asyncio.Event()}
    await platform.post(platform.message("what's due?"), slack._port)
    message = await slack.complete(await accept.take())
    assert (message.text, message.sender_name, message.lookups) == ("what's due?", "", ())


async def test_what_a_thread_began_with_is_asked_for_again_where_slack_is_away(
    platform: FakeSlack, slack: Slack, accept: Accepting
) -> None:
    photo = platform.keep(b"a receipt", "IMG_1.jpg", "image/jpeg")
    platform.threads["1742540000.000005"] = {"text": "", "user": ANNA, "files": [photo]}
    platform.refusals["conversations.replies"] = [Refused("internal_error", status=500)]
    await platform.post(platform.message(f"<@{US}> record this", **THREAD), slack._port)
    message = await accept.take()
    with pytest.raises(Exception, match="internal_error"):
        await slack.complete(message)
    assert len((await slack.complete(message)).quoted) == 1


async def test_an_event_of_another_shape_holds_up_no_other(
    platform: FakeSlack, slack: Slack, accept: Accepting, caplog: pytest.LogCaptureFixture
) -> None:
    strange = platform.message("hello", ts=None)
    assert await platform.post(strange, slack._port) == 200
    assert await platform.post(platform.message("what's due?"), slack._port) == 200
    assert (await accept.take()).text == "what's due?"
    assert "is not understood and is skipped" in caplog.text
