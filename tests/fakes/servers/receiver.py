"""A receiver of webhooks over real HTTP, which notes what it gets and answers as it is told."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import json
from base64 import b64decode, b64encode
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

from aiohttp import web

from tests.fakes.servers.ports import free_port


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
    """`answer` says the status for a request's event; `before` is waited for before it is answered."""

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
