"""Nothing is lost on the way in, and nothing goes wrong twice on the way out."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime

import pytest

from bot.channels.channel import ChannelMisconfigured, Outgoing, Postponed
from bot.channels.slack import Slack, listening
from handlers.errors import BillifyError
from handlers.messages import Attachment, Card, Choice, Message, Reply
from tests.fakes.platforms.message_acceptor import listening_to
from tests.fakes.platforms.slack import APP_TOKEN, BOT_TOKEN, DIRECT, SECRET, Refused

ASKED = Message("slack:T1:D77:1", "slack", DIRECT, "UANNA", datetime(2025, 3, 21, tzinfo=UTC))


def outgoing(**reply) -> Outgoing:
    return Outgoing("slack:T1:D77:1#0", Reply(**reply), ASKED)


async def test_an_envelope_is_acknowledged_only_once_the_message_is_durable(platform, accept, listener):
    accept.gate.clear()
    envelope = await platform.push(platform.message("what's due?"))
    await accept.called(1)
    assert platform.acknowledged == []
    accept.gate.set()
    await platform.acknowledgement(envelope)
    assert len(accept.messages) == 1


async def test_a_message_that_could_not_be_kept_is_brought_again(platform, accept, listener):
    accept.failures = 1
    payload = platform.message("first")
    lost = await platform.push(payload)
    await platform.acknowledgement(await platform.push(platform.message("second")))
    assert lost not in platform.acknowledged
    await platform.acknowledgement(await platform.push(payload))
    assert [message.text for message in accept.messages.values()] == ["second", "first"]
    assert accept.calls[0] == accept.calls[2], "the same message has the same key"


async def test_a_press_that_could_not_be_kept_is_not_acknowledged(platform, slack, accept, http_port):
    sent = await slack.send(outgoing(text="?", choices=(Choice("yes", "Yes"),)))
    press = platform.press("Yes", sent)
    accept.failures = 1
    assert await platform.post(press, http_port) == 500
    assert await platform.post(press, http_port) == 200
    assert accept.calls[0] == accept.calls[1]


async def test_http_answers_only_once_the_message_is_durable(platform, accept, http_port):
    payload = platform.message("what's due?")
    accept.failures = 1
    assert await platform.post(payload, http_port) == 500
    accept.gate.clear()
    delivery = asyncio.create_task(platform.post(payload, http_port))
    await accept.called(2)
    assert not delivery.done()
    accept.gate.set()
    assert await delivery == 200


async def test_a_stranger_cannot_bring_events(platform, accept, http_port):
    assert await platform.post(platform.message("I am the owner"), http_port, secret="guess") == 401
    assert accept.calls == []


async def test_slack_can_verify_the_address(platform, http_port):
    assert await platform.post({"type": "url_verification", "challenge": "x"}, http_port) == 200


@pytest.mark.parametrize("stale", [0, 1])
async def test_a_lost_connection_is_made_anew(platform, slack, accept, monkeypatch, stale):
    monkeypatch.setattr(listening, "CHECK", 0.02)
    async with listening_to(slack, accept):
        await platform.connected()
        platform.stale_tickets = stale
        await platform.cut()
        await asyncio.wait_for(platform.insist(platform.message("still there?")), 20)
    assert (await accept.take()).text == "still there?"


async def test_listening_survives_an_outage_of_slack(platform, slack, accept):
    platform.refusals = {
        "auth.test": [Refused("internal_error")],
        "apps.connections.open": [Refused("service_unavailable")],
    }
    async with listening_to(slack, accept):
        await platform.acknowledgement(await platform.push(platform.message("still there?")))


@pytest.mark.parametrize(
    ("tokens", "named"),
    [
        ({"bot_token": "xoxb-wrong", "app_token": APP_TOKEN}, "BILLIFY_SLACK_BOT_TOKEN"),
        ({"bot_token": BOT_TOKEN, "app_token": "xapp-wrong"}, "BILLIFY_SLACK_APP_TOKEN"),
        ({"bot_token": BOT_TOKEN}, "BILLIFY_SLACK_APP_TOKEN .* BILLIFY_SLACK_SIGNING_SECRET"),
    ],
)
async def test_a_wrong_token_is_named(platform, files, accept, tokens, named):
    channel = Slack(files=files, api_url=f"{platform.url}/api/", **tokens)
    with pytest.raises(ChannelMisconfigured, match=named) as raised:
        await channel.listen(accept)
    assert "wrong" not in str(raised.value)


async def test_a_port_in_use_is_named(platform, files, accept):
    taken = int(platform.url.rpartition(":")[2])
    api = f"{platform.url}/api/"
    channel = Slack(bot_token=BOT_TOKEN, signing_secret=SECRET, files=files, api_url=api, port=taken)
    with pytest.raises(ChannelMisconfigured, match=f"Port {taken} .* BILLIFY_SLACK_PORT"):
        await channel.listen(accept)


async def test_an_edit_repeated_is_harmless(platform, slack):
    sent = await slack.send(outgoing(text="Reading…"))
    for _ in range(2):
        assert await slack.edit(sent, outgoing(text="Done.")) == sent
    assert platform.shown(sent)["text"] == "Done."
    assert len(platform.messages) == 1


async def test_a_message_that_was_deleted_is_sent_anew(platform, slack):
    sent = await slack.send(outgoing(text="Reading…"))
    platform.messages.clear()
    anew = await slack.edit(sent, outgoing(text="Done."))
    assert anew != sent
    assert platform.shown(anew)["text"] == "Done."


async def test_a_limit_puts_off_what_is_said(platform, slack):
    """Nobody waits for it with a conversation in hand: it goes on when the platform says."""
    platform.refusals["chat.postMessage"] = [Refused("ratelimited", wait=7)]
    with pytest.raises(Postponed) as raised:
        await slack.send(outgoing(text="Done."))
    assert (raised.value.after, raised.value.away) == (7, False)


async def test_a_picture_that_slack_cannot_show_does_not_hold_up_the_card(platform, slack, files):
    picture = Attachment("page.png", "image/png", await files.put(b"not a picture"))
    platform.slow_pictures = 99
    sent = await slack.send(outgoing(card=Card("Acme GmbH", picture=picture)))
    assert [block["type"] for block in platform.shown(sent)["blocks"]] == ["header"]


async def test_a_channel_without_us_is_told_how_to_let_us_in(platform, slack):
    platform.refusals["chat.postMessage"] = [Refused("not_in_channel")]
    with pytest.raises(BillifyError, match="/invite @Billify"):
        await slack.send(outgoing(text="Done."))


async def test_what_is_too_long_for_a_message_is_whole_in_a_file_below_it(platform, slack):
    answer = "\n".join(f"{n}. Acme GmbH 2024-{n} · €{n}.00" for n in range(1, 900))
    sent = await slack.send(outgoing(text=answer))
    assert "all of it is in the file below" in platform.shown(sent)["blocks"][0]["text"]["text"]
    (file,) = platform.files.values()
    assert (file["about"]["name"], file["data"].decode()) == ("answer.txt", answer)


async def test_what_only_slack_finds_too_long_is_shortened(platform, slack):
    platform.refusals["chat.postMessage"] = [Refused("msg_blocks_too_long")]
    sent = await slack.send(outgoing(text="word " * 1000))
    assert len(platform.shown(sent)["blocks"]) == 1
    assert [file["data"].decode() for file in platform.files.values()] == ["word " * 1000]
