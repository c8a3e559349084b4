"""Several workspaces, whole organisations, and people of other companies."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Any

import pytest
from aiohttp import ClientSession
from sqlmodel import select

from bot.channels.channel import ChannelMisconfigured, Outgoing
from bot.channels.slack import Slack
from bot.channels.slack.workspaces.addresses import source_of_event, source_of_interaction
from bot.channels.slack.workspaces.clients import OAuth
from bot.channels.slack.workspaces.installations import Installations, InstallStates
from handlers.errors import BillifyError
from handlers.messages import Message, Reply
from storage.db.database import Database
from storage.models import SlackInstallation
from storage.sealing.key_ring import KeyRing
from tests.fakes.platforms.message_acceptor import Accepting, listening_to
from tests.fakes.platforms.slack import ANNA, APP_TOKEN, BOT_TOKEN, OFFICE, SECRET, TEAM, FakeSlack
from tests.fakes.servers.ports import free_port, opened

NOW = datetime(2025, 3, 21, tzinfo=UTC)


@pytest.fixture
async def installable(platform: FakeSlack, files: Any, accept: Accepting, database: Database) -> AsyncIterator[Any]:
    """The app over HTTP, with a token of its own and installable elsewhere: the channel, its port."""
    port = free_port()
    oauth = OAuth("1.2", "shh", Installations(database, KeyRing([bytes(32)])), InstallStates(database))
    channel = Slack(
        bot_token=BOT_TOKEN,
        signing_secret=SECRET,
        files=files,
        api_url=f"{platform.url}/api/",
        port=port,
        oauth=oauth,
    )
    async with listening_to(channel, accept):
        await opened(port)
        yield channel, port


async def install(port: int, code: str) -> str:
    """Somebody goes through the pages of an installation; what the last one says."""
    address = f"http://127.0.0.1:{port}/slack"
    async with ClientSession() as browser:
        async with browser.get(f"{address}/install") as page:
            begun, cookie = await page.text(), page.cookies["slack-app-oauth-state"].value
        state = re.search(r"state=([\w-]+)", begun)
        assert state and "chat%3Awrite" in begun.replace(":", "%3A")
        query = {"code": code, "state": state[1]}
        headers = {"Cookie": f"slack-app-oauth-state={cookie}"}
        async with browser.get(f"{address}/oauth_redirect", params=query, headers=headers) as page:
            said = await page.text()
        async with browser.get(f"{address}/oauth_redirect", params=query, headers=headers) as page:
            assert page.status == 401, "what ties the answer to the question is good once"
        return said


def elsewhere(platform: FakeSlack, team: str, us: str, **event: Any) -> dict[str, Any]:
    granted = {"enterprise_id": None, "team_id": team, "user_id": us, "is_bot": True, "is_enterprise_install": False}
    return platform.message(**event) | {"team_id": team, "authorizations": [granted]}


async def test_another_workspace_installs_the_app_and_is_answered_with_its_own_token(
    platform: FakeSlack, accept: Accepting, installable: Any, database: Database
) -> None:
    slack, port = installable
    token = platform.consent("c0de", "T2", "UTHEIRS")
    assert "slack://" in await install(port, "c0de"), "back to Slack"
    with database.reading() as session:
        (kept,) = session.exec(select(SlackInstallation)).all()
    assert kept.workspace == "T2" and token.encode() not in kept.sealed, "encrypted"

    theirs = elsewhere(platform, "T2", "UTHEIRS", text="<@UTHEIRS> what's due?", channel=OFFICE, channel_type="channel")
    assert await platform.post(theirs, port) == 200
    message = await accept.take()
    assert (message.sender, message.text) == (f"T2/{ANNA}", "what's due?")
    assert message.conversation == f"T2/{OFFICE}:{theirs['event']['ts']}"
    sent = await slack.send(Outgoing(f"{message.key}#0", Reply("Nothing."), message))
    assert (sent.startswith(f"T2/{OFFICE}:"), platform.token) == (True, token)
    assert await slack.edit(sent, Outgoing(f"{message.key}#0", Reply("Nothing at all."), message)) == sent
    assert (platform.shown(sent.partition("/")[2])["text"], platform.token) == ("Nothing at all.", token)

    ours = platform.message("what's due?")
    assert await platform.post(ours, port) == 200
    message = await accept.take(2)
    assert message.sender == ANNA, "who was linked before stays who they are"
    await slack.send(Outgoing(f"{message.key}#0", Reply("Nothing."), message))
    assert platform.token == BOT_TOKEN


async def test_a_workspace_that_removes_the_app_is_forgotten(
    platform: FakeSlack, accept: Accepting, installable: Any, database: Database
) -> None:
    slack, port = installable
    platform.consent("c0de", "T2", "UTHEIRS")
    await install(port, "c0de")
    gone = elsewhere(platform, "T2", "UTHEIRS")
    assert await platform.post({**gone, "event": {"type": "app_uninstalled"}}, port) == 200
    with database.reading() as session:
        assert session.exec(select(SlackInstallation)).all() == []
    message = Message("slack:T2:D1:1", "slack", "T2/D1", "T2/U1", NOW)
    with pytest.raises(BillifyError, match="no longer installed"):
        await slack.send(Outgoing("slack:T2:D1:1#0", Reply("Hello"), message))


async def test_an_organisation_installs_it_for_all_of_its_workspaces(
    platform: FakeSlack, accept: Accepting, installable: Any
) -> None:
    slack, port = installable
    token = platform.consent("c0de", None, "UORG", "E9")
    await install(port, "c0de")
    granted = {
        "enterprise_id": "E9",
        "team_id": "T77",
        "user_id": "UORG",
        "is_bot": True,
        "is_enterprise_install": True,
    }
    about = {"team_id": "T77", "enterprise_id": "E9", "authorizations": [granted]}
    assert await platform.post(platform.message("what's due?") | about, port) == 200
    message = await accept.take()
    assert (message.sender, message.conversation) == (f"E9/{ANNA}", "E9/D77")
    sent = await slack.send(Outgoing(f"{message.key}#0", Reply("?", choices=()), message))
    assert (sent.startswith("E9/D77:"), platform.token) == (True, token)


async def test_with_socket_mode_it_is_installed_over_http_as_well(
    platform: FakeSlack, files: Any, accept: Accepting, database: Database
) -> None:
    """Without a token of its own: each workspace goes by its id."""
    port = free_port()
    oauth = OAuth("1.2", "shh", Installations(database, KeyRing([bytes(32)])), InstallStates(database))
    channel = Slack(app_token=APP_TOKEN, files=files, api_url=f"{platform.url}/api/", port=port, oauth=oauth)
    async with listening_to(channel, accept):
        await opened(port)
        platform.consent("c0de", "T2", "UTHEIRS")
        await install(port, "c0de")
        await platform.push(elsewhere(platform, "T2", "UTHEIRS", text="what's due?"))
        assert (await accept.take()).sender == f"T2/{ANNA}"


@pytest.mark.parametrize(("secret", "named"), [("", "BILLIFY_SLACK_CLIENT_SECRET"), (None, "BILLIFY_SLACK_BOT_TOKEN")])
async def test_a_missing_setting_is_named(
    files: Any, accept: Accepting, database: Database, secret: str | None, named: str
) -> None:
    installed = Installations(database, KeyRing([bytes(32)])), InstallStates(database)
    oauth = None if secret is None else OAuth("1.2", secret, *installed)
    with pytest.raises(ChannelMisconfigured, match=named):
        await Slack(app_token=APP_TOKEN, files=files, oauth=oauth).listen(accept)


async def test_a_foreign_answer_installs_nothing(platform: FakeSlack, installable: Any, database: Database) -> None:
    _, port = installable
    platform.consent("c0de", "T2", "UTHEIRS")
    query = {"code": "c0de", "state": "guessed"}
    url = f"http://127.0.0.1:{port}/slack/oauth_redirect"
    headers = {"Cookie": "slack-app-oauth-state=guessed"}
    async with ClientSession() as browser, browser.get(url, params=query, headers=headers) as page:
        assert page.status == 401
    with database.reading() as session:
        assert session.exec(select(SlackInstallation)).all() == []


async def test_the_tokens_open_with_the_right_key_only(database: Database, caplog: Any) -> None:
    from slack_sdk.oauth.installation_store.models.bot import Bot

    bot = Bot(team_id="T2", bot_token="xoxb-2", bot_id="B", bot_user_id="U", installed_at=1.0)
    await Installations(database, KeyRing([bytes(32)])).async_save_bot(bot)
    found = await Installations(database, KeyRing([bytes(32)])).async_find_bot(enterprise_id="E1", team_id="T2")
    assert found is not None and found.bot_token == "xoxb-2"
    assert await Installations(database, KeyRing([b"x" * 32])).find("T2") is None
    assert "Install it anew" in caplog.text


def test_who_writes_from_another_company_is_told_from_ours() -> None:
    event = {"user": "UX", "user_team": "T9", "channel": OFFICE, "ts": "1.0"}
    body = {"team_id": TEAM, "event": event, "is_ext_shared_channel": True, "authorizations": [{"team_id": TEAM}]}
    source = source_of_event(body, TEAM)
    assert (source.person("UX"), source.place(OFFICE)) == ("T9/UX", OFFICE)
    inside = source_of_event(body | {"event": event | {"user_team": TEAM}}, TEAM)
    assert inside.person("UX") == "UX"


@pytest.mark.parametrize(
    ("payload", "person", "place"),
    [
        ({"team": {"id": TEAM}, "user": {"id": "U1", "team_id": TEAM}}, "U1", "C1"),
        ({"team": {"id": TEAM}, "user": {"id": "U1"}}, "U1", "C1"),
        ({"team": None, "user": {"id": "U1", "team_id": TEAM}}, "U1", "C1"),
        ({"team": {"id": TEAM}, "user": {"id": "U1", "team_id": "T9"}}, "T9/U1", "C1"),
        ({"team": {"id": "T2"}, "user": {"id": "U1", "team_id": TEAM}}, "U1", "T2/C1"),
        (
            {
                "team": None,
                "user": {"id": "U1", "team_id": "T77"},
                "enterprise": {"id": "E9"},
                "is_enterprise_install": True,
            },
            "E9/U1",
            "E9/C1",
        ),
    ],
)
def test_what_is_pressed_says_where_in_many_ways(payload: dict[str, Any], person: str, place: str) -> None:
    source = source_of_interaction(payload, TEAM)
    assert (source.person("U1"), source.place("C1")) == (person, place)
