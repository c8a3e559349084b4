"""Passkeys: added and signed in with in a real Chromium; and what a device that lies gets, over real HTTP."""

from __future__ import annotations

import json
import shutil
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from playwright.async_api import Browser, expect
from sqlmodel import select

from bot.channels.web.passkeys.desk import PasskeyDesk
from bot.channels.web.passkeys.party import RelyingParty, relying_party
from bot.channels.web.sign_in_database import DatabaseSignIn
from storage.db.database import Database
from storage.models import Audit, Passkey
from storage.people import attempts, identities, leaving, passkeys, people
from storage.privacy import erasure
from tests.fakes.platforms.authenticator import PRESENT, Authenticator
from tests.fakes.platforms.browser import browser as browser  # a fixture
from tests.fakes.platforms.webchat import Chat, visiting
from tests.fakes.servers.ports import free_port

NOW = datetime.now(UTC)
NOBODY = "This passkey lets nobody in here. Sign in by a link instead."
AGAIN = "That did not work. Please try again."
DEVICE = {
    "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
    "isUserVerified": True, "automaticPresenceSimulation": True,
}  # fmt: skip


@pytest.fixture
def ledger(blank_sqlite: Path, tmp_path: Path) -> Iterator[Database]:
    """Anna owns, Max is a member; both write by Telegram."""
    database = Database(f"sqlite:///{shutil.copy(blank_sqlite, tmp_path)}")
    with database.transaction() as session:
        people.ensure_owner(session, "Anna", [("mail", "anna@example.com"), ("telegram", "501")], NOW)
        code = people.invite(session, "Max", invited_by=1, now=NOW)
        assert people.redeem(session, code, "telegram", "503", NOW)
    yield database
    database.close()


@pytest.fixture
async def office(ledger: Database) -> AsyncIterator[Chat]:
    """The chat over that ledger, at localhost."""
    port = free_port()
    party = relying_party("", "127.0.0.1", port)
    assert party is not None
    chat = Chat(port=port, door=DatabaseSignIn(ledger), passkeys=PasskeyDesk(ledger, party))
    chat.url = party.origin
    await chat.start()
    yield chat
    await chat.stop()


async def enter(client: aiohttp.ClientSession, ledger: Database, person: int) -> None:
    with ledger.transaction() as session:
        token = people.sign_in_link(session, person, now=NOW, minutes=30)
    async with client.post("/enter", data={"token": token}) as answer:
        assert answer.status == 200


async def asked(client: aiohttp.ClientSession, path: str, **body: Any) -> tuple[int, dict[str, Any]]:
    async with client.post(path, json=body) as answer:
        return answer.status, await answer.json()


async def add(client: aiohttp.ClientSession, device: Authenticator, name: str = "Laptop") -> tuple[int, dict[str, Any]]:
    _, options = await asked(client, "/passkeys/new")
    return await asked(client, "/passkeys", name=name, credential=device.create(options))


async def sign_in(client: aiohttp.ClientSession, device: Authenticator) -> tuple[int, dict[str, Any]]:
    _, options = await asked(client, "/passkeys/ask")
    return await asked(client, "/passkeys/enter", credential=device.get(options))


async def test_a_passkey_is_added_used_and_removed_in_a_browser(
    browser: Browser, office: Chat, ledger: Database
) -> None:
    with ledger.transaction() as session:
        token = people.sign_in_link(session, 1, now=NOW, minutes=30)
    context = await browser.new_context()
    page = await context.new_page()
    devices = await context.new_cdp_session(page)
    await devices.send("WebAuthn.enable")
    device = (await devices.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE}))["authenticatorId"]
    await page.goto(f"{office.url}/enter/{token}")
    await page.wait_for_url(f"{office.url}/")

    await page.goto(f"{office.url}/sessions")
    await page.get_by_label("What this passkey is called").fill("My laptop")
    await page.get_by_role("button", name="Add a passkey").click()
    await expect(page.get_by_text("My laptop")).to_be_visible()
    await page.get_by_role("button", name="Sign out everywhere").click()
    await page.get_by_role("button", name="Sign in with a passkey").click()
    await expect(page.get_by_label("Message", exact=True)).to_be_visible()

    await page.goto(f"{office.url}/sessions")
    kept = (await devices.send("WebAuthn.getCredentials", {"authenticatorId": device}))["credentials"][0]
    with ledger.reading() as session:
        (one,) = passkeys.of_person(session, 1)
        assert (one.name, one.sign_count) == ("My laptop", kept["signCount"]) and kept["signCount"] > 0
    await page.get_by_role("button", name="Remove").click()
    await expect(page.get_by_text("My laptop")).to_be_hidden()
    await page.get_by_role("button", name="Sign out everywhere").click()
    await page.get_by_role("button", name="Sign in with a passkey").click()
    await expect(page.get_by_role("alert")).to_have_text(NOBODY)
    await context.close()


