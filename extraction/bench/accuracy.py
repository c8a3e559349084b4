"""`billify bench read`: reads a data set through the real reader and prints how much of it was right."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.progress import track
from rich.table import Table

from extraction.bench.by_language import table_by_language
from extraction.bench.calibration import field_outcomes, plot, table_by_threshold
from extraction.bench.datasets import Sample, samples_of
from extraction.bench.errors.error_analysis import Miss, misses_of
from extraction.bench.errors.error_report import table_of_misses, write_misses
from extraction.bench.errors.silent_errors import table_of_silent_errors
from extraction.bench.line_metrics import stated_inside
from extraction.bench.metrics import Figures, Outcome, count, outcome_of
from extraction.bench.sealed import Part
from extraction.bench.strip_attachments import without_attachments
from extraction.errors import ReaderDied
from extraction.evidence import CONFIDENCE_THRESHOLD, Problem, Reading
from extraction.process.reader import Reader


@dataclass(frozen=True)
class Asked:
    """What a bench is asked for beside the figures.

    `part` is what is read of the set (see extraction.bench.sealed); `print_only`: PDFs are read without the e-invoices
    inside; `failures` is the folder for pictures of what was missed, of open documents only, `reliability` the file for
    the plot of confidence, None for neither; `calibration`: what confidence is worth, field by field.
    """

    part: Part = "all"
    print_only: bool = False
    failures: Path | None = None
    reliability: Path | None = None
    calibration: bool = False


def bench_read(
    folder: Path, limit: int | None = None, console: Console | None = None, asked: Asked = Asked()
) -> Figures:
    """Reads the documents of a data set and prints the figures, which are also returned.

    With `limit`, that many documents, evenly spread, the same each time. A wrong total counts as unnoticed when its
    confidence is at least `CONFIDENCE_THRESHOLD`: a card would have shown no doubt.

    Raises: extraction.bench.datasets.NoTruth when the folder is no data set.
    """
    console = console or Console()
    samples = samples_of(folder, limit, asked.part)
    misses: list[Miss] = []
    outcomes = asyncio.run(_outcomes(samples, console, asked, misses))
    figures = count(outcomes)
    console.print(table_of(folder.name if asked.part == "all" else f"{folder.name}, {asked.part}", figures))
    if languages := table_by_language(samples, outcomes):
        console.print(languages)
    if field_outcomes(outcomes):
        console.print(table_by_threshold(outcomes))
    if asked.calibration:
        console.print(table_of_silent_errors(outcomes))
    if asked.failures:
        console.print(table_of_misses(misses))
    if asked.reliability:
        plot(outcomes, asked.reliability, f"{folder.name}, {figures.documents} documents")
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
        table.add_row(f"wrong total, no doubt shown (≥ {CONFIDENCE_THRESHOLD:g})", _percent(figures.unnoticed))
    for code, times in figures.unreadable.most_common():
        table.add_row(f"not read: {code}", str(times))
    table.add_row("seconds a document (median)", f"{figures.seconds:.2f}")
    return table


async def _outcomes(samples: list[Sample], console: Console, asked: Asked, misses: list[Miss]) -> list[Outcome]:
    """What became of each document; what was missed is added to `misses`, with pictures of what is open."""
    reader = Reader()
    outcomes = []
    try:
        await reader.warm_up()
        for sample in track(samples, "Reading", console=console, transient=True):
            reading, data = await _read(reader, sample, asked.print_only)
            inside = stated_inside(sample.path.read_bytes()) if asked.print_only and data else {}
            outcomes.append(outcome_of(reading, inside | sample.truth))
            if asked.failures:
                document = reading.documents[0] if reading.documents else None
                missed = misses_of(reading, sample.truth)
                misses += missed
                if not sample.sealed:
                    await asyncio.to_thread(write_misses, asked.failures, sample, data, document, missed)
    finally:
        await reader.close()
    return outcomes


async def _read(reader: Reader, sample: Sample, print_only: bool) -> tuple[Reading, bytes]:
    """The reading of a file, and the file; what cannot be read is counted by its code and does not end the bench."""
    data = b""
    try:
        data = sample.path.read_bytes()
        data = without_attachments(data) if print_only else data
        return await reader.read(data, sample.path.name), data
    except ReaderDied as died:
        return Reading(problem=Problem("reader_died", str(died))), data
    except OSError as error:
        return Reading(problem=Problem("no_file", str(error))), data


def _percent(share: tuple[int, int]) -> str:
    right, out_of = share
    return f"{right / out_of:.1%} ({right} of {out_of})" if out_of else "–"
