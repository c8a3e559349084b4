"""Measures how mails are parsed, in the process and off the event loop as in use."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from statistics import median

from rich.console import Console
from rich.table import Table

from bot.bench.mail.answers import SENDER, answers
from bot.bench.mail.hostile import hostile_mails
from bot.bench.mail.samples import KINDS
from bot.channels.mail.body_text import words
from bot.channels.mail.parsing_process import MailParser
from handlers.errors import BillifyError

_TIMES = 5
_TICK = 0.005


@dataclass(frozen=True)
class Timed:
    """A kind of mail: its bytes, seconds until it was parsed (the median), the longest that the event loop stood still
    meanwhile, and what became of it: the text of a refusal, "" where it was parsed."""

    kind: str
    size: int
    seconds: float
    loop_stood: float
    refused: str


@dataclass(frozen=True)
class Measured:
    """What was measured; of the corpus of answers how many left the bare words."""

    kinds: tuple[Timed, ...]
    hostile: tuple[Timed, ...]
    answers: int
    answers_right: int
    answer_seconds: float

    @property
    def worst(self) -> Timed:
        """The hostile mail that took longest."""
        return max(self.hostile, key=lambda timed: timed.seconds)


def bench_mail(*, as_json: bool = False, hostile: Iterable[tuple[str, bytes]] | None = None) -> Measured:
    """Parses mails of each kind and hostile ones, and prints how long they took, as a table or as one JSON object."""
    measured = asyncio.run(_measured(hostile_mails() if hostile is None else hostile))
    if as_json:
        print(json.dumps(asdict(measured) | {"worst": asdict(measured.worst)}, ensure_ascii=False))
    else:
        _print(measured)
    return measured


async def _measured(hostile: Iterable[tuple[str, bytes]]) -> Measured:
    parser = MailParser()
    try:
        await parser.parse(KINDS["words"]())  # starts the process
        await parser.parse(KINDS["an invoice as HTML"]())  # loads what draws
        kinds = [await _timed(parser, kind, make(), _TIMES) for kind, make in KINDS.items()]
        worst = [await _timed(parser, kind, raw, 1) for kind, raw in hostile]
    finally:
        await parser.close()
    began = time.perf_counter()
    right = [words(answer.text, "Re: Acme", SENDER).said == answer.said for answer in answers()]
    seconds = (time.perf_counter() - began) / len(right)
    return Measured(tuple(kinds), tuple(worst), len(right), sum(right), seconds)


async def _timed(parser: MailParser, kind: str, raw: bytes, times: int) -> Timed:
    seconds, refused, stood = [], "", [0.0]
    ticking = asyncio.create_task(_tick(stood.append))
    for _ in range(times):
        await asyncio.sleep(0)
        began = time.perf_counter()
        try:
            await parser.parse(raw)
        except BillifyError as error:
            refused = str(error)
        seconds.append(time.perf_counter() - began)
    ticking.cancel()
    return Timed(kind, len(raw), median(seconds), max(stood), refused)


async def _tick(stood: Callable[[float], None]) -> None:
    """Notes by how much each of the loop's ticks is late."""
    while True:
        began = time.perf_counter()
        await asyncio.sleep(_TICK)
        stood(max(0.0, time.perf_counter() - began - _TICK))


def _print(measured: Measured) -> None:
    console = Console(soft_wrap=True)
    console.print(_table("Mails", measured.kinds))
    console.print(
        _table("Hostile mails of 1 MB, the slowest first", sorted(measured.hostile, key=lambda t: -t.seconds)[:15])
    )
    worst, refused = measured.worst, sum(bool(timed.refused) for timed in measured.hostile)
    console.print(
        f"The worst of {len(measured.hostile)} hostile mails: {worst.seconds:.2f} s ({worst.kind}); "
        f"the event loop stood still for {max(t.loop_stood for t in measured.hostile) * 1000:.0f} ms at most; "
        f"{refused} were refused."
    )
    console.print(
        f"Answers of the corpus that left the bare words: {measured.answers_right} of {measured.answers}, "
        f"{measured.answer_seconds * 1000:.2f} ms each."
    )


def _table(title: str, rows: Iterable[Timed]) -> Table:
    table = Table(title=title, title_justify="left", box=None, header_style="bold")
    table.add_column("kind")
    for head in ("kB", "ms", "loop stood, ms"):
        table.add_column(head, justify="right")
    table.add_column("refused")
    for timed in rows:
        values = (timed.size / 1000, timed.seconds * 1000, timed.loop_stood * 1000)
        table.add_row(
            timed.kind, *(f"{value:,.0f}" if value >= 10 else f"{value:.1f}" for value in values), timed.refused[:40]
        )
    return table
