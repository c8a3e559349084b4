"""Throws thousands of hostile inputs at the readers, and prints what became of them by kind."""

from __future__ import annotations

import asyncio
import json
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from itertools import islice
from pathlib import Path
from random import Random

from rich.console import Console
from rich.table import Table

from bot.bench.hostile.file_tricks import file_tricks
from bot.bench.hostile.mutations import mutated
from bot.bench.hostile.office_tricks import office_tricks
from bot.bench.hostile.originals import mails, of_folder, originals, take_turns
from bot.bench.hostile.pdf_tricks import pdf_tricks
from bot.bench.hostile.picture_tricks import picture_tricks
from bot.bench.hostile.statement_tricks import statement_tricks
from bot.bench.hostile.throwing import Input, Thrown, machine, throw
from bot.bench.hostile.workbook_tricks import workbook_tricks
from bot.bench.mail.hostile import hostile_mails
from bot.channels.mail.parsing_process import MailParser
from extraction.process.reader import Reader
from extraction.process.reader_pool import processors

BAD = ("crash", "hang", "lost", "unclear")
_FIRST = (Input("", "", b"%PDF-"), Input("", "", b"Subject: hello", mail=True))
"""What nobody counts: with these the processes begin."""
_LINES = 20
"""Of progress."""
_WIDE = 140
"""Characters of the table, also where nobody says how wide it may be."""


@dataclass(frozen=True)
class Kind:
    """A kind of inputs: how many there were, how many of them ended badly, and the worst of each measure."""

    kind: str
    inputs: int
    unforeseen: int
    stopped: int
    crashes: int
    hangs: int
    lost: int
    unclear: int
    worst_seconds: float
    worst_processor_seconds: float
    worst_memory_mb: int


@dataclass(frozen=True)
class Measured:
    """What became of all, by kind, and those that ended badly or unforeseen; `seconds` by the clock for all, and of
    processors, of which `at_once` were thrown at a time."""

    kinds: tuple[Kind, ...]
    bad: tuple[Thrown, ...]
    unforeseen: tuple[Thrown, ...]
    machine: str
    at_once: int
    seconds: float
    processor_seconds: float

    @property
    def inputs(self) -> int:
        """Of all kinds."""
        return sum(kind.inputs for kind in self.kinds)


def bench_hostile(count: int, seed: int, folder: Path | None, *, as_json: bool = False) -> Measured:
    """Throws the corpus of tricks and changed originals, `count` in all, and prints what became of them."""
    measured = asyncio.run(measure(islice(inputs(seed, folder), count), told=_Progress(count)))
    if as_json:
        print(json.dumps(asdict(measured) | {"inputs": measured.inputs}, ensure_ascii=False))
    else:
        _print(measured)
    return measured


def inputs(seed: int, folder: Path | None = None) -> Iterator[Input]:
    """All tricks, then changed originals without end: four files, then a mail."""
    yield from tricks()
    random = Random(seed)
    files, sent = originals(), mails()
    if folder:
        real, real_mails = of_folder(folder)
        files, sent = files | real, sent + real_mails
    turns = take_turns(files)
    for n in range(10**9):
        for kind, data in islice(turns, 4):
            yield Input(f"changed: {kind}", str(n), mutated(data, random))
        yield Input("changed: mail", str(n), mutated(sent[n % len(sent)], random), mail=True)


def tricks(chosen: Callable[[str], bool] = bool) -> Iterator[Input]:
    """The corpus that is made here, or what of its files is `chosen` by name; and all mails."""
    of_files: dict[str, Iterable[tuple[str, bytes]]] = {
        "tricks: PDF": pdf_tricks(chosen),
        "tricks: picture": picture_tricks(chosen),
        "tricks: file": file_tricks(chosen),
        "tricks: statement": statement_tricks(chosen),
        "tricks: workbook": workbook_tricks(chosen),
        "tricks: letter": office_tricks(chosen),
    }
    for kind, made in of_files.items():
        yield from (Input(kind, name, data) for name, data in made)
    yield from (Input("tricks: mail", name, data, mail=True) for name, data in hostile_mails())


