"""Reading files for the command line, without a ledger: `billify read`."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from config.plain_text import plain_text
from extraction.errors import ReaderDied
from extraction.evidence import CONFIDENCE_THRESHOLD, FIELDS, Problem, ReadDocument, Reading, pages_of
from extraction.fields.decision.explanation import explained
from extraction.fields.decision.side import from_our_side
from extraction.fields.parties.ourselves import Ourselves
from extraction.files.media_type import detect_media_type
from extraction.files.zip_archive import Member
from extraction.mail.judgement import is_document
from extraction.mail.unpack import is_container
from extraction.process.reader import Reader, read_with_retry
from extraction.process.reader_pool import ReaderPool

LARGEST = 100_000_000
"""Bytes of a file that is read at all; the largest scans that mail servers let through are a third of it."""


async def read_paths(paths: Sequence[Path], reader: Reader | ReaderPool) -> AsyncIterator[tuple[str, Reading]]:
    """Each file's name and what it says, in the order of `paths`, as soon as it and those before it are read.

    A folder stands for all files in it and below, sorted, hidden ones left out; its files are named relative to it.
    A path that cannot be read yields a Problem like any unreadable file.
    """
    waiting: deque[tuple[str, asyncio.Task[Reading]]] = deque()
    ahead = 2 * reader.size if reader.size > 1 else 1  # so that none waits while the first of several is read
    try:
        for path in paths:
            for name, file in _files(path):
                waiting.append((name, asyncio.create_task(_read(name, file, reader))))
                if len(waiting) == ahead:
                    first, task = waiting.popleft()
                    yield first, await task
        while waiting:
            first, task = waiting.popleft()
            yield first, await task
    finally:
        for _, task in waiting:
            task.cancel()


def seen_by(reading: Reading, us: Ourselves) -> Reading:
    """The reading as whoever we are sees it: each document with its side, and the parties that follow from that."""
    return replace(reading, documents=tuple(from_our_side(one, reading.pages, us) for one in reading.documents))


async def _read(name: str, file: Path, reader: Reader | ReaderPool) -> Reading:
    try:
        data = await asyncio.to_thread(_bytes, file)
    except OSError as error:
        reason = error.strerror or str(error)
        return Reading(problem=Problem("cannot_open", f"{file}: {reason}. Please check the path."))
    if len(data) > LARGEST:
        limit = f"{LARGEST // 1_000_000} MB"
        return Reading(problem=Problem("file_too_large", f"This file is larger than {limit}. Please send fewer pages."))
    try:
        if is_container(data, name):
            return await _archive(data, name, reader)
        return await read_with_retry(reader.read, data, name)
    except ReaderDied as died:
        message = f"Reading this file failed twice ({died}). Please send it as a smaller picture or as another PDF."
        return Reading(problem=Problem("reader_died", message))


async def _archive(data: bytes, name: str, reader: Reader | ReaderPool) -> Reading:
    """The documents of all files in an archive or a mail; of those that cannot be read the notice tells, or the problem
    where there is nothing else."""
    media_type = detect_media_type(data)
    unpacked = await read_with_retry(reader.unpack, data, name)
    if unpacked.by_itself:
        return await read_with_retry(reader.read, data, name)
    if unpacked.problem:
        return Reading(problem=unpacked.problem, media_type=media_type)
    readings = await asyncio.gather(*(_member(member, reader) for member in unpacked.members))
    pairs = list(zip(unpacked.members, readings, strict=True))
    counted = [pair for pair in pairs if is_document(pair[0].role, pair[1])] or pairs
    documents = tuple(document for _, reading in counted for document in reading.documents)
    told = [
        f"{member.name}: {words}"
        for member, reading in counted
        if (words := reading.problem.message if reading.problem else reading.notice)
    ]
    seconds = sum(reading.seconds for reading in readings)
    if not documents and (problem := next((reading.problem for _, reading in counted if reading.problem), None)):
        return Reading(problem=Problem(problem.code, " ".join(told)), media_type=media_type, seconds=seconds)
    return Reading(documents, media_type=media_type, seconds=seconds, notice=" ".join(told))


async def _member(member: Member, reader: Reader | ReaderPool) -> Reading:
    if member.problem:
        return Reading(problem=member.problem)
    return await read_with_retry(reader.read, member.data, member.name)


def _files(path: Path) -> Iterator[tuple[str, Path]]:
    if not path.is_dir():
        yield path.name, path
        return
    for file in sorted(path.rglob("*")):
        inside = file.relative_to(path)
        if file.is_file() and not any(part.startswith(".") for part in inside.parts):
            yield inside.as_posix(), file


def _bytes(file: Path) -> bytes:
    """The file, or just enough of it to know that it is too large."""
    with file.open("rb") as stream:
        return stream.read(LARGEST + 1)


def summary(name: str, reading: Reading, *, explain: bool = False) -> str:
    """What was read, for a person, as plain text: a line for the file, one for each document, one for each value.

    A doubtful value is marked "?". With `explain`, each document is followed by what its fields were chosen from.
    """
    if reading.problem:
        return plain_text(f"{name}\n  {reading.problem.message}")
    lines = [f"{name}  ({reading.seconds:.1f} s)"]
    for document in reading.documents:
        lines += [f"  {_heading(document)}", *_values(document)]
        if explain:
            lines += [f"  {line}" for line in explained(document, pages_of(document, reading.pages))]
    if reading.notice:
        lines.append(f"  {reading.notice}")
    return plain_text("\n".join(lines))


def _heading(document: ReadDocument) -> str:
    first, last = document.pages[0], document.pages[-1]
    pages = f"page {first}" if first == last else f"pages {first}–{last}"
    sort = (document.type.value if document.type else document.kind).replace("_", " ")
    doubt = "" if document.kind_confidence >= CONFIDENCE_THRESHOLD else "?"
    side = f", {document.side.value}" if document.side else ""
    about = f", about {document.preceding_invoice.value}" if document.preceding_invoice else ""
    prints = f", {document.copies} copies" if document.copies > 1 else ""
    return f"{sort}{doubt}{side}, {pages}{about}{prints}"


def _values(document: ReadDocument) -> Iterator[str]:
    for name in FIELDS:
        if found := document.fields.get(name):
            doubt = "" if found.confidence >= CONFIDENCE_THRESHOLD else "  ?"
            reason = f"  ({found.reason})" if found.reason else ""
            yield f"    {name.replace('_', ' '):<18}{found.value}{reason}{doubt}"
    if document.other_name:
        yield f"    {'also called':<18}{document.other_name.value}  ?"
    for line in document.lines:
        amount = " × ".join(part for part in (line.quantity, line.unit_price) if part)
        yield "    " + "  ".join(part for part in ("·", line.description, amount, line.total) if part)
    for tax in document.taxes:
        of_net = f"  of {tax.net}" if tax.net else ""
        doubt = "" if tax.confidence >= CONFIDENCE_THRESHOLD else "  ?"
        yield f"    {f'tax {tax.rate} %':<18}{tax.tax or ''}{of_net}{doubt}"
    for step in document.discounts:
        doubt = "" if min(step.amount.confidence, step.until.confidence) >= CONFIDENCE_THRESHOLD else "  ?"
        yield f"    {'discount':<18}{step.amount.value} until {step.until.value}  ({step.until.reason}){doubt}"
