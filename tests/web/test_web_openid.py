"""Signing in by a company's identity provider, over real HTTP: who gets in, and what a hostile one gets."""

from __future__ import annotations

import re
import shutil
import time
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import aiohttp
import pytest
from sqlmodel import select
from yarl import URL

from bot.channels.channel import ChannelMisconfigured
from bot.channels.web import begun
from bot.channels.web.openid.people import VouchedPeople
from bot.channels.web.openid.provider import IdentityProvider
from bot.channels.web.sign_in_database import DatabaseSignIn
from config.settings import Settings
from storage.db.database import Database
from storage.db.tenancy import acting_for
from storage.ledger import accounts
from storage.models import Audit, Person, Role
from storage.people import companies, company, leaving, people
from tests.fakes.platforms.webchat import Chat, visiting
from tests.fakes.servers.identity_provider import CLIENT, SECRET, Provider, identity_provider

NOW = datetime.now(UTC)
ANNA, BRUNO, MAX, NEW = (
    f"{name}.example" for name in ("anna@lindenhof", "bruno@muehle", "max@lindenhof", "ida@lindenhof")
)


@dataclass
class House:
    """A chat over the ledger of two companies, of which the first has an identity provider."""

    chat: Chat
    provider: Provider
    database: Database

    async def sign_in(self, client: aiohttp.ClientSession, **query: str) -> str:
        """Follows the button all the way; the page in the end. `query` changes what comes back with the browser."""
        back = await self.back(client)
        return await self.page(client, back.update_query(query) if query else back)

    async def back(self, client: aiohttp.ClientSession) -> Any:
        """Where the provider sends the browser back to."""
        async with client.get("/openid/office", allow_redirects=False) as there:
            location = there.headers["Location"]
        async with client.get(location, allow_redirects=False) as answer:
            return URL(answer.headers["Location"])

    async def page(self, client: aiohttp.ClientSession, url: Any) -> str:
        async with client.get(url) as answer:
            return text_of(await answer.text())


