"""The API over real HTTP, on a ledger: its server, a desk that serves what is handed in, and clients with tokens."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import httpx

from bot.api import app
from bot.api.work import Work
from bot.processing.situation import Office
from handlers.messages import Message
from storage.db.tenancy import FIRST, acting_for
from storage.people import people
from storage.people.access import tokens
from tests.fakes.books.desk import Desk
from tests.fakes.platforms.webchat import Chat


class Api:
    """The API in front of somebody's desk. What is handed in is served at once, or waits while `waits`."""

    def __init__(self, desk: Desk, **limits: int) -> None:
        self.desk, self.waits = desk, False
        self.accepted: list[Message] = []
        office = Office(desk.store, ZoneInfo("Europe/Berlin"), "EUR", lambda: self.desk.now)
        self.work = Work(desk.database, desk.store, office)
        self.programs = app.Api(self.work, **limits)
        self.chat = Chat(api=self.programs)

    @asynccontextmanager
    async def running(self) -> AsyncIterator[Api]:
        await self.chat.start()
        self.programs.accept = self._accept
        try:
            yield self
        finally:
            await self.chat.stop()

    async def _accept(self, message: Message) -> None:
        self.accepted.append(message)
        if not self.waits:
            await self.desk.conversation.respond(message)

    @property
    def url(self) -> str:
        return f"{self.chat.url}{app.PATH}"

    def client(self, token: str, **headers: str) -> httpx.AsyncClient:
        """Somebody with a token."""
        headers = {"Authorization": f"Bearer {token}", **headers}
        return httpx.AsyncClient(base_url=self.url, headers=headers, timeout=30)

    def token(
        self,
        address: str = "owner",
        scopes: Sequence[str] = tokens.SCOPES,
        *,
        channel: str = "terminal",
        company: int = FIRST,
        now: datetime | None = None,
        **more: Any,
    ) -> str:
        """A new token of whoever writes from this address."""
        with acting_for(company), self.desk.database.transaction() as session:
            person = people.find_person(session, channel, address)
            assert person is not None
            issued = tokens.issue(session, person.id, "test", scopes=scopes, now=now or self.desk.now, **more)
        return issued[1]
