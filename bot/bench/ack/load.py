"""Measures how soon messages are durable that come at a rate: by web hook, SMTP and web chat, into `billify web`.

Afterwards the queue is counted: nobody serves, so that all that was taken lies there.
"""

from __future__ import annotations

import asyncio
import json
import re
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterable, Sequence
from contextlib import AsyncExitStack
from dataclasses import asdict, dataclass, replace
from itertools import pairwise
from pathlib import Path

import sqlalchemy as sa
from rich.console import Console
from rich.table import Table

from bot.bench.ack.slow_platform import SlowPlatform
from bot.bench.ack.statistics import share
from bot.bench.ack.ways import Sender, Web, senders
from bot.processing.durable.message_queue import QUEUE, MessageQueue

REPEATED = 20
"""Every so many messages one is brought twice, as platforms and mail servers do that missed the answer."""

ALONE = 10
"""Messages of each conversation, by one way while the others rest."""


@dataclass(frozen=True)
class Durable:
    """What came by one way: milliseconds until it was said to be durable, those that a processor works for one (its
    database aside), and what is wrong of what lies in the queue: messages that are not there, that are there twice, and
    that stand before an earlier one of their conversation."""

    database: str
    way: str
    messages: int
    a_second: float
    p50: float = 0.0
    p99: float = 0.0
    lost: int = 0
    doubled: int = 0
    overtaken: int = 0
    processor: float = 0.0


def bench_load(rate: int, seconds: float, database: str, *, as_json: bool) -> None:
    """Prints a row for each way, on SQLite, and on `database` (PostgreSQL, empty) where one is given."""
    found = asyncio.run(measure(rate, seconds, ""))
    if database:
        found += asyncio.run(measure(rate, seconds, database))
    if as_json:
        print(json.dumps([asdict(one) for one in found]))
        return
    heads = ("database", "way", "n", "a second", "p50 ms", "p99 ms", "processor ms", "lost", "doubled", "overtaken")
    table = Table(*heads, title=f"Until {rate} messages a second are durable")
    for one in found:
        figures = (f"{one.a_second:.0f}", f"{one.p50:.0f}", f"{one.p99:.0f}", f"{one.processor:.1f}")
        table.add_row(
            one.database,
            one.way,
            str(one.messages),
            *figures,
            *(str(count) for count in (one.lost, one.doubled, one.overtaken)),
        )
    Console().print(table)


async def measure(rate: int, seconds: float, database: str) -> list[Durable]:
    """`database` is "" for SQLite."""
    async with AsyncExitStack() as stack:
        home = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="billify-bench-")))
        platform = SlowPlatform(0.0)
        await stack.enter_async_context(platform.open())
        web = await stack.enter_async_context(Web(home, database, platform.url).running())
        by_way = {way: await stack.enter_async_context(made) for way, made in senders(web).items()}
        total = int(rate * seconds)
        everybody = [
            (way, sender)
            for group in zip(*by_way.values(), strict=True)
            for way, sender in zip(by_way, group, strict=True)
        ]
        begun = time.monotonic()
        told = await asyncio.gather(
            *(
                _send(sender, range(first, total, len(everybody)), begun, rate)
                for first, (_, sender) in enumerate(everybody)
            )
        )
        lasted = time.monotonic() - begun
        worked = {}
        for turn, (way, some) in enumerate(by_way.items()):
            worked[way] = await _processor(web, some, total + turn * len(some) * ALONE)
        lying = await asyncio.to_thread(_lying, database or f"sqlite:///{home / 'work.db'}")
    found = []
    for way, (sender, *_) in by_way.items():
        mine = [n for n, (by, _) in enumerate(everybody) if by == way]
        took = sorted(one for n in mine for one in told[n])
        sent = {number for n in mine for number in range(n, total, len(everybody))}
        kind = "PostgreSQL" if database else "SQLite"
        one = Durable(kind, way, len(sent), len(took) / lasted, processor=worked[way])
        found.append(_judged(one, took, sent, lying[sender.channel]))
    return found


async def _send(sender: Sender, numbers: Iterable[int], begun: float, rate: int) -> list[float]:
    """One conversation: each message at its time, or once the one before it is answered; milliseconds of each."""
    took = []
    for number in numbers:
        await asyncio.sleep(max(0.0, begun + number / rate - time.monotonic()))
        for _ in range(2 if number % REPEATED == 0 else 1):
            at = time.perf_counter()
            await sender(number)
            took.append((time.perf_counter() - at) * 1000)
    return took


async def _processor(web: Web, some: Sequence[Sender], first: int) -> float:
    """Milliseconds of processor for a message that comes by this way alone; their numbers are from `first` on."""

    async def bring(sender: Sender, numbers: Iterable[int]) -> None:
        for number in numbers:
            await sender(number)

    before = web.processor_seconds()
    await asyncio.gather(
        *(bring(one, range(first + n, first + len(some) * ALONE, len(some))) for n, one in enumerate(some))
    )
    return (web.processor_seconds() - before) * 1000 / (len(some) * ALONE)


def _lying(url: str) -> dict[str, list[tuple[str, int]]]:
    """Of each channel the conversation and the number of each message in the queue, in their order."""
    queue = MessageQueue(url, "bench")
    try:
        with queue.engine.connect() as connection:
            rows = connection.execute(sa.select(QUEUE.c.key, QUEUE.c.conversation).order_by(QUEUE.c.place)).all()
    finally:
        queue.close()
    found: dict[str, list[tuple[str, int]]] = defaultdict(list)
    for row in rows:
        if number := re.search(r"(\d{6})(@localhost.*)?$", row.key):
            found[row.key.partition(":")[0]].append((row.conversation, int(number[1])))
    return found


def _judged(way: Durable, took: list[float], sent: set[int], lying: list[tuple[str, int]]) -> Durable:
    """With what is measured and counted: `took` in ascending order, `sent` the numbers of the messages."""
    conversations: dict[str, list[int]] = defaultdict(list)
    for conversation, number in lying:
        conversations[conversation].append(number)
    there = {number for _, number in lying}
    return replace(
        way,
        p50=share(took, 0.5),
        p99=share(took, 0.99),
        lost=len(sent - there),
        doubled=len(lying) - len(there),
        overtaken=sum(one > after for each in conversations.values() for one, after in pairwise(each)),
    )
