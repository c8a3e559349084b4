"""Signed in on the web: sessions that end wherever their cookie was copied to, links to a linked channel, and how often
codes are tried; over a real ledger."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any

import aiohttp
import pytest

from bot.channels.channel import ChannelMisconfigured
from bot.channels.tls import Tls
from bot.channels.web import watch
from bot.channels.web.sign_in import LockedOut, Visitor
from bot.channels.web.sign_in_database import DatabaseSignIn
from storage.db.database import Database
from storage.people import attempts, company, identities, people, preferences, web_sessions
from tests.fakes.platforms.webchat import Chat, visiting
from tests.fakes.servers.certificates import certificate

START = datetime(2025, 3, 21, 9, 30, tzinfo=UTC)
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"


class Clock:
    """What time it is for the door."""

    def __init__(self) -> None:
        self.now = START

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
async def office(database: Database, clock: Clock) -> AsyncIterator[Chat]:
    """The chat over the ledger, in which Anna (owner, also on Telegram) and Max have an address."""
    with database.transaction() as session:
        anna = people.ensure_owner(session, "Anna", [("mail", "anna@example.com"), ("telegram", "501")], START)
        assert anna.id == 1
        code = people.invite(session, "Max", invited_by=1, now=START)
        assert people.redeem(session, code, "telegram", "503", START)
    chat = Chat(door=DatabaseSignIn(database, clock))
    await chat.start()
    yield chat
    await chat.stop()


def link(database: Database, person: int = 1) -> str:
    with database.transaction() as session:
        return people.sign_in_link(session, person, now=START, minutes=30)


async def enter(client: aiohttp.ClientSession, code: str) -> int:
    return await posted(client, "/enter", {"token": code})


async def posted(client: aiohttp.ClientSession, path: str, data: dict[str, str] | None = None) -> int:
    async with client.post(path, data=data) as answer:
        return answer.status


async def is_in(client: aiohttp.ClientSession) -> bool:
    async with client.get("/") as answer:
        return "Sign out" in await answer.text()


def copied(client: aiohttp.ClientSession) -> dict[str, str]:
    return {cookie.key: cookie.value for cookie in client.cookie_jar}


async def test_a_copied_cookie_is_worth_nothing_after_signing_out(office: Chat, database: Database) -> None:
    async with visiting(office) as anna, visiting(office) as thief:
        assert await enter(anna, link(database)) == 200
        thief.cookie_jar.update_cookies(copied(anna))
        assert await is_in(thief)
        assert await posted(anna, "/leave") == 200
        assert not await is_in(thief)
        for path in ("/events", f"/file/{'0' * 64}"):
            async with thief.get(path) as answer:
                assert answer.status == 401


def signed_out_everywhere(session: Any) -> None:
    web_sessions.end_all(session, 1, now=START)


def unlinked(session: Any) -> None:
    identities.unlink(session, 1, "web", now=START)


@pytest.mark.parametrize("ended", [signed_out_everywhere, unlinked])
async def test_open_pages_and_streams_end_at_once(office: Chat, database: Database, monkeypatch, ended: Any) -> None:
    monkeypatch.setattr(watch, "CHECK_EVERY", 1)
    async with visiting(office) as anna:
        await enter(anna, link(database))
        async with anna.get("/events") as stream:
            await stream.content.readline()
            with database.transaction() as session:
                ended(session)
            async with asyncio.timeout(10):
                await stream.read()
        assert not await is_in(anna)


async def test_a_session_is_another_at_each_sign_in_and_lasts_while_it_is_used(
    office: Chat, database: Database, clock: Clock
) -> None:
    async with visiting(office) as anna, visiting(office) as planted:
        await enter(anna, link(database))
        before = copied(anna)
        planted.cookie_jar.update_cookies(before)
        await enter(anna, link(database))
        assert copied(anna) != before and not await is_in(planted)
        for _ in range(3):
            clock.now += timedelta(days=20)
            assert await is_in(anna)
        clock.now += timedelta(days=31)
        assert not await is_in(anna)


async def test_sessions_are_listed_and_ended_by_whom_they_are_only(office: Chat, database: Database) -> None:
    async with visiting(office, **{"User-Agent": FIREFOX}) as anna, visiting(office) as phone, visiting(office) as max_:
        for client, person in ((anna, 1), (phone, 1), (max_, 2)):
            await enter(client, link(database, person))
        async with anna.get("/sessions") as answer:
            shown = await answer.text()
        ids = re.findall(r'name="session" value="(\d+)"', shown)
        assert len(ids) == 2 and "Firefox, Linux · this browser" in shown
        await posted(max_, "/sessions", {"session": ids[0]})
        assert await is_in(anna)
        await posted(anna, "/sessions", {"session": ids[1]})
        assert (await is_in(anna), await is_in(phone), await is_in(max_)) == (True, False, True)
        await posted(anna, "/sessions", {"session": "all"})
        assert (await is_in(anna), await is_in(max_)) == (False, True)


@pytest.mark.parametrize(
    ("own", "company_zone", "shown"),
    [("Asia/Tokyo", "America/New_York", "18:30"), (None, "America/New_York", "05:30"), (None, None, "09:30")],
)
async def test_times_are_in_the_persons_own_zone_else_their_companys(
    office: Chat, database: Database, own: str | None, company_zone: str | None, shown: str
) -> None:
    with database.transaction() as session:
        preferences.choose(session, 1, zone=own)
        company.describe(session, zone=company_zone)
    async with visiting(office) as anna:
        await enter(anna, link(database))
        async with anna.get("/sessions") as answer:
            assert re.search(rf"(?<!\d){shown}, used last on", await answer.text())


@pytest.mark.parametrize(
    ("who", "to"), [("Anna", "telegram"), ("anna@EXAMPLE.com", "telegram"), ("Max", "telegram"), ("Nobody", None)]
)
async def test_a_link_goes_to_a_linked_channel_and_nobody_learns_who_is_known(
    office: Chat, who: str, to: str | None
) -> None:
    async with visiting(office) as stranger, stranger.post("/sign-in", data={"who": who}) as answer:
        assert answer.status == 200 and "If Billify knows you" in await answer.text()
    sent = list(office.accepted.messages.values())
    assert [message.channel for message in sent] == ([to] if to else [])
    assert all(message.notice.startswith(f"sign-in:{office.url}/enter/") for message in sent)


async def test_after_ten_wrong_codes_not_even_a_good_one_is_tried_until_a_while_later(
    office: Chat, database: Database, clock: Clock
) -> None:
    good = link(database)
    async with visiting(office) as guesser:
        assert [await enter(guesser, f"WRONG-{n}") for n in range(attempts.MOST_BY_ONE)] == [403] * 10
        async with guesser.post("/enter", data={"token": good}) as answer:
            assert answer.status == 429 and answer.headers["Retry-After"] == "900"
            assert "Try again in 15 minutes" in await answer.text()
        clock.now += timedelta(minutes=16)
        assert await enter(guesser, good) == 200


async def test_many_addresses_together_are_limited_too(database: Database, monkeypatch) -> None:
    monkeypatch.setattr(attempts, "MOST_BY_ALL", 3)
    door = DatabaseSignIn(database)
    for n in range(3):
        assert await door.enter("WRONG", Visitor(f"10.0.0.{n}", "")) is None
    with pytest.raises(LockedOut):
        await DatabaseSignIn(database).enter("WRONG", Visitor("10.0.0.9", ""))  # another process


async def test_nothing_is_loaded_from_elsewhere(office: Chat, database: Database) -> None:
    async with visiting(office) as anna:
        await enter(anna, link(database))
        for path in ("/", "/sessions", "/enter/x"):
            async with anna.get(path) as answer:
                assert not re.search(r'(?:src|href|action)="(?:https?:)?//', await answer.text())
                assert "default-src 'none'" in answer.headers["Content-Security-Policy"]


async def test_beyond_this_machine_it_is_served_by_tls_only() -> None:
    with pytest.raises(ChannelMisconfigured, match="BILLIFY_TRUSTED_PROXY"):
        await Chat(host="0.0.0.0").web.listen(None)
    Tls(proxy="10.0.0.1").check("The web chat", "0.0.0.0")
    assert (Tls().host, Tls(proxy="10.0.0.1").host) == ("127.0.0.1", None)


async def test_it_serves_tls_by_its_own_certificate(tmp_path) -> None:
    chat = Chat(host="0.0.0.0", tls=Tls(certificate(tmp_path / "web.pem")))
    await chat.start()
    async with aiohttp.ClientSession() as client:
        url, data = f"https://localhost:{chat.port}/enter", {"token": "anna-link"}
        async with client.post(url, data=data, ssl=False, allow_redirects=False) as answer:
            cookie = answer.headers["Set-Cookie"]
            assert cookie.startswith("__Host-billify=") and "secure" in cookie
    await chat.stop()


def test_a_certificate_that_cannot_be_read_is_said(tmp_path) -> None:
    with pytest.raises(ChannelMisconfigured, match="BILLIFY_WEB_CERTIFICATE"):
        Tls(tmp_path / "none.pem").context()
