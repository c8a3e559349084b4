"""`billify bench speed`: Billify, stock EasyOCR, RapidOCR and Tesseract on the same documents in one run.

Each reads in a process of its own, so that its memory is its own, and they take turns document by document, so that
whatever else the machine does slows all of them alike.
"""

from __future__ import annotations

import multiprocessing
import resource
import sys
import time
from collections.abc import Mapping, Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from pathlib import Path
from statistics import median

from rich.console import Console
from rich.progress import track
from rich.table import Table

from extraction.bench.competitors import CONTENDERS, NotInstalled
from extraction.bench.correctness import printed_total
from extraction.bench.datasets import NoTruth, Sample, samples_of, spread
from extraction.files.media_type import PICTURES, detect_media_type

OURS = "Billify"


@dataclass(frozen=True)
class Read:
    """One document read: how long it took, the process's largest memory so far in bytes, and the text.

    `failure` is what the reader raised, None if it read.
    """

    seconds: float
    memory: int
    text: str
    failure: str | None = None


@dataclass
class Course:
    """How one contender did. `cold` is from the start of its process to the end of its first document, in seconds.

    `warm` are seconds of the documents after that; `totals` says of each document whose total is known whether it
    appears in the text; `out` is why it is out of the race, "" while it is in.
    """

    cold: float = 0.0
    warm: list[float] = field(default_factory=list)
    memory: int = 0
    totals: list[bool] = field(default_factory=list)
    failures: int = 0
    out: str = ""


def bench_speed(
    folder: Path, limit: int | None = None, console: Console | None = None, names: Sequence[str] = tuple(CONTENDERS)
) -> dict[str, Course]:
    """Has the named contenders read the pictures of a data set, prints the table, and returns what it says.

    With `limit`, that many documents, evenly spread, the same each time.

    Raises: extraction.bench.datasets.NoTruth when the folder is no data set or has no pictures.
    """
    console = console or Console()
    samples = spread([sample for sample in samples_of(folder) if _is_picture(sample.path)], limit)
    if not samples:
        raise NoTruth(f"{folder} has no pictures. Name a set of scans or photos, such as ../shared/data/sroie.")
    courses = {name: Course() for name in names}
    with ExitStack() as stack:
        racers = {name: stack.enter_context(closing(_started(name, courses[name], samples[0]))) for name in names}
        for sample in track(samples, "Reading", console=console, transient=True):
            for name, racer in racers.items():
                if not courses[name].out:
                    _turn(racer, courses[name], sample)
    console.print(table_of(folder.name, courses))
    return courses


def table_of(name: str, courses: Mapping[str, Course]) -> Table:
    """The race as a table, with ratios to Billify."""
    table = Table(
        "", "start to first read, s", "warm, s", "times Billify's", "memory, GB", "printed total in text", title=name
    )
    table.caption = "Median of documents read warm; memory at its largest. Billify's time includes finding the fields."
    for column in table.columns[1:]:
        column.justify = "right"
    ours = courses[OURS].warm if OURS in courses else []
    for contender, course in courses.items():
        if course.out:
            table.add_row(contender, course.out)
            continue
        warm = median(course.warm)
        ratio = f"{warm / median(ours):.1f}" if ours else "–"
        found = f"{sum(course.totals)} of {len(course.totals)}"
        failed = f", {course.failures} failed" if course.failures else ""
        table.add_row(
            contender, f"{course.cold:.1f}", f"{warm:.2f}", ratio, f"{course.memory / 1e9:.2f}", found + failed
        )
    return table


class Racer:
    """A contender in a process of its own, from its start until `close`."""

    def __init__(self, name: str) -> None:
        spawn = multiprocessing.get_context("spawn")
        self._pipe, theirs = spawn.Pipe()
        self._process = spawn.Process(target=_serve, args=(name, theirs), daemon=True)
        self._process.start()
        theirs.close()  # so that the end of the process is noticed here

    def read(self, data: bytes) -> Read:
        """A document's text. Raises: NotInstalled; EOFError or ConnectionError when the process has ended."""
        self._pipe.send_bytes(data)
        answer = self._pipe.recv()
        if isinstance(answer, Read):
            return answer
        raise NotInstalled(answer)

    def close(self) -> None:
        """Ends the process."""
        self._process.kill()
        self._process.join()
        self._pipe.close()


def _started(name: str, course: Course, first: Sample) -> Racer:
    """A contender that has read its first document, cold."""
    began = time.perf_counter()
    racer = Racer(name)
    _try(racer, course, first)
    course.cold = time.perf_counter() - began
    return racer


def _turn(racer: Racer, course: Course, sample: Sample) -> None:
    read = _try(racer, course, sample)
    if read is None:
        return
    course.warm.append(read.seconds)
    course.memory = read.memory
    course.failures += read.failure is not None
    if total := sample.truth.get("total"):
        course.totals.append(bool(printed_total(total).search(read.text)))


def _try(racer: Racer, course: Course, sample: Sample) -> Read | None:
    """The document's text, None when the contender is out."""
    try:
        return racer.read(sample.path.read_bytes())
    except NotInstalled as missing:
        course.out = str(missing)
    except (EOFError, ConnectionError):
        course.out = f"its process ended while it read {sample.path.name}"
    return None


def _serve(name: str, pipe: Connection) -> None:
    """What runs in a contender's process: documents in, `Read`s out, until it is killed."""
    try:
        read = CONTENDERS[name]()
    except NotInstalled as missing:
        pipe.send(str(missing))
        return
    while True:
        data = pipe.recv_bytes()
        began = time.perf_counter()
        try:
            text, failure = read(data), None
        except Exception as error:  # whatever a rival raises is its failure on this document, and is counted
            text, failure = "", repr(error)
        pipe.send(Read(time.perf_counter() - began, _largest_memory(), text, failure))


def _largest_memory() -> int:
    """Bytes; with those of programs that it ran, as Tesseract's."""
    unit = 1 if sys.platform == "darwin" else 1024  # getrusage(2): kilobytes, on macOS bytes
    return unit * sum(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))


def _is_picture(path: Path) -> bool:
    with path.open("rb") as file:
        return detect_media_type(file.read(4096)) in PICTURES
