"""Measures how long the platforms wait for their answer: with the real channels, over HTTP, into a real queue on disk.

The rival is the same program, but looks up who wrote before it answers, as a listener does that asks where it is told.
"""

from __future__ import annotations

import asyncio
import hmac
import json
import socket
import tempfile
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import asdict, dataclass
from itertools import count
from pathlib import Path

from aiohttp import ClientSession
from rich.console import Console
from rich.table import Table

from bot.bench.ack.events import SLACK, TELEGRAM, Request
from bot.bench.ack.slow_platform import BOT_TOKEN, SECRET, TELEGRAM_TOKEN, SlowPlatform
from bot.bench.ack.statistics import share
from bot.channels.channel import Accept, Channel, Files
from bot.channels.slack import Slack
from bot.channels.telegram import Telegram
from bot.processing.jobs import Jobs
from handlers.messages import Message
from storage.documents.document_store import DocumentStore
from storage.sealing.key_ring import KeyRing


@dataclass(frozen=True)
class Waited:
    """How long the platform waited for its answers to events of one kind, in milliseconds; `lookups` were asked of
    it until the last answer, for which it did not wait unless it is the rival."""

    who: str
    kind: str
    events: int
    p50: float
    p95: float
    worst: float
    lookups: int


def bench_ack(events: int, rival_events: int, lookup_seconds: float, *, as_json: bool) -> None:
    """Prints p50, p95 and worst by kind of event, for Billify and for the rival."""
    found = asyncio.run(measure(events, rival_events, lookup_seconds))
    if as_json:
        print(json.dumps([asdict(one) for one in found]))
        return
    title = f"Until the platform is answered, while each look-up takes {lookup_seconds:g} s (milliseconds)"
    table = Table("", "event", "n", "p50", "p95", "worst", "asked of it", title=title)
    for one in found:
        times = (f"{value:.0f}" for value in (one.p50, one.p95, one.worst))
        table.add_row(one.who, one.kind, str(one.events), *times, str(one.lookups))
    Console().print(table)


async def measure(events: int, rival_events: int, lookup_seconds: float) -> list[Waited]:
    """What both waited."""
    platform, numbers = SlowPlatform(lookup_seconds), count(1000)
    found: list[Waited] = []
    async with AsyncExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="billify-bench-")))
        jobs = Jobs(f"sqlite:///{folder / 'work.db'}", "bench", KeyRing([bytes(32)]))
        await asyncio.to_thread(jobs.prepare)
        stack.callback(jobs.close)
        await stack.enter_async_context(platform.open())
        store = DocumentStore(folder / "documents", bytes(32))
        for who, times, looks_up in (("Billify", events, False), ("looks up first", rival_events, True)):
            async with _listening(platform, store, jobs, looks_up) as urls:
                for kinds, url in zip((SLACK, TELEGRAM), urls, strict=True):
                    for kind, event in kinds.items():
                        brought = [event(next(numbers)) for _ in range(times)]
                        found.append(await _waited(platform, who, kind, url, brought))
    return found


async def _waited(platform: SlowPlatform, who: str, kind: str, url: str, requests: list[Request]) -> Waited:
    """One event after the other, as a platform with a single connection brings them."""
    await platform_rests(platform)
    before, took = platform.asked.total(), []
    async with ClientSession() as session:
        for body, headers in requests:
            begun = time.perf_counter()
            async with session.post(url, data=body, headers=headers) as response:
                response.raise_for_status()
            took.append((time.perf_counter() - begun) * 1000)
    took.sort()
    asked = platform.asked.total() - before
    return Waited(who, kind, len(took), share(took, 0.5), share(took, 0.95), took[-1], asked)


async def platform_rests(platform: SlowPlatform) -> None:
    """Waits until nothing is asked any more that an earlier kind of event began."""
    seen = -1
    while seen != platform.asked.total():
        seen = platform.asked.total()
        await asyncio.sleep(0.05)


@asynccontextmanager
async def _listening(
    platform: SlowPlatform, files: Files, jobs: Jobs, looks_up: bool
) -> AsyncIterator[tuple[str, str]]:
    """Both channels with their webhooks; the addresses of those."""
    slack_port, telegram_port = _free_port(), _free_port()
    slack = Slack(
        bot_token=BOT_TOKEN, signing_secret=SECRET, files=files, api_url=f"{platform.url}/api/", port=slack_port
    )
    at = f"http://127.0.0.1:{telegram_port}"
    telegram = Telegram(
        token=TELEGRAM_TOKEN, files=files, api_url=platform.url, webhook_url=at, webhook_port=telegram_port
    )
    tasks = [
        asyncio.create_task(
            _listen(slack, _first(slack._workspaces.configured.users_info, "user", jobs.accept, looks_up))
        ),
        asyncio.create_task(_listen(telegram, _first(telegram._bot.get_chat, "chat_id", jobs.accept, looks_up))),
    ]
    path = hmac.digest(TELEGRAM_TOKEN.encode(), b"webhook", "sha256").hex()[:32]
    try:
        for port in (slack_port, telegram_port):
            await _opened(port)
        yield f"http://127.0.0.1:{slack_port}/slack/events", f"{at}/{path}"
    finally:
        for task in tasks:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task
        for channel in (slack, telegram):
            await channel.close()


async def _listen(channel: Channel, accept: Accept) -> None:
    await channel.listen(accept)


def _first(ask: Callable[..., Awaitable[object]], named: str, accept: Accept, looks_up: bool) -> Accept:
    """Accepts; as the rival after it asked who that is."""

    async def after_lookup(message: Message) -> None:
        await ask(**{named: message.sender})
        await accept(message)

    return after_lookup if looks_up else accept


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


async def _opened(port: int) -> None:
    async with asyncio.timeout(30):
        while True:
            with suppress(OSError):
                _, writer = await asyncio.open_connection("127.0.0.1", port)
                writer.close()
                return
            await asyncio.sleep(0.02)