def text_of(html: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


@pytest.fixture
def ledger(blank_sqlite: Path, tmp_path: Path) -> Iterator[Database]:
    database = Database(f"sqlite:///{shutil.copy(blank_sqlite, tmp_path)}")
    with database.transaction() as session:
        company.ensure_company(session, "Lindenhof")
        anna = people.ensure_owner(session, "Anna", [("mail", ANNA), ("telegram", "501")], NOW)
        people.invite(session, NEW, invited_by=anna.id, now=NOW, role=Role.ACCOUNTANT)
        people.invite(session, "eve@lindenhof.example", invited_by=anna.id, now=NOW, role=Role.OWNER)
    with acting_for(None), database.transaction() as session:
        other = companies.found(session, "Mühle")
    with acting_for(other), database.transaction() as session:
        accounts.ensure_chart(session)
        people.ensure_owner(session, "Bruno", [("mail", BRUNO)], NOW)
    yield database
    database.close()


@pytest.fixture
async def house(ledger: Database) -> AsyncIterator[House]:
    async with identity_provider() as provider:
        known = IdentityProvider("office", "Lindenhof ID", provider.url, CLIENT, SECRET)
        chat = Chat(door=DatabaseSignIn(ledger), providers=[known], vouched=VouchedPeople(ledger))
        await chat.start()
        yield House(chat, provider, ledger)
        await chat.stop()


async def test_somebody_known_signs_in_and_the_audit_says_by_what(house: House) -> None:
    async with visiting(house.chat) as anna:
        async with anna.get("/sign-in") as answer:
            assert "Sign in with Lindenhof ID" in await answer.text()
        assert "Sign out" in await house.sign_in(anna)
    with acting_for(1), house.database.reading() as session:
        step = session.exec(select(Audit).where(Audit.action == "signed in")).one()
        assert (step.person_id, step.details["by"]) == (1, "OpenID office")
    form = house.provider.asked[0]
    assert len(form["code_verifier"]) >= 43 and "client_secret" not in form


async def test_somebody_invited_by_their_address_comes_in_with_that_role(house: House) -> None:
    house.provider.mail = NEW.upper()
    async with visiting(house.chat) as ida:
        assert "Sign out" in await house.sign_in(ida)
    with acting_for(1), house.database.reading() as session:
        person = people.find_person(session, "mail", NEW)
        assert person is not None and (person.name, person.role) == ("Anna Linden", Role.ACCOUNTANT)


OFFICE_DOES_NOT_ANSWER = "Lindenhof ID does not answer as it should."
NOBODY = "Nobody here goes by {}"
LATE = "That took too long, or was begun in another window."
UNCONFIRMED = "does not say that your mail address is confirmed"
HOUR = 3600

HOSTILE: dict[str, tuple[dict[str, Any], str]] = {
    "wrong nonce": ({"claims": {"nonce": "of another sign-in"}}, OFFICE_DOES_NOT_ANSWER),
    "no nonce": ({"claims": {"nonce": None}}, OFFICE_DOES_NOT_ANSWER),
    "for another client": ({"claims": {"aud": "another"}}, OFFICE_DOES_NOT_ANSWER),
    "for several, of another": ({"claims": {"aud": [CLIENT, "other"], "azp": "other"}}, OFFICE_DOES_NOT_ANSWER),
    "of another issuer": ({"claims": {"iss": "https://evil.example"}}, OFFICE_DOES_NOT_ANSWER),
    "expired": (
        {"claims": {"exp": int(time.time()) - HOUR, "iat": int(time.time()) - 2 * HOUR}},
        OFFICE_DOES_NOT_ANSWER,
    ),
    "never expires": ({"claims": {"exp": None}}, OFFICE_DOES_NOT_ANSWER),
    "of tomorrow": ({"claims": {"iat": int(time.time()) + 24 * HOUR}}, OFFICE_DOES_NOT_ANSWER),
    "not signed": ({"signs": "none"}, OFFICE_DOES_NOT_ANSWER),
    "signed by its public key": ({"signs": "HS256"}, OFFICE_DOES_NOT_ANSWER),
    "signed by a key that it does not publish": ({"key": "second"}, OFFICE_DOES_NOT_ANSWER),
    "a subject that is no text": ({"claims": {"sub": 7}}, OFFICE_DOES_NOT_ANSWER),
    "discovery of another": ({"metadata": {"issuer": "https://evil.example"}}, OFFICE_DOES_NOT_ANSWER),
    "sends elsewhere in the clear": ({"metadata": {"token_endpoint": "http://evil.example/"}}, OFFICE_DOES_NOT_ANSWER),
    "away": ({"status": 503}, OFFICE_DOES_NOT_ANSWER),
    "refuses": (
        {"refuses": "Your account is locked.\n<b>Call 0800</b>"},
        "did not let you in: Your account is locked.",
    ),
    "unverified": ({"claims": {"email_verified": False}}, UNCONFIRMED),
    "verification is not said": ({"claims": {"email_verified": None}}, UNCONFIRMED),
    "no address": ({"claims": {"email": None}}, UNCONFIRMED),
    "no text for an address": ({"claims": {"email": [ANNA]}}, UNCONFIRMED),
    "a stranger": ({"mail": "eva@elsewhere.example"}, NOBODY.format("eva@elsewhere.example")),
    "with a detail": ({"mail": "anna+x@lindenhof.example"}, NOBODY.format("anna+x@lindenhof.example")),
    "a letter that folds to another": (
        {"mail": "ma\u212a@lindenhof.example"},
        NOBODY.format("ma\u212a@lindenhof.example"),
    ),
    "another company's owner": ({"mail": BRUNO}, NOBODY.format(BRUNO)),
    "invited as an owner": ({"mail": "eve@lindenhof.example"}, NOBODY.format("eve@lindenhof.example")),
}


@pytest.mark.parametrize("trick", HOSTILE)
async def test_whom_it_does_not_vouch_for_as_it_should_is_told_so_in_one_line(house: House, trick: str) -> None:
    changed, told = HOSTILE[trick]
    for name, value in changed.items():
        setattr(house.provider, name, value)
    async with visiting(house.chat) as somebody:
        async with somebody.get("/openid/office") as answer:
            shown = text_of(await answer.text())
            assert answer.status in (403, 502) and answer.url.host == "127.0.0.1"
        assert told in shown and "Traceback" not in shown and "0800" not in shown
        async with somebody.get("/events") as answer:
            assert answer.status == 401
    with acting_for(1), house.database.reading() as session:
        assert len(session.exec(select(Person)).all()) == 1


async def test_what_came_back_once_comes_back_no_more(house: House) -> None:
    async with visiting(house.chat) as anna:
        back = await house.back(anna)
        copy = {cookie.key: cookie.value for cookie in anna.cookie_jar}
        assert "Sign out" in await house.page(anna, back)
        async with visiting(house.chat) as thief:  # all that the browser had, a moment later
            thief.cookie_jar.update_cookies(copy)
            assert LATE in await house.page(thief, back)


@pytest.mark.parametrize("query", [{"state": "made up"}, {"state": ""}])
async def test_a_state_of_nobodys_is_told_so(house: House, query: dict[str, str]) -> None:
    async with visiting(house.chat) as anna:
        assert LATE in await house.sign_in(anna, **query)


async def test_an_attackers_answer_lets_nobody_in_with_it(house: House) -> None:
    async with visiting(house.chat) as attacker, visiting(house.chat) as victim:
        theirs = await house.back(attacker)
        assert LATE in await house.page(victim, theirs)
        await house.back(victim)
        assert LATE in await house.page(victim, theirs)


async def test_an_answer_of_another_provider_and_of_a_code_that_is_used_is_told_so(house: House) -> None:
    async with visiting(house.chat) as anna:
        assert OFFICE_DOES_NOT_ANSWER in await house.sign_in(anna, iss="https://evil.example")
        assert "did not let you in: invalid_grant" in await house.sign_in(anna, code="code-0-used")


async def test_what_takes_too_long_is_told_so(house: House, monkeypatch) -> None:
    monkeypatch.setattr(begun, "LIFE", begun.LIFE * -1)
    async with visiting(house.chat) as anna:
        assert LATE in await house.sign_in(anna)


async def test_a_new_key_is_asked_for(house: House) -> None:
    async with visiting(house.chat) as anna:
        assert "Sign out" in await house.sign_in(anna)
        house.provider.key, house.provider.published = "second", ["first", "second"]
        assert "Sign out" in await house.sign_in(anna)


async def test_who_was_removed_comes_in_no_more(house: House) -> None:
    with acting_for(1), house.database.transaction() as session:
        code = people.invite(session, "Max", invited_by=1, now=NOW)
        person = people.redeem(session, code, "mail", MAX, NOW)
        assert person is not None
        leaving.remove(session, person, by=1, now=NOW)
    house.provider.mail = MAX
    async with visiting(house.chat) as gone:
        assert NOBODY.format(MAX) in await house.sign_in(gone)


async def test_domains_narrow_whom_it_vouches_for(ledger: Database) -> None:
    known = IdentityProvider(
        "office", "Office", "https://id.example", "billify", domains=("Lindenhof.example", "bücher.example")
    )
    for address, counts in (
        (ANNA, True),
        ("x@xn--bcher-kva.example", True),
        (BRUNO, False),
        ("x@notlindenhof.example", False),
    ):
        assert known.vouches_for(address) == counts
    assert replace(known, domains=()).vouches_for(BRUNO)


async def test_an_address_of_another_domain_is_told_which(ledger: Database) -> None:
    async with identity_provider() as provider:
        known = IdentityProvider("office", "Lindenhof ID", provider.url, CLIENT, SECRET, domains=("muehle.example",))
        chat = Chat(door=DatabaseSignIn(ledger), providers=[known], vouched=VouchedPeople(ledger))
        await chat.start()
        async with visiting(chat) as anna:
            shown = await House(chat, provider, ledger).sign_in(anna)
        await chat.stop()
    assert "lets in addresses of muehle.example, and anna@lindenhof.example is none" in shown


async def test_what_leaves_the_house_is_what_the_standard_asks_for(house: House) -> None:
    async with visiting(house.chat) as anna, anna.get("/openid/office", allow_redirects=False) as there:
        asked = {name: value[0] for name, value in parse_qs(urlsplit(there.headers["Location"]).query).items()}
    assert asked["redirect_uri"] == f"{house.chat.url}/openid/office/back"
    assert (asked["response_type"], asked["code_challenge_method"]) == ("code", "S256")
    assert len({asked["state"], asked["nonce"], asked["code_challenge"]}) == 3
    async with visiting(house.chat) as anna, anna.get("/openid/nowhere") as answer:
        assert answer.status == 404


@pytest.mark.parametrize("issuer", ["http://id.example", "ftp://id.example", "https://id.example?x=1", "id.example"])
async def test_a_provider_that_cannot_be_asked_safely_is_told_at_the_start(issuer: str) -> None:
    with pytest.raises(ChannelMisconfigured, match="BILLIFY_OPENID"):
        await Chat(providers=[IdentityProvider("office", "Office", issuer, "billify")]).web.listen(None)


def test_the_environment_sets_one_up(monkeypatch, tmp_path: Path) -> None:
    monkeypatch.setenv("BILLIFY_HOME", str(tmp_path))
    for name, value in {
        "ISSUER": "https://id.example",
        "CLIENT_ID": "b",
        "CLIENT_SECRET": "hush",
        "DOMAINS": '["a.example"]',
    }.items():
        monkeypatch.setenv(f"BILLIFY_OPENID__OFFICE__{name}", value)
    office = Settings().openid["office"]
    assert (office.issuer, office.domains, office.company) == ("https://id.example", ["a.example"], 1)
    assert "hush" not in str(Settings().model_dump())
