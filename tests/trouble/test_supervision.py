"""A channel that fails is begun anew, told elsewhere and in `doctor`, and takes no other with it."""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from aiohttp import ClientSession

from bot.application.app import open_app
from bot.application.processes import _run
from bot.background import channel_health
from bot.background.channel_health import LedgerHealth
from bot.background.clock import accept_due_notices
from bot.channels import supervision
from bot.channels.mail import Mail
from bot.channels.slack import listening as slack_listening
from bot.channels.telegram import Telegram
from bot.channels.telegram import listening as telegram_listening
from bot.console.doctor import doctor
from config.settings import Settings
from storage.db.database import Database
from storage.messages import channel_faults
from tests.fakes.books.desk import NOW
from tests.fakes.platforms import slack as fake_slack
from tests.fakes.platforms import telegram as fake_telegram
from tests.fakes.platforms.mail_channel import ADDRESS, SECRET
from tests.fakes.platforms.memory_document_store import MemoryFiles
from tests.fakes.platforms.message_acceptor import Accepting, listening_to
from tests.fakes.platforms.slack import FakeSlack
from tests.fakes.platforms.telegram import TOKEN, FakeTelegram, Refused
from tests.fakes.platforms.two_chats import TwoChats, web_looks
from tests.fakes.servers.ports import free_port, opened

POLL = {"id": "1", "question": "Pay?", "options": "of a newer API", "type": {"quiz": True}}


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(supervision, "FIRST_PAUSE", 0.02)
    monkeypatch.setattr(supervision, "LONGEST_PAUSE", 0.05)
    monkeypatch.setattr(telegram_listening, "PAUSE", 0.01)
    monkeypatch.setattr(slack_listening, "PAUSE", 0.01)


@pytest.fixture
async def telegram() -> AsyncIterator[FakeTelegram]:
    fake = FakeTelegram()
    runner = await fake.start()
    yield fake
    await runner.cleanup()


@pytest.fixture
async def slack() -> AsyncIterator[FakeSlack]:
    fake = FakeSlack()
    runner = await fake.start()
    yield fake
    await fake.cut()
    await runner.cleanup()


class Heard:
    """A health that keeps what it is told."""

    def __init__(self) -> None:
        self.failed: list[tuple[str, bool]] = []
        self.worked = asyncio.Event()

    async def failing(self, reason: str, *, lasting: bool = False) -> None:
        self.failed.append((reason, lasting))

    async def well(self) -> None:
        self.worked.set()


@contextlib.asynccontextmanager
async def running(task: Any) -> AsyncIterator[None]:
    begun = asyncio.create_task(task)
    try:
        yield
    finally:
        begun.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await begun


async def until(look: Any) -> Any:
    async with asyncio.timeout(30):
        while not (found := look()):
            await asyncio.sleep(0.02)
    return found


async def test_wrong_tokens_at_start_take_neither_web_nor_mail_with_them(
    tmp_path: Path, telegram: FakeTelegram, slack: FakeSlack, monkeypatch: pytest.MonkeyPatch, capsys: Any
) -> None:
    """Both are told in `doctor`; once they are mended, they listen, without a restart."""
    monkeypatch.setattr(channel_health, "PASSING", timedelta(0))
    monkeypatch.setattr(channel_health, "SETTLED", timedelta(0))
    web_port, mail_port = free_port(), free_port()
    monkeypatch.setenv("BILLIFY_HOME", str(tmp_path))
    settings = Settings(
        web_port=web_port,
        mail_port=mail_port,
        telegram_token="1:revoked",
        telegram_api_url=telegram.url,
        slack_bot_token="xoxb-revoked",
        slack_app_token=fake_slack.APP_TOKEN,
        slack_api_url=f"{slack.url}/api/",
    )
    async with open_app(settings, "look") as app, running(_run(partial(open_app, settings, "all"), ("web",))):
        await opened(web_port)
        await opened(mail_port)

        def faults() -> dict[str, bool]:
            with app.database.reading() as session:
                return {one.channel: one.lasting for one in channel_faults.standing(session, datetime.now(UTC))}

        assert await until(lambda: faults() if len(faults()) == 2 else None) == {"telegram": True, "slack": True}
        assert await doctor(settings, as_json=True) == 1
        found = {one["what"]: one for one in json.loads(capsys.readouterr().out)}
        assert not found["Channels"]["well"]
        assert "BILLIFY_TELEGRAM_TOKEN" in found["Channels"]["text"]
        assert "BILLIFY_SLACK_BOT_TOKEN" in found["Channels"]["text"]
        async with ClientSession() as session, session.get(f"http://127.0.0.1:{web_port}/") as response:
            assert response.status < 500, "the web chat is served all the while"

        monkeypatch.setattr(fake_telegram, "TOKEN", "1:revoked")
        monkeypatch.setattr(fake_slack, "BOT_TOKEN", "xoxb-revoked")
        await slack.connected()
        await until(lambda: not faults())


