"""Who gets in: links, codes, cookies, and the addresses and pages that requests come from."""

from __future__ import annotations

import asyncio
import json
from uuid import uuid4

import pytest

from bot.channels.channel import ChannelMisconfigured
from bot.channels.web import Web, watch
from bot.channels.web.security import is_loopback, own_addresses
from tests.fakes.platforms.mail_channel import SECRET
from tests.fakes.platforms.webchat import Chat, signed_in, visiting


async def test_a_link_is_not_used_up_by_looking_at_it_and_lets_one_browser_in_once(chat):
    async with visiting(chat) as scanner, visiting(chat) as anna, visiting(chat) as thief:
        for _ in range(2):
            async with scanner.get("/enter/anna-link") as answer:
                assert "Open Billify" in await answer.text()
        async with anna.post("/enter", data={"token": "anna-link"}) as answer:
            assert answer.status == 200 and "Anna" in await answer.text()
        async with thief.post("/enter", data={"token": "anna-link"}) as answer:
            assert answer.status == 403
            assert "does not work any more" in await answer.text()
        async with anna.post("/enter", data={"token": "anna-link"}) as answer:  # the old link, opened again
            assert answer.status == 200 and "Sign out" in await answer.text()


async def test_a_code_is_taken_with_the_spaces_around_it(chat):
    chat.door.tokens["ABCD-EFGH"] = "bob"
    async with visiting(chat) as bob, bob.post("/enter", data={"token": " ABCD-EFGH\n"}) as answer:
        assert "Bob" in await answer.text()


@pytest.mark.parametrize("token", ["", "x" * 201, "nonsense"])
async def test_what_is_no_code_lets_nobody_in(chat, token):
    async with visiting(chat) as stranger, stranger.post("/enter", data={"token": token}) as answer:
        assert answer.status == 403
        assert answer.cookies == {}


async def test_a_stranger_sees_how_to_get_a_link_and_nothing_else(chat):
    async with visiting(chat) as stranger:
        async with stranger.get("/") as answer:
            assert "billify link" in await answer.text()
        for path in ("/events", f"/file/{'0' * 64}"):
            async with stranger.get(path) as answer:
                assert answer.status == 401
        async with stranger.post("/messages", data={"id": str(uuid4()), "text": "balance"}) as answer:
            assert answer.status == 401
    assert not chat.accepted.calls


async def test_the_cookie_is_kept_from_scripts_and_other_sites_and_cannot_be_made_up(chat):
    async with visiting(chat) as anna:
        async with anna.post("/enter", data={"token": "anna-link"}, allow_redirects=False) as answer:
            assert answer.status == 303
            cookie = answer.headers["Set-Cookie"].lower()
        assert "httponly" in cookie and "samesite=lax" in cookie and "secure" not in cookie
    async with visiting(chat) as forger:
        name, value = cookie.split(";")[0].split("=", 1)
        forger.cookie_jar.update_cookies({name: value[:-2] + "xx"})
        async with forger.get("/") as answer:
            assert "billify link" in await answer.text()


async def test_signing_out_ends_it(chat):
    async with signed_in(chat) as anna:
        async with anna.post("/leave") as answer:
            assert "billify link" in await answer.text()
        async with anna.get("/events") as answer:
            assert answer.status == 401


async def test_who_is_no_longer_known_is_out_at_once_and_their_open_stream_ends(chat, monkeypatch):
    monkeypatch.setattr(watch, "CHECK_EVERY", 1)
    async with signed_in(chat) as anna, anna.get("/events") as stream:
        await stream.content.readline()
        del chat.door.names["anna"]
        async with asyncio.timeout(10):
            await stream.read()
        async with anna.get("/") as answer:
            assert "billify link" in await answer.text()


async def test_a_name_that_an_attacker_points_here_is_refused(chat):
    async with visiting(chat) as rebound, rebound.get("/", headers={"Host": f"evil.example:{chat.port}"}) as answer:
        assert answer.status == 421
        assert "BILLIFY_WEB_URL" in await answer.text()


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://127.0.0.1:1"},  # another program on the same machine
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ],
)
async def test_a_post_from_another_site_is_refused(chat, headers):
    async with signed_in(chat) as anna:
        data = {"id": str(uuid4()), "text": "confirm"}
        async with anna.post("/messages", data=data, headers=headers) as answer:
            assert answer.status == 403
            assert "Reload" in json.loads(await answer.text())["error"]
    assert not chat.accepted.calls


async def test_every_answer_carries_the_security_headers(chat):
    async with signed_in(chat) as anna:
        for path in ("/", "/nowhere", "/static/chat.js", "/enter/x"):
            async with anna.get(path) as answer:
                assert "script-src 'self'" in answer.headers["Content-Security-Policy"]
                assert answer.headers["X-Content-Type-Options"] == "nosniff"
                assert answer.headers["X-Frame-Options"] == "DENY"


async def test_behind_a_public_address_the_cookie_is_secure_and_links_wait_for_a_click():
    chat = Chat(public_url="https://bills.example")
    await chat.start()
    async with visiting(chat, Host="bills.example", Origin="https://bills.example") as anna:
        async with anna.get("/enter/anna-link") as answer:
            assert "data-auto" not in await answer.text()
        async with anna.post("/enter", data={"token": "anna-link"}, allow_redirects=False) as answer:
            cookie = answer.headers["Set-Cookie"]
            assert cookie.startswith("__Host-billify=") and "secure" in cookie
    async with visiting(chat) as local, local.get("/enter/anna-link") as answer:
        assert "data-auto" in await answer.text()
    await chat.stop()


async def test_an_address_in_use_is_said_with_what_to_set(chat):
    second = Web(
        log=chat.log,
        files=chat.files,
        door=chat.door,
        host="127.0.0.1",
        port=chat.port,
        secret=SECRET,
    )
    with pytest.raises(ChannelMisconfigured, match="BILLIFY_WEB_PORT"):
        await second.listen(chat.accepted)


@pytest.mark.parametrize(
    ("host", "port", "public_url", "own", "foreign"),
    [
        ("127.0.0.1", 8417, "", "localhost:8417", "localhost"),
        ("127.0.0.1", 80, "", "localhost", "localhost:8417"),
        ("::1", 8417, "", "[::1]:8417", "evil.example:8417"),
        ("0.0.0.0", 8417, "", "127.0.0.1:8417", "192.168.0.7:8417"),
        ("10.1.2.3", 8417, "https://Bills.example/", "bills.example", "bills.example:8417"),
    ],
)
def test_which_addresses_are_our_own(host, port, public_url, own, foreign):
    addresses = own_addresses(host, port, public_url)
    assert own in addresses and foreign not in addresses


@pytest.mark.parametrize(
    ("host", "expected"),
    [("localhost:8417", True), ("127.0.0.1", True), ("[::1]:80", True), ("bills.example", False), ("10.0.0.1", False)],
)
def test_what_is_this_very_machine(host, expected):
    assert is_loopback(host) is expected
