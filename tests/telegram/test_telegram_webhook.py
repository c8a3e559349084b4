"""Telegram brings updates to the webhook, and takes 200 as the promise that they are kept."""

from __future__ import annotations

import asyncio

import pytest
from aiohttp import ClientSession

from bot.channels.channel import ChannelMisconfigured
from bot.channels.telegram import Telegram
from tests.fakes.platforms.message_acceptor import listening_to
from tests.fakes.platforms.telegram import TOKEN, Refused
from tests.fakes.servers.ports import free_port

SECRET = "a-secret"


@pytest.fixture
async def hook(platform, files, accept):
    port = free_port()
    channel = Telegram(
        token=TOKEN,
        files=files,
        api_url=platform.url,
        webhook_url=f"http://127.0.0.1:{port}/telegram",
        webhook_port=port,
        webhook_secret=SECRET,
    )
    async with listening_to(channel, accept):
        await platform.seen("setWebhook")
        yield channel
    await channel.close()


async def test_an_update_is_answered_only_once_it_is_durable(platform, accept, hook):
    accept.gate.clear()
    update = await platform.say("what's due?")
    delivery = asyncio.create_task(platform.deliver(update))
    await accept.called(1)
    assert not delivery.done()
    accept.gate.set()
    assert await delivery == 200
    assert (await accept.take()).text == "what's due?"


async def test_an_update_that_could_not_be_kept_is_brought_again(platform, accept, hook):
    update = await platform.say("what's due?")
    accept.failures = 1
    assert await platform.deliver(update) == 500
    assert await platform.deliver(update) == 200
    assert accept.calls[0] == accept.calls[1]


async def test_a_stranger_cannot_bring_updates(platform, accept, hook):
    update = await platform.say("I am the owner")
    for headers in ({"X-Other": "x"}, {"X-Telegram-Bot-Api-Secret-Token": "guess"}):
        assert await platform.deliver(update, **headers) == 403
    guessed, _, _ = platform.webhook["url"].rpartition("/")
    async with ClientSession() as session, session.post(guessed, json=update) as response:
        assert response.status == 404
    assert accept.calls == []


@pytest.mark.parametrize("nonsense", [b"", b"not json", b"[]", b"{}", b'{"update_id": "x"}'])
async def test_nonsense_is_refused(platform, accept, hook, nonsense):
    headers = {"X-Telegram-Bot-Api-Secret-Token": SECRET}
    url = platform.webhook["url"]
    async with ClientSession() as session, session.post(url, data=nonsense, headers=headers) as response:
        assert response.status == 400
    assert accept.calls == []


async def test_an_address_that_telegram_refuses_is_named(platform, files, accept):
    channel = Telegram(token=TOKEN, files=files, api_url=platform.url, webhook_url="http://x", webhook_port=free_port())
    platform.refusals["setWebhook"] = [Refused(400, "Bad Request: bad webhook: An HTTPS URL must be provided")]
    with pytest.raises(ChannelMisconfigured, match="BILLIFY_TELEGRAM_WEBHOOK_URL must be an https address"):
        await channel.listen(accept)
    await channel.close()


async def test_a_port_in_use_is_named(platform, files, accept):
    taken = int(platform.url.rpartition(":")[2])
    channel = Telegram(token=TOKEN, files=files, api_url=platform.url, webhook_url="http://x", webhook_port=taken)
    with pytest.raises(ChannelMisconfigured, match=f"Port {taken} .* BILLIFY_TELEGRAM_WEBHOOK_PORT"):
        await channel.listen(accept)
    await channel.close()
