"""A line in, a line out, until the assistant closes our standard input."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Callable

from bot.console.assistant.protocol import Server
from bot.console.assistant.remote import Remote

LONGEST_LINE = 1 << 20
AT_ONCE = 8
"""Calls that are in work at a time; a ping is answered beside them."""


async def serve(url: str, token: str) -> None:
    """Serves an assistant on standard input and output. Raises: BillifyError for what cannot be begun with."""
    async with Remote(url, token) as billify:
        server, room = Server(billify), asyncio.Semaphore(AT_ONCE)
        async with asyncio.TaskGroup() as tasks:
            while line := await asyncio.to_thread(sys.stdin.buffer.readline, LONGEST_LINE):
                if line.strip():
                    await room.acquire()
                    tasks.create_task(_answer(server, line, room.release))


async def _answer(server: Server, line: bytes, done: Callable[[], None]) -> None:
    try:
        if (answer := await server.answer(line)) is not None:
            sys.stdout.buffer.write(answer.encode() + b"\n")
            sys.stdout.buffer.flush()
    finally:
        done()
