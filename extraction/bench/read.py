"""`billify bench read`: reads a data set through the real reader and prints how much of it was right."""

from __future__ import annotations

import asyncio
from pathlib import Path

from rich.console import Console
from rich.progress import track
from rich.table import Table

from extraction.bench.figures import Figures, Outcome, count, outcome_of
from extraction.bench.printed import without_attachments
from extraction.bench.sets import Sample, samples_of
from extraction.errors import ReaderDied
from extraction.evidence import DOUBT_BELOW, Problem, Reading
from extraction.process import Reader


def bench_read(
    folder: Path, limit: int | None = None, console: Console | None = None, *, print_only: bool = False
) -> Figures:
    """Reads the documents of a data set and prints the figures, which are also returned.

    With `limit`, that many documents, evenly spread, the same each time; with `print_only`, without the e-invoices
    inside PDFs. A wrong total counts as unnoticed when its
    confidence is at least `DOUBT_BELOW`: a card would have shown no doubt.

    Raises: extraction.bench.sets.NoTruth when the folder is no data set.
    """
    console = console or Console()
    samples = samples_of(folder, limit)
    figures = count(asyncio.run(_outcomes(samples, console, print_only)))
    console.print(table_of(folder.name, figures))
    return figures


def table_of(name: str, figures: Figures) -> Table:
    """The figures as a table of two columns."""
    table = Table("", name, title_justify="left")
    table.columns[1].justify = "right"
    table.add_row("documents", str(figures.documents))
    for column, share in figures.shares.items():
        table.add_row(f"right: {column}", _percent(share))
    if figures.unnoticed[1]:
        table.add_row("total needs no check", _percent(figures.sure))
        table.add_row(f"wrong total, no doubt shown (≥ {DOUBT_BELOW:g})", _percent(figures.unnoticed))
    for code, times in figures.unreadable.most_common():
        table.add_row(f"not read: {code}", str(times))
    table.add_row("seconds a document (median)", f"{figures.seconds:.2f}")
    return table


async def _outcomes(samples: list[Sample], console: Console, print_only: bool) -> list[Outcome]:
    reader = Reader()
    try:
        await reader.warm_up()
        return [
            outcome_of(await _read(reader, sample, print_only), sample.truth)
            for sample in track(samples, "Reading", console=console, transient=True)
        ]
    finally:
        await reader.close()


async def _read(reader: Reader, sample: Sample, print_only: bool) -> Reading:
    """The reading of a file; what cannot be read is counted by its code and does not end the bench."""
    try:
        data = sample.path.read_bytes()
        return await reader.read(without_attachments(data) if print_only else data, sample.path.name)
    except ReaderDied as died:
        return Reading(problem=Problem("reader_died", str(died)))
    except OSError as error:
        return Reading(problem=Problem("no_file", str(error)))


def _percent(share: tuple[int, int]) -> str:
    right, out_of = share
    return f"{right / out_of:.1%} ({right} of {out_of})" if out_of else "–"