async def test_a_passing_404_is_not_a_wrong_token(telegram: FakeTelegram) -> None:
    """The library calls any 404 an invalid token."""
    accept, health = Accepting(), Heard()
    telegram.refusals = {"getMe": [Refused(404, "Not Found")], "getUpdates": [Refused(404, "Not Found")]}
    await telegram.say("still there?")
    channel = Telegram(token=TOKEN, files=MemoryFiles(), api_url=telegram.url)
    async with running(supervision.supervised("telegram", lambda: channel.listen(accept), health)):
        assert (await accept.take()).text == "still there?"
    await channel.close()
    assert len(health.failed) == 2


@pytest.mark.parametrize("way", ["poll", "webhook"])
async def test_an_update_of_a_newer_api_holds_up_no_other(telegram: FakeTelegram, way: str, caplog: Any) -> None:
    accept, port = Accepting(), free_port()
    hook = {"webhook_url": f"http://127.0.0.1:{port}", "webhook_port": port} if way == "webhook" else {}
    channel = Telegram(token=TOKEN, files=MemoryFiles(), api_url=telegram.url, **hook)
    before = await telegram.say("before")
    poison = await telegram.say(poll=POLL)
    after = await telegram.say("after")
    async with listening_to(channel, accept):
        if way == "webhook":
            await telegram.seen("setWebhook")
            assert [await telegram.deliver(update) for update in (before, poison, after)] == [200, 200, 200]
        assert (await accept.take(2)).text == "after"
    await channel.close()
    assert [message.text for message in accept.messages.values()] == ["before", "after"]
    assert f"Update {poison['update_id']} of Telegram cannot be read and is skipped" in caplog.text


async def test_two_that_poll_one_bot_notice_each_other(telegram: FakeTelegram) -> None:
    telegram.one_poller = True
    heard = Heard(), Heard()
    channels = [
        Telegram(token=TOKEN, files=MemoryFiles(), api_url=telegram.url, health=lambda _, h=h: h) for h in heard
    ]
    async with listening_to(channels[0], Accepting()), listening_to(channels[1], Accepting()):
        await until(lambda: any(one.failed for one in heard))
    for channel in channels:
        await channel.close()
    reason, lasting = next(one.failed[0] for one in heard if one.failed)
    assert lasting and "Another program asks Telegram for the messages of this bot" in reason


async def test_a_port_of_mail_in_use_leaves_the_other_ways_open(ledger: Database, tmp_path: Path) -> None:
    taken, lmtp = free_port(), free_port()
    blocker = await asyncio.start_server(lambda *_: None, "127.0.0.1", taken)
    heard: dict[str, Heard] = {}
    mail = Mail(
        database=ledger,
        files=MemoryFiles(),
        address=ADDRESS,
        secret=SECRET,
        port=taken,
        lmtp_port=lmtp,
        maildir=tmp_path,
        health=lambda name: heard.setdefault(name, Heard()),
    )
    async with listening_to(mail, Accepting()):
        await opened(lmtp)
        await until(lambda: "mail SMTP" in heard and heard["mail SMTP"].failed)
        blocker.close()
        await blocker.wait_closed()
        await opened(taken)
    await mail.close()
    assert [name for name, one in heard.items() if one.failed] == ["mail SMTP"]


async def test_the_owner_hears_elsewhere_that_a_channel_is_locked_out_and_that_it_works_again(
    ledger_chats: TwoChats,
) -> None:
    chats, now = ledger_chats, NOW
    health = LedgerHealth(chats.desk.database, "telegram", "web.1", lambda: now)

    async def tick() -> None:
        accepted: list[Any] = []

        async def accept(message: Any) -> None:
            accepted.append(message)

        await accept_due_notices(chats.desk.database, accept, chats.desk.conversation._office.zone, now)
        for message in accepted:
            await chats.serve(message)

    await health.failing("Telegram does not accept the token.", lasting=True)
    await tick()
    assert web_looks(chats) == [], "what passes at once is not worth a word"
    now += timedelta(seconds=40)
    await health.failing("Telegram does not accept the token.", lasting=True)
    for _ in range(3):
        await tick()
    (told,) = web_looks(chats)
    assert "Telegram does not work since" in told and "does not accept the token" in told
    now += timedelta(minutes=5)
    await health.well()
    for _ in range(3):
        await tick()
    assert len(web_looks(chats)) == 2 and "Telegram works again" in web_looks(chats)[-1]


async def test_an_outage_is_told_after_ten_minutes_and_never_where_it_is(ledger_chats: TwoChats) -> None:
    chats, now = ledger_chats, NOW
    health = LedgerHealth(chats.desk.database, "web", "web.1", lambda: now)
    told: list[list[Any]] = []
    for minute in (0, 5, 9, 11, 20):
        now = NOW + timedelta(minutes=minute)
        await health.failing("502 Bad Gateway")
        accepted: list[Any] = []

        async def accept(message: Any, accepted: list[Any] = accepted) -> None:
            accepted.append(message)

        await accept_due_notices(chats.desk.database, accept, chats.desk.conversation._office.zone, now)
        for message in accepted:
            await chats.serve(message)
        told.append([message.channel for message in accepted])
    assert told[:3] == [[], [], []]
    assert told[3] in (["slack"], ["telegram"]) and told[4] == []
