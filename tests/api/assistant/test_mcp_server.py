"""`billify mcp` as an assistant starts it: a process with lines in and out, before a Billify over HTTP."""

from __future__ import annotations

import asyncio
import json
import os
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from storage.people import people
from tests.fakes.books.desk import NOW
from tests.fakes.books.programs import Api
from tests.fakes.servers.ports import free_port

Say = Callable[[Any], Awaitable[Any]]


@asynccontextmanager
async def assistant(url: str, token: str, home: Path) -> AsyncIterator[Say]:
    """An assistant's end of the pipe: sends a message, and gives the next line that is answered."""
    known = {"BILLIFY_HOME": str(home), "BILLIFY_MCP_URL": url, "BILLIFY_MCP_TOKEN": token}
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot.cli", "mcp",
        stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
        env={**os.environ, **known},
    )  # fmt: skip
    assert process.stdin and process.stdout and process.stderr

    async def say(message: Any) -> Any:
        assert process.stdin and process.stdout
        process.stdin.write((message if isinstance(message, bytes) else json.dumps(message).encode()) + b"\n")
        await process.stdin.drain()
        return json.loads(await asyncio.wait_for(process.stdout.readline(), 20))

    try:
        yield say
    finally:
        process.stdin.close()
        errors = await process.stderr.read()
        assert await process.wait() == 0, errors
        assert not errors


def ask(method: str, number: int = 1, **params: Any) -> dict[str, Any]:
    return {"jsonrpc": "2.0", "id": number, "method": method, "params": params}


async def test_an_assistant_asks_and_proposes(api: Api, tmp_path: Path) -> None:
    with api.desk.database.transaction() as session:
        people.link_address(session, 1, "telegram", "77", by=1, now=NOW)
    async with assistant(api.chat.url, api.token(scopes=["assistant:read", "assistant:write"]), tmp_path) as say:
        hello = await say(ask("initialize", protocolVersion="2025-06-18", capabilities={}, clientInfo={"name": "t"}))
        assert hello["result"]["protocolVersion"] == "2025-06-18" and "tools" in hello["result"]["capabilities"]
        notification = json.dumps({"jsonrpc": "2.0", "method": "notifications/initialized"}).encode()
        assert await say(notification + b"\n" + json.dumps(ask("ping", 2)).encode()) == {
            "jsonrpc": "2.0", "id": 2, "result": {},
        }  # fmt: skip
        listed = {tool["name"]: tool for tool in (await say(ask("tools/list", 3)))["result"]["tools"]}
        assert listed["Due"]["annotations"]["readOnlyHint"] and not listed["Pay"]["annotations"]["readOnlyHint"]
        assert listed["Pay"]["inputSchema"]["additionalProperties"] is False
        due = (await say(ask("tools/call", 4, name="Due", arguments={"vendor": "Acme"})))["result"]
        assert not due["isError"] and "1,249.50" in due["content"][0]["text"]
        assert due["structuredContent"]["kind"] == "answer"
        pay = (await say(ask("tools/call", 5, name="Pay", arguments={"vendor": "Acme"})))["result"]
        assert "Nothing is done yet" in pay["content"][0]["text"] and "telegram" in pay["content"][0]["text"]
        assert api.accepted[-1].channel == "telegram" and api.accepted[-1].notice
        wrong = (await say(ask("tools/call", 6, name="Due", arguments={"colour": "red"})))["result"]
        assert wrong["isError"] and "colour" not in wrong and "schema" in wrong["content"][0]["text"]


NO_MESSAGES = [
    (b"no json", -32700),
    (b"[]", -32600),
    (b'{"jsonrpc": "1.0", "id": 1, "method": "ping"}', -32600),
    (b'{"jsonrpc": "2.0", "id": null, "method": "ping"}', -32600),
    (b'{"jsonrpc": "2.0", "id": 1, "method": "resources/list"}', -32601),
    (b'{"jsonrpc": "2.0", "id": 1, "method": "ping", "params": [1]}', -32602),
    (b'{"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": {"arguments": {}}}', -32602),
    (b'{"jsonrpc": "2.0", "id": 1, "method": "tools/list"}', -32603),
]


async def test_what_is_no_message_is_answered_as_the_protocol_has_it(tmp_path: Path) -> None:
    """Nobody listens at that port."""
    async with assistant(f"http://127.0.0.1:{free_port()}", "bfy_a_b", tmp_path) as say:
        for line, code in NO_MESSAGES:
            answer = await say(line)
            assert answer["error"]["code"] == code and answer["error"]["message"]


async def test_a_token_that_is_not_good_is_said(api: Api, tmp_path: Path) -> None:
    async with assistant(api.chat.url, "bfy_123_456", tmp_path) as say:
        answer = await say(ask("tools/call", name="Due", arguments={}))
        assert answer["result"]["isError"] and "token" in answer["result"]["content"][0]["text"]
