"""`billify doctor` finds what is wrong with an installation, changes nothing, and says what to mend."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from bot.application.app import open_app
from bot.console.doctor import doctor, machine
from config.settings import Settings
from extraction.ocr import backend
from storage.db.database import Database
from storage.migrations.upgrade import migrate, versions
from tests.fakes.platforms import slack as fake_slack
from tests.fakes.platforms.slack import FakeSlack
from tests.fakes.platforms.telegram import TOKEN, FakeTelegram
from tests.fakes.servers.certificates import certificate
from tests.fakes.servers.ports import free_port
from tests.telemetry.test_figures import saying


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setenv("BILLIFY_HOME", str(tmp_path))
    monkeypatch.setenv("BILLIFY_MAIL_PORT", "0")
    monkeypatch.setenv("BILLIFY_WEB_PORT", str(free_port()))
    before = os.umask(0o077)  # as every process of ours has it
    yield tmp_path
    os.umask(before)


async def examined(capsys: Any, **settings: Any) -> tuple[int, dict[str, dict[str, Any]]]:
    status = await doctor(Settings(**settings), as_json=True)
    return status, {finding["what"]: finding for finding in json.loads(capsys.readouterr().out)}


async def test_a_new_installation_is_well(home: Path, capsys: Any) -> None:
    status, found = await examined(capsys)
    assert status == 0, found
    assert "new" in found["Database"]["text"] and "OpenVINO" in found["Networks"]["text"]
    status, found = await examined(capsys, time_zone="Europe/Berlin")
    assert status == 0 and "up to date" in found["Database"]["text"]
    assert found["Time zone"]["text"] == "Europe/Berlin" and "0.0 s" in found["Clock"]["text"]


async def test_a_database_of_another_version_is_left_as_it_is(home: Path, capsys: Any, database_url: str) -> None:
    database = Database(database_url)
    migrate(database)
    with database.engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '0001'"))
    database.close()
    status, found = await examined(capsys, database_url=database_url)
    assert status == 1 and not found["Database"]["well"] and "billify release" in found["Database"]["text"]
    assert "Outbox" not in found, "what stands on it is not opened"
    assert versions(database_url)[0] == "0001"


async def test_a_database_that_is_away_is_a_finding(home: Path, capsys: Any) -> None:
    status, found = await examined(capsys, database_url=f"postgresql://nobody@127.0.0.1:{free_port()}/none")
    assert status == 1 and "cannot be reached" in found["Database"]["text"]
    assert found["Disk"]["well"], "the rest is looked at all the same"


async def test_a_key_that_is_none_is_a_finding(home: Path, capsys: Any) -> None:
    status, found = await examined(capsys, document_key="abc")
    assert status == 1 and not found["Keys"]["well"]


async def test_networks_that_are_not_there_are_a_finding(home: Path, capsys: Any, tmp_path: Path) -> None:
    with pytest.MonkeyPatch.context() as without:
        without.setattr(backend, "find_spec", lambda name: None)
        status, found = await examined(capsys, recogniser="latin_g2", models=tmp_path)
    assert status == 1 and "make setup WITH=easyocr" in found["Networks"]["text"]


async def test_what_waits_and_nobody_serves_is_a_finding(home: Path, capsys: Any) -> None:
    async with open_app(Settings(), "sender") as app:
        await app.jobs.accept(saying("doctor-1", "balance"))
    status, found = await examined(capsys)
    assert status == 1 and "none serves messages, and 1 wait" in found["Processes"]["text"]


async def test_tokens_are_asked_for_at_their_platforms(home: Path, capsys: Any) -> None:
    telegram, slack = FakeTelegram(), FakeSlack()
    runners = [await telegram.start(), await slack.start()]
    try:
        urls = {"telegram_api_url": telegram.url, "slack_api_url": f"{slack.url}/api/"}
        right = {
            "telegram_token": TOKEN,
            "slack_bot_token": fake_slack.BOT_TOKEN,
            "slack_app_token": fake_slack.APP_TOKEN,
        }
        status, found = await examined(capsys, **urls, **right)
        assert status == 0, found
        assert "is valid" in found["Telegram"]["text"] and "is valid" in found["Slack (Socket Mode)"]["text"]
        status, found = await examined(capsys, **urls, **dict.fromkeys(right, "1:gone"))
        assert status == 1
        assert "set BILLIFY_TELEGRAM_TOKEN" in found["Telegram"]["text"]
        assert "set BILLIFY_SLACK_BOT_TOKEN" in found["Slack"]["text"]
        assert "1:gone" not in json.dumps(found), "no token is shown"
    finally:
        await slack.cut()
        for runner in runners:
            await runner.cleanup()
    status, found = await examined(capsys, **urls, **right)
    assert status == 1 and "cannot be reached" in found["Telegram"]["text"]


@pytest.mark.parametrize(("days", "well"), [(90, True), (3, False)])
async def test_a_certificate_is_told_before_it_ends(home: Path, capsys: Any, days: int, well: bool) -> None:
    file = certificate(home / "web.pem", days)
    file.chmod(0o600)
    status, found = await examined(capsys, web_certificate=file)
    assert found["Certificate (web)"]["well"] == well and status == (0 if well else 1), found


async def test_a_clock_that_is_wrong_is_a_finding(home: Path, capsys: Any) -> None:
    """The machine's clock is not ours to turn, so the database's is told otherwise."""
    async with open_app(Settings(), "test") as app:
        assert abs(app.jobs.seconds_ahead()) < 5
        with pytest.MonkeyPatch.context() as wrong:
            wrong.setattr(type(app.jobs), "seconds_ahead", lambda _: -181.0)
            found = await machine.clock(app)
    assert not found.well and "181 s behind the database's" in found.text and "NTP" in found.text


async def test_who_else_listens_at_our_port_is_told(home: Path, capsys: Any) -> None:
    telegram = FakeTelegram()
    runner = await telegram.start()
    try:
        port = int(telegram.url.rpartition(":")[2])
        found = await machine.web_address(Settings(web_port=port), runs=False)
        assert not found.well and "something else answers" in found.text
    finally:
        await runner.cleanup()
    found = await machine.web_address(Settings(web_port=port), runs=True)
    assert not found.well and "billify web" in found.text
