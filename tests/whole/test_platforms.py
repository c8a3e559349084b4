"""From a document in Telegram or Slack to the ledger: the whole of Billify, against fake platforms over real HTTP."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from aiohttp.web import AppRunner
from sqlmodel import select

from bot.application.app import App, open_app
from config.settings import Settings
from storage.models import Bill, BillState, Entry
from storage.people import people
from tests.fakes.platforms import slack as fake_slack
from tests.fakes.platforms import telegram as fake_telegram
from tests.fakes.platforms.slack import FakeSlack
from tests.fakes.platforms.telegram import FakeTelegram

PDF = "application/pdf"


@asynccontextmanager
async def serving(channel: str, **settings: Any) -> AsyncIterator[App]:
    """Billify with one channel listening and a worker, in this process."""
    async with open_app(Settings(mail_port=0, **settings), "all") as app:
        tasks = [
            asyncio.create_task(app.serve()),
            asyncio.create_task(app.channels[channel].listen(app.jobs.accept)),
        ]
        try:
            yield app
        finally:
            for task in tasks:
                task.cancel()
                with contextlib.suppress(asyncio.CancelledError):
                    await task


@asynccontextmanager
async def ended(runner: AppRunner) -> AsyncIterator[None]:
    """Stops a fake platform at the end of the block."""
    try:
        yield
    finally:
        await runner.cleanup()


async def until(look: Callable[[], Any]) -> Any:
    """What `look` finds, as soon as it finds something."""
    async with asyncio.timeout(60):
        while not (found := look()):
            await asyncio.sleep(0.02)
    return found


def invitation(app: App, name: str) -> str:
    with app.database.transaction() as session:
        return people.invite(session, name, invited_by=app.owner_id, now=datetime.now(UTC))


def confirmed(app: App) -> None:
    with app.database.reading() as session:
        assert [bill.state for bill in session.exec(select(Bill))] == [BillState.CONFIRMED]
        assert len(session.exec(select(Entry)).all()) == 1


async def test_telegram(tmp_path: Path, samples: Path) -> None:
    platform = FakeTelegram()
    runner = await platform.start()
    invoice = platform.keep((samples / "acme-invoice.pdf").read_bytes(), "documents/acme.pdf")
    document = invoice | {"file_name": "acme.pdf", "mime_type": PDF}

    def seen(text: str) -> list[dict[str, Any]]:
        return [m for m in platform.messages.values() if text in m.get("text", "") + m.get("caption", "")]

    settings = {"telegram_token": fake_telegram.TOKEN, "telegram_api_url": platform.url}
    async with ended(runner), serving("telegram", home=tmp_path, **settings) as app:
        await platform.say(document=document)
        await until(lambda: seen("people who have been invited"))
        await platform.say(f"/start {invitation(app, 'Anna')}")
        await until(lambda: seen("Welcome, Anna"))

        await platform.say(document=document)
        (card,) = await until(lambda: seen("€1,249.50"))
        assert len(platform.messages) == 3, "the card took the place of its status"
        asked = [method for method, parameters in platform.calls if "Reading" in str(parameters)]
        assert asked, "the status was shown while it was read"

        await platform.say("vendor is Acme Industries", reply_to_message=card)
        (corrected,) = await until(lambda: seen("Acme Industries"))
        (former,) = await until(lambda: seen("Continued below"))
        assert "reply_markup" not in former, "only the new card has buttons"
        await platform.press("Confirm", corrected)
        await until(lambda: seen("Confirmed by Anna"))
        await platform.say("what's due?")
        await until(lambda: seen("1 open bill"))
        confirmed(app)


async def test_slack(tmp_path: Path, samples: Path) -> None:
    platform = FakeSlack()
    runner = await platform.start()
    invoice = platform.keep((samples / "acme-invoice.pdf").read_bytes(), "acme.pdf", PDF)

    def seen(text: str) -> list[str]:
        return [f"{channel}:{ts}" for (channel, ts), m in platform.messages.items() if text in str(m)]

    settings = {
        "slack_bot_token": fake_slack.BOT_TOKEN,
        "slack_app_token": fake_slack.APP_TOKEN,
        "slack_api_url": f"{platform.url}/api/",
    }
    async with ended(runner), serving("slack", home=tmp_path, **settings) as app:
        await platform.push(platform.message("what's due?"))
        await until(lambda: seen("people who have been invited"))
        await platform.push(platform.message(f"join {invitation(app, 'Anna')}"))
        await until(lambda: seen("Welcome, Anna"))

        await platform.push(platform.message(subtype="file_share", files=[invoice]))
        (card,) = await until(lambda: seen("€1,249.50"))
        await platform.push(platform.press("Confirm", card))
        await until(lambda: seen("Confirmed by Anna"))
        assert seen("Confirmed by Anna") == [card], "the decision took the place of the buttons"
        await platform.push(platform.message("what's due?"))
        await until(lambda: seen("1 open bill"))
        confirmed(app)
        await platform.cut()
