"""Where webhooks may lead: to addresses of the internet by HTTPS, and nowhere else of its own accord."""

from __future__ import annotations

import asyncio
import ipaddress

import httpx
import pytest

from bot.background.webhooks.outgoing import Forbidden, NotReached, Outgoing, check
from bot.background.webhooks.signature import signed
from tests.fakes.books.desk import NOW
from tests.fakes.books.programs import Receiver

LOOPBACK = ["127.0.0.0/8"]


async def test_a_redirection_is_not_followed_and_no_answer_is_waited_for_longer_than_that(
    receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with Receiver().running() as elsewhere, Outgoing(LOOPBACK) as outgoing:
        receiver.answer, receiver.headers = (lambda _: 307), {"Location": elsewhere.url}
        headers = signed([], "evt_1", NOW, b"{}")
        assert (await outgoing.post(receiver.url, b"{}", headers)).status == 307 and elsewhere.got == []
    monkeypatch.setattr("bot.background.webhooks.outgoing.SECONDS", 0.05)
    receiver.before = lambda: asyncio.sleep(0.5)
    async with Outgoing(LOOPBACK) as outgoing:
        with pytest.raises(NotReached, match="no answer"):
            await outgoing.post(receiver.url, b"{}", headers)


@pytest.mark.parametrize("url", [
    "http://127.0.0.1:{port}/hook", "http://localhost:{port}/hook", "https://localhost:{port}/hook",
    "http://[::1]:{port}/hook", "https://2130706433:{port}/hook", "https://0x7f.1:{port}/hook",
    "https://[::ffff:127.0.0.1]:{port}/hook", "https://169.254.169.254/latest", "https://10.0.0.1/", "https://0.0.0.0/",
])  # fmt: skip
async def test_nobody_of_our_own_network_is_reached(receiver: Receiver, url: str) -> None:
    async with Outgoing() as outgoing:
        with pytest.raises(NotReached, match=r"BILLIFY_WEBHOOK_NETWORKS|not a canonical"):
            await outgoing.post(url.format(port=receiver.port), b"{}", {})
    assert receiver.got == []


@pytest.mark.parametrize("address", [
    "10.1.2.3", "172.16.0.1", "192.168.1.1", "100.64.0.1", "169.254.1.1", "224.0.0.1", "255.255.255.255", "fe80::1",
    "fd00::1", "ff02::1", "64:ff9b::a00:1", "2002:a00:1::1", "2001:0:a00:1::", "::ffff:10.0.0.1",
])  # fmt: skip
def test_which_addresses_are_nobodys_of_the_internet(address: str) -> None:
    networks = [ipaddress.ip_network("10.1.0.0/16")]
    if address == "10.1.2.3":
        check(ipaddress.ip_address(address), networks, this_machine=False)
        with pytest.raises(Forbidden):  # what is not encrypted leaves this machine nowhere
            check(ipaddress.ip_address(address), networks, this_machine=True)
        return
    with pytest.raises(Forbidden):
        check(ipaddress.ip_address(address), networks, this_machine=False)


@pytest.mark.parametrize("url", [
    "http://example.com/", "ftp://example.com", "https://", "https://user:secret@example.com", "https://a b.com",
    "https://example.com/#part", "https://example.com:99999/", "http://10.0.0.1/", "javascript:alert(1)", "https://[::1",
])  # fmt: skip
async def test_addresses_that_there_cannot_be_are_refused(client: httpx.AsyncClient, url: str) -> None:
    answer = await client.post("/webhooks", json={"url": url})
    assert answer.status_code == 422, answer.text
