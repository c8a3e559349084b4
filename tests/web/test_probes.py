"""What load balancers ask: whether the process lives, and whether it can be sent requests."""

from __future__ import annotations

import pytest
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message

from bot.channels import probes
from bot.channels.probes import Probes

CHAT = PlainTextResponse("the chat", 418)


async def asked(app: ASGIApp, path: str, method: str = "GET") -> int:
    statuses: list[int] = []

    async def receive() -> Message:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Message) -> None:
        if message["type"] == "http.response.start":
            statuses.append(message["status"])

    await app({"type": "http", "method": method, "path": path, "headers": [], "query_string": b""}, receive, send)
    return statuses[0]


async def test_ready_is_who_listens_and_reaches_what_it_needs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(probes, "FRESH_SECONDS", -1.0)
    listening = away = False

    async def ready() -> None:
        if away:
            raise OSError("Connection refused")

    app = Probes(CHAT, ready, lambda: listening)
    for listening, away, status in ((False, False, 503), (True, False, 200), (True, True, 503), (True, False, 200)):  # noqa: B007
        assert await asked(app, "/readyz") == status
        assert await asked(app, "/healthz") == 200, "it lives, whatever is away"
    assert await asked(app, "/elsewhere") == await asked(app, "/readyz", "POST") == 418


async def test_who_asks_often_costs_little() -> None:
    looked = 0

    async def ready() -> None:
        nonlocal looked
        looked += 1

    app = Probes(CHAT, ready, lambda: True)
    assert {await asked(app, "/readyz") for _ in range(50)} == {200}
    assert looked == 1