LIES: dict[str, dict[str, Any]] = {
    "another origin": {"origin": "https://evil.example"},
    "another party": {"rp_id": "evil.example"},
    "another challenge": {"challenge": "bm90IHdoYXQgd2FzIGFza2Vk"},
    "nobody was there": {"flags": 0},
    "its person was not verified": {"flags": PRESENT},
    "another ceremony": {"type": "webauthn.create"},
    "another person": {"handle": "c29tZWJvZHkgZWxzZQ"},
    "nobody's": {"handle": ""},
}


@pytest.mark.parametrize("lie", LIES)
async def test_a_device_that_lies_lets_nobody_in(office: Chat, ledger: Database, lie: str) -> None:
    async with visiting(office) as anna, visiting(office) as somebody:
        await enter(anna, ledger, 1)
        device = Authenticator(office.url)
        if "handle" not in LIES[lie] and lie != "another ceremony":
            assert await add(anna, replace(device, lies=LIES[lie])) == (403, {"error": AGAIN})
        assert (await add(anna, device))[0] == 200
        device.lies = LIES[lie]
        assert await sign_in(somebody, device) == (403, {"error": NOBODY})
        device.lies = {}
        assert await sign_in(somebody, device) == (200, {"to": "/"})


async def test_another_key_of_the_same_id_lets_nobody_in(office: Chat, ledger: Database) -> None:
    async with visiting(office) as anna, visiting(office) as thief, visiting(office) as max_:
        await enter(anna, ledger, 1)
        await enter(max_, ledger, 2)
        device = Authenticator(office.url)
        assert (await add(anna, device))[0] == 200
        forged = Authenticator(office.url, id=device.id, handle=device.handle)
        assert await sign_in(thief, forged) == (403, {"error": NOBODY})
        assert await add(max_, forged) == (403, {"error": AGAIN})  # nobody takes the id of another's
        assert (await sign_in(thief, device))[0] == 200


async def test_an_answer_counts_once_and_in_the_browser_that_asked(office: Chat, ledger: Database) -> None:
    device = Authenticator(office.url)
    async with visiting(office) as anna, visiting(office) as thief:
        await enter(anna, ledger, 1)
        _, options = await asked(anna, "/passkeys/new")
        made = device.create(options)
        before = {cookie.key: cookie.value for cookie in anna.cookie_jar}
        assert (await asked(anna, "/passkeys", name="", credential=made))[0] == 200
        assert (await asked(anna, "/passkeys", name="", credential=made))[0] == 403
        anna.cookie_jar.update_cookies(before)  # as if nothing had happened
        again = replace(device, id=b"another-id-of-it").create(options)
        assert await asked(anna, "/passkeys", name="", credential=again) == (403, {"error": AGAIN})

        _, options = await asked(anna, "/passkeys/ask")
        answer = device.get(options)
        before = {cookie.key: cookie.value for cookie in anna.cookie_jar}
        await asked(thief, "/passkeys/ask")
        assert (await asked(thief, "/passkeys/enter", credential=answer))[0] == 403
        assert (await asked(anna, "/passkeys/enter", credential=answer))[0] == 200
        thief.cookie_jar.update_cookies(before)
        assert await asked(thief, "/passkeys/enter", credential=answer) == (403, {"error": NOBODY})


async def test_a_copy_is_noticed_by_its_count(office: Chat, ledger: Database) -> None:
    async with visiting(office) as anna, visiting(office) as thief:
        await enter(anna, ledger, 1)
        device = Authenticator(office.url)
        await add(anna, device)
        copy = replace(device)
        assert (await sign_in(anna, device))[0] == 200
        status, told = await sign_in(thief, copy)
        assert status == 403 and "may have been copied" in told["error"]
    with ledger.reading() as session:
        assert [step.action for step in session.exec(select(Audit).where(Audit.action.like("%passkey"))).all()] == [
            "added passkey", "refused passkey",
        ]  # fmt: skip


