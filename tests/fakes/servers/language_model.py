"""A language model behind an OpenAI-compatible address that answers what the test says."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from aiohttp import web
from aiohttp.test_utils import TestServer


def call(tool: str, /, **arguments: Any) -> dict[str, Any]:
    """A tool call as the API has it."""
    return {"id": "call_1", "type": "function", "function": {"name": tool, "arguments": json.dumps(arguments)}}


class Model:
    """`calls` or `content` is what its next answers say, `body` a whole answer instead; `asked` are its questions.

    It may be slow, or fail.
    """

    def __init__(self) -> None:
        self.calls: list[dict[str, Any]] = []
        self.content: str | None = None
        self.body: bytes | None = None
        self.asked: list[dict[str, Any]] = []
        self.authorizations: list[str] = []
        self.status = 200
        self.headers: dict[str, str] = {}
        self.seconds = 0.0
        self.url = ""

    def answers(self, tool: str, /, **arguments: Any) -> None:
        """From now on it calls this tool."""
        self.calls, self.content, self.body = [call(tool, **arguments)], None, None

    async def answer(self, request: web.Request) -> web.Response:
        self.asked.append(await request.json())
        self.authorizations.append(request.headers.get("Authorization", ""))
        await asyncio.sleep(self.seconds)
        if self.body is not None:
            return web.Response(body=self.body, status=self.status, headers=self.headers)
        message = {"role": "assistant", "content": self.content} | ({"tool_calls": self.calls} if self.calls else {})
        return web.json_response(
            {"choices": [{"index": 0, "message": message}]}, status=self.status, headers=self.headers
        )


@asynccontextmanager
async def model_server() -> AsyncIterator[Model]:
    """The model, listening on a port of its own."""
    model = Model()
    app = web.Application()
    app.router.add_post("/v1/chat/completions", model.answer)
    async with TestServer(app) as server:
        model.url = str(server.make_url("/v1"))
        yield model