async def measure(thrown: Iterable[Input], *, told: Callable[[Thrown], object] = lambda _: None) -> Measured:
    """Throws each at processes of its own, as many at once as there are processors; `told` hears of each."""
    source, making = iter(thrown), asyncio.Lock()
    found: list[Thrown] = []

    async def hand() -> None:
        reader, parser = Reader(threads=1), MailParser()
        try:
            await reader.warm_up()
            for first in _FIRST:
                await throw(first, reader, parser)
            while each := await following():
                found.append(await throw(each, reader, parser))
                told(found[-1])
        finally:
            await reader.close()
            await parser.close()

    async def following() -> Input | None:
        async with making:  # on a thread, for some are bombs that take their time to be made
            return await asyncio.to_thread(next, source, None)

    began, at_once = time.perf_counter(), processors()
    async with asyncio.TaskGroup() as hands:
        for _ in range(at_once):
            hands.create_task(hand())
    kinds = sorted({each.kind for each in found}, key=lambda kind: (kind.startswith("changed"), kind))
    return Measured(
        tuple(_kind(kind, [each for each in found if each.kind == kind]) for kind in kinds),
        bad=tuple(each for each in found if each.outcome in BAD),
        unforeseen=tuple(each for each in found if each.outcome == "unforeseen"),
        machine=machine(),
        at_once=at_once,
        seconds=time.perf_counter() - began,
        processor_seconds=sum(each.processor_seconds for each in found),
    )


class _Progress:
    """Tells on standard error how far it is, and at once of what ended badly."""

    def __init__(self, count: int) -> None:
        self._count, self._done, self._bad = count, 0, 0
        self._began = time.perf_counter()

    def __call__(self, thrown: Thrown) -> None:
        self._done += 1
        if thrown.outcome in BAD:
            self._bad += 1
            print(_line(thrown), file=sys.stderr, flush=True)
        if self._done % max(1, self._count // _LINES) == 0:
            seconds = time.perf_counter() - self._began
            told = f"{self._done} of {self._count} thrown, {self._bad} ended badly, {seconds:.0f} s"
            print(told, file=sys.stderr, flush=True)


def _kind(kind: str, found: Sequence[Thrown]) -> Kind:
    counts = Counter(each.outcome for each in found)
    return Kind(
        kind,
        len(found),
        unforeseen=counts["unforeseen"],
        stopped=counts["stopped"],
        crashes=counts["crash"],
        hangs=counts["hang"],
        lost=counts["lost"],
        unclear=counts["unclear"],
        worst_seconds=max(each.seconds for each in found),
        worst_processor_seconds=max(each.processor_seconds for each in found),
        worst_memory_mb=max(each.memory_mb for each in found),
    )


def _print(measured: Measured) -> None:
    console = Console(soft_wrap=True, width=max(Console().width, _WIDE))
    table = Table(title=f"{measured.inputs} hostile inputs")
    counted = ("inputs", "unforeseen", "stopped", "crashes", "hangs", "lost", "unclear")
    heads = (*counted, "worst s", "worst CPU s", "worst MB")
    table.add_column("kind", no_wrap=True)
    for head in heads:
        table.add_column(head, justify="right")
    for kind in measured.kinds:
        name, *numbers = asdict(kind).values()
        table.add_row(name, *(f"{n:.1f}" if isinstance(n, float) else str(n) for n in numbers))
    console.print(table)
    for each in (*measured.bad, *measured.unforeseen):
        console.print(_line(each), highlight=False, markup=False)
    console.print(
        "“Stopped” were refused once they had taken all that one file may, “unforeseen” by the words for whatever a "
        f"decoder raises. {measured.seconds:.0f} s by the clock, {measured.processor_seconds:.0f} s of processors, "
        f"{measured.at_once} at once. {measured.machine}."
    )


def _line(each: Thrown) -> str:
    spent = f"{each.processor_seconds:.1f} s of the processor, {each.memory_mb} MB"
    return f"{each.outcome}: {each.kind}, {each.name} ({spent}): {each.said[:200]}"
