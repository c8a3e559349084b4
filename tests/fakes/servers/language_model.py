"""A language model behind an OpenAI-compatible address that answers what the test says."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from aiohttp import web
from aiohttp.test_utils import TestServer


class Model:
    """`content` is the text of its next answers; `asked` are the questions it got. It may be slow, or fail."""

    def __init__(self) -> None:
        self.content = '{"request": "none", "slots": {}}'
        self.asked: list[dict[str, Any]] = []
        self.authorizations: list[str] = []
        self.status = 200
        self.seconds = 0.0
        self.url = ""

    async def answer(self, request: web.Request) -> web.Response:
        self.asked.append(await request.json())
        self.authorizations.append(request.headers.get("Authorization", ""))
        await asyncio.sleep(self.seconds)
        message = {"role": "assistant", "content": self.content}
        return web.json_response({"choices": [{"index": 0, "message": message}]}, status=self.status)


@asynccontextmanager
async def model_server() -> AsyncIterator[Model]:
    """The model, listening on a port of its own."""
    model = Model()
    app = web.Application()
    app.router.add_post("/v1/chat/completions", model.answer)
    async with TestServer(app) as server:
        model.url = str(server.make_url("/v1"))
        yield model
