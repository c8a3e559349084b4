"""The API over real HTTP, on a ledger: its server, a desk that serves what is handed in, clients with tokens, and a
receiver of webhooks."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import json
from base64 import b64decode, b64encode
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import httpx
from aiohttp import web

from bot.api import app
from bot.api.work import Work
from bot.processing.situation import Office
from handlers.messages import Message
from storage.db.tenancy import FIRST, acting_for
from storage.people import people
from storage.people.access import tokens
from tests.fakes.books.desk import Desk
from tests.fakes.platforms.webchat import Chat
from tests.fakes.servers.ports import free_port


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


@dataclass(frozen=True)
class Received:
    """One request."""

    id: str
    timestamp: int
    signatures: tuple[str, ...]
    raw: bytes
    answered: int

    @property
    def event(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.raw)
        return found

    @property
    def type(self) -> str:
        return str(self.event["type"])

    def is_signed_with(self, secret: str) -> bool:
        """As the specification of Standard Webhooks has it."""
        key = b64decode(secret.split("_", 1)[1])
        wanted = hmac.new(key, f"{self.id}.{self.timestamp}.".encode() + self.raw, hashlib.sha256).digest()
        return f"v1,{b64encode(wanted).decode()}" in self.signatures


class Receiver:
    """Notes what it gets. `answer` says the status for an event; `before` is waited for before it is answered."""

    def __init__(self) -> None:
        self.got: list[Received] = []
        self.answer: Callable[[dict[str, Any]], int] = lambda _: 204
        self.before: Callable[[], Awaitable[object]] = lambda: asyncio.sleep(0)
        self.headers: dict[str, str] = {}
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}/hook"

    @asynccontextmanager
    async def running(self) -> AsyncIterator[Receiver]:
        app = web.Application()
        app.router.add_post("/hook", self._receive)
        runner = web.AppRunner(app)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", self.port, reuse_address=True).start()
        try:
            yield self
        finally:
            await runner.cleanup()

    @property
    def taken(self) -> list[str]:
        """The types of what was taken, in the order in which it came."""
        return [one.type for one in self.got if one.answered < 300]

    async def _receive(self, request: web.Request) -> web.Response:
        raw = await request.read()
        headers = request.headers
        await self.before()
        status = self.answer(json.loads(raw))
        timestamp, signatures = int(headers["webhook-timestamp"]), tuple(headers["webhook-signature"].split())
        self.got.append(Received(headers["webhook-id"], timestamp, signatures, raw, status))
        return web.Response(status=status, headers=self.headers)
