"""Throws thousands of hostile inputs at the readers, and prints what became of them by kind."""

from __future__ import annotations

import asyncio
import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from itertools import chain, islice
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

BAD = ("crash", "hang", "lost", "unclear")
_FIRST = Input("", "", b"%PDF-")


@dataclass(frozen=True)
class Kind:
    """A kind of inputs: how many there were, how many of them ended badly, and the worst of each measure."""

    kind: str
    inputs: int
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
    """What became of all, by kind, and those that ended badly."""

    kinds: tuple[Kind, ...]
    bad: tuple[Thrown, ...]
    machine: str

    @property
    def inputs(self) -> int:
        """Of all kinds."""
        return sum(kind.inputs for kind in self.kinds)


def bench_hostile(count: int, seed: int, folder: Path | None, *, as_json: bool = False) -> Measured:
    """Throws the corpus of tricks and changed originals, `count` in all, and prints what became of them."""
    measured = asyncio.run(measure(islice(inputs(seed, folder), count)))
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


async def measure(thrown: Iterable[Input]) -> Measured:
    """Throws each at processes of its own."""
    reader, parser = Reader(), MailParser()
    try:
        await reader.warm_up()
        found = [each async for each in throw(chain([_FIRST], thrown), reader, parser) if each.kind]
    finally:
        await reader.close()
        await parser.close()
    kinds = dict.fromkeys(each.kind for each in found)
    counted = tuple(_kind(kind, [each for each in found if each.kind == kind]) for kind in kinds)
    return Measured(counted, tuple(each for each in found if each.outcome in BAD), machine())


def _kind(kind: str, found: Sequence[Thrown]) -> Kind:
    counts = Counter(each.outcome for each in found)
    return Kind(
        kind,
        len(found),
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
    console = Console(soft_wrap=True)
    table = Table(title=f"{measured.inputs} hostile inputs")
    heads = ("inputs", "stopped", "crashes", "hangs", "lost", "unclear", "worst s", "worst CPU s", "worst MB")
    table.add_column("kind")
    for head in heads:
        table.add_column(head, justify="right")
    for kind in measured.kinds:
        name, *numbers = asdict(kind).values()
        table.add_row(name, *(f"{n:.1f}" if isinstance(n, float) else str(n) for n in numbers))
    console.print(table)
    for each in measured.bad:
        console.print(f"{each.outcome}: {each.kind}, {each.name}: {each.said[:200]}", highlight=False, markup=False)
    console.print(f"“Stopped” were refused once they had taken all that one file may. {measured.machine}.")
