"""A company's Slack with everything real behind it: the channel listens, and what it accepts is served at once."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from bot.channels.slack import Slack
from bot.processing.forms.desk import LedgerDesk
from bot.processing.situation import Office as Situated
from storage.db.database import Database
from tests.fakes.books.desk import NOW, paper
from tests.fakes.books.small_company import ACME
from tests.fakes.platforms.message_acceptor import Accepting, listening_to
from tests.fakes.platforms.slack import APP_TOKEN, BOT_TOKEN, TEAM, FakeSlack
from tests.fakes.platforms.two_chats import TwoChats, two_chats

PAPERS = {"acme": paper(**ACME)}


@dataclass
class Office:
    """`taken` is how many messages the channel has accepted that were served."""

    chats: TwoChats
    platform: FakeSlack
    accept: Accepting
    slack: Slack
    desk: LedgerDesk
    taken: int = 0

    async def bring(self, payload: dict[str, Any]) -> dict[str, Any]:
        """Slack brings something; what it is answered with, once that is."""
        envelope = await self.platform.push(payload)
        await self.platform.acknowledgement(envelope)
        while len(self.accept.messages) > self.taken:
            self.taken += 1
            await self.chats.serve(await self.accept.take(self.taken))
        return self.platform.answers[envelope]

    async def press(self, who: str, label: str, sent_id: str) -> dict[str, Any]:
        """Somebody presses what is labelled so under a message of ours."""
        return await self.bring(self.platform.press(label, sent_id) | {"user": user(who)})

    async def submit(self, who: str, **values: str | None) -> dict[str, Any]:
        """Somebody fills the modal that was opened last and submits it."""
        filled = self.platform.fill(self.platform.modals[-1], user(who), **values)
        return await self.bring({**filled, "team": {"id": TEAM}})

    async def card(self) -> str:
        """Max sends the paper of Acme; the id of its card."""
        await self.chats.say("slack", "max", files=("acme",))
        return list(self.chats.seen("slack", "max"))[-1]


def user(who: str) -> dict[str, Any]:
    """A person as payloads name them."""
    return {"id": f"U{who.upper()}", "username": who, "team_id": TEAM}


@asynccontextmanager
async def open_office(database: Database, folder: Path) -> AsyncIterator[Office]:
    async with two_chats(database, folder, PAPERS) as chats:
        platform, accept, store = chats.platforms["slack"], Accepting(), chats.desk.store
        desk = LedgerDesk("slack", database, Situated(store, ZoneInfo("Europe/Berlin"), "EUR", lambda: NOW))
        slack = Slack(bot_token=BOT_TOKEN, app_token=APP_TOKEN, files=store, api_url=f"{platform.url}/api/", desk=desk)
        async with listening_to(slack, accept):
            await platform.connected()
            yield Office(chats, platform, accept, slack, desk)
        await platform.cut()
