"""`billify connect slack` and `telegram`, against fakes of the platforms: each step checked, kept, and said hello."""

from __future__ import annotations

import asyncio
import json
import tomllib
from contextlib import asynccontextmanager
from urllib.parse import parse_qs, urlsplit

import pytest

from bot.channels.slack.workspaces.manifest import manifest
from bot.console.connect import slack as slack_way
from bot.console.connect.slack import connect_slack, new_app_address
from bot.console.connect.telegram import connect_telegram
from config.setting_faults import load_settings
from handlers.errors import BillifyError
from tests.fakes.platforms import slack as fake_slack
from tests.fakes.platforms import telegram as fake_telegram
from tests.fakes.platforms.slack import FakeSlack
from tests.fakes.platforms.telegram import FakeTelegram


@asynccontextmanager
async def running(platform):
    runner = await platform.start()
    try:
        yield platform
    finally:
        await runner.cleanup()


async def test_slack_from_nothing_to_a_first_message(terminal, set_up):
    async with running(FakeSlack()) as platform:
        home = set_up(slack_api_url=f"{platform.url}/api/")
        (home / "billify.toml").write_text(
            'company_name = "Lindenhof"\n\n[openid.acme]\nissuer = "https://acme"\nclient_id = "a"\n'
        )
        terminal.types(fake_slack.APP_TOKEN, "xoxb-wrong", fake_slack.BOT_TOKEN, fake_slack.APP_TOKEN)
        walking = asyncio.create_task(connect_slack(load_settings(), "", "", terminal.guide))
        code = await terminal.sees(r"write: join (\S+)")
        await platform.push(platform.message(f"join {code}"))
        await asyncio.wait_for(walking, 30)
        shown = terminal.shown
        assert "begins with xoxb-" in shown, "the tokens were mixed up"
        assert "Slack does not accept this token (invalid_auth)" in shown
        assert "installed in Acme" in shown and "Heard you, and answered" in shown
        kept = tomllib.loads((home / "billify.toml").read_text())
        assert kept == {
            "company_name": "Lindenhof",
            "slack_bot_token": fake_slack.BOT_TOKEN,
            "slack_app_token": fake_slack.APP_TOKEN,
            "openid": {"acme": {"issuer": "https://acme", "client_id": "a"}},
        }
        assert (home / "billify.toml").stat().st_mode & 0o077 == 0
        assert any("Olga" in str(look) for look in platform.messages.values())

        await connect_slack(load_settings(), "", "", again := type(terminal.guide)(terminal.guide.console))
        assert again and "I wrote to you in Slack" in terminal.shown
        assert any("Billify is connected here" in str(look) for look in platform.messages.values())


async def test_slack_without_a_scope_says_which(terminal, set_up):
    async with running(FakeSlack()) as platform:
        set_up(slack_api_url=f"{platform.url}/api/")
        platform.scopes.remove("files:read")
        with pytest.raises(BillifyError, match=r"files:read is missing\. Add it under OAuth & Permissions"):
            await connect_slack(load_settings(), fake_slack.BOT_TOKEN, fake_slack.APP_TOKEN, terminal.guide)


async def test_slack_that_is_away_or_another_says_so(terminal, set_up):
    set_up(slack_api_url="http://127.0.0.1:9/api/")
    with pytest.raises(BillifyError, match="Slack cannot be reached"):
        await connect_slack(load_settings(), fake_slack.BOT_TOKEN, "", terminal.guide)


async def test_what_the_environment_sets_otherwise_is_not_kept_behind_its_back(terminal, set_up):
    async with running(FakeSlack()) as platform:
        home = set_up(slack_api_url=f"{platform.url}/api/", slack_bot_token="xoxb-former")
        with pytest.raises(BillifyError, match="BILLIFY_SLACK_BOT_TOKEN is set otherwise by the environment"):
            await connect_slack(load_settings(), fake_slack.BOT_TOKEN, fake_slack.APP_TOKEN, terminal.guide)
        assert not (home / "billify.toml").exists()


async def test_nobody_at_the_terminal_is_told_of_the_options(terminal, set_up):
    set_up()
    terminal.types()
    with pytest.raises(BillifyError, match="There is nobody to ask"):
        await connect_slack(load_settings(), "", "", terminal.guide)


async def test_nothing_from_slack_says_what_may_be_wrong(terminal, set_up, monkeypatch):
    async with running(FakeSlack()) as platform:
        set_up(slack_api_url=f"{platform.url}/api/")
        monkeypatch.setattr("bot.console.connect.introduction.PATIENCE", 0.3)
        with pytest.raises(BillifyError, match="its events do not reach Billify"):
            await connect_slack(load_settings(), fake_slack.BOT_TOKEN, fake_slack.APP_TOKEN, terminal.guide)


def test_the_address_of_a_new_app_brings_the_whole_manifest():
    address = urlsplit(new_app_address())
    assert address.geturl().startswith(slack_way.NEW_APP)
    assert json.loads(parse_qs(address.query)["manifest_json"][0]) == manifest()
    assert len(address.geturl()) < 8000, "longer ones are cut by some browsers"


async def test_telegram_from_nothing_to_a_first_message(terminal, set_up):
    async with running(FakeTelegram()) as platform:
        platform.webhook = {"url": "https://elsewhere.example/hook"}
        home = set_up(telegram_api_url=platform.url)
        terminal.types("no token", "1:wrong", fake_telegram.TOKEN)
        walking = asyncio.create_task(connect_telegram(load_settings(), "", terminal.guide))
        code = await terminal.sees(r"t\.me/billify_bot\?start=(\S+)")
        await platform.say(f"/start {code}")
        await asyncio.wait_for(walking, 30)
        shown = terminal.shown
        assert "/newbot" in shown and "A token has a number, a colon" in shown
        assert "Telegram does not accept this token" in shown and "1:wrong" not in shown
        assert "Another program had this bot's messages" in shown and "Heard you, and answered" in shown
        assert tomllib.loads((home / "billify.toml").read_text()) == {"telegram_token": fake_telegram.TOKEN}
        assert platform.messages