NONSENSE = ["", "null", "[]", "{}", '{"credential": 7}', '{"credential": {"id": "x"}}', "[" * 60_000]
DEEP = {"id": "eA", "rawId": "eA", "type": "public-key", "response": {"attestationObject": "n5-f" * 9000}}


@pytest.mark.parametrize("body", [*NONSENSE, json.dumps({"credential": DEEP})], ids=range(8))
async def test_what_is_no_answer_lets_nobody_in_and_adds_nothing(office: Chat, ledger: Database, body: str) -> None:
    async with visiting(office) as anna:
        await enter(anna, ledger, 1)
        for ask, path in (("/passkeys/new", "/passkeys"), ("/passkeys/ask", "/passkeys/enter")):
            await asked(anna, ask)
            async with anna.post(path, data=body) as answer:
                assert answer.status == 403 and (await answer.json())["error"] in (AGAIN, NOBODY)
    with ledger.reading() as session:
        assert not session.exec(select(Passkey)).all()


async def test_guessing_is_limited(office: Chat, ledger: Database) -> None:
    async with visiting(office) as guesser:
        device = Authenticator(office.url, handle="eA")
        for _ in range(attempts.MOST_BY_ONE):
            assert (await sign_in(guesser, device))[0] == 403
        status, told = await sign_in(guesser, device)
        assert status == 429 and "Try again in" in told["error"]


def unlinked(session: Any) -> None:
    identities.unlink(session, 2, "web", now=NOW)


def removed(session: Any) -> None:
    leaving.remove(session, people.find_by_id(session, 2), by=1, now=NOW)


def erased(session: Any) -> None:
    erasure.erase(session, people.find_by_id(session, 2), by=1, now=NOW)


@pytest.mark.parametrize("ended", [unlinked, removed, erased])
async def test_they_end_with_whose_they_are(office: Chat, ledger: Database, ended: Callable[[Any], None]) -> None:
    async with visiting(office) as max_, visiting(office) as anna:
        await enter(max_, ledger, 2)
        await enter(anna, ledger, 1)
        theirs, hers = Authenticator(office.url), Authenticator(office.url)
        assert [(await add(who, device))[0] for who, device in ((max_, theirs), (anna, hers))] == [200, 200]
        with ledger.transaction() as session:
            ended(session)
        assert await sign_in(max_, theirs) == (403, {"error": NOBODY})
        assert (await sign_in(anna, hers))[0] == 200


async def test_they_are_removed_by_whose_they_are_only(office: Chat, ledger: Database) -> None:
    async with visiting(office) as anna, visiting(office) as max_, visiting(office) as stranger:
        await enter(anna, ledger, 1)
        await enter(max_, ledger, 2)
        await add(anna, Authenticator(office.url))
        for client in (max_, stranger):
            async with client.post("/passkeys/remove", data={"passkey": "1"}):
                pass
        for path in ("/passkeys/new", "/passkeys"):
            assert (await asked(stranger, path))[0] == 401
    with ledger.reading() as session:
        assert len(session.exec(select(Passkey)).all()) == 1


@pytest.mark.parametrize(
    ("url", "host", "tls", "party"),
    [
        ("", "127.0.0.1", False, RelyingParty("http://localhost:8417", "localhost")),
        (
            "https://Bills.example.com/",
            "0.0.0.0",
            False,
            RelyingParty("https://bills.example.com", "bills.example.com"),
        ),
        (
            "https://bills.example.com:443",
            "0.0.0.0",
            False,
            RelyingParty("https://bills.example.com", "bills.example.com"),
        ),
        (
            "https://bills.example.com:8443",
            "",
            False,
            RelyingParty("https://bills.example.com:8443", "bills.example.com"),
        ),
        ("http://bills.example.com", "0.0.0.0", False, None),
        ("https://192.0.2.7", "0.0.0.0", False, None),
        ("", "0.0.0.0", True, None),
    ],
)
def test_browsers_make_passkeys_for_a_domain_by_tls_or_this_machine(
    url: str, host: str, tls: bool, party: RelyingParty | None
) -> None:
    assert relying_party(url, host, 8417, tls=tls) == party
