"""Whether a backup is what it was when it was made, and whether an installation is what its backup says."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor

from storage.backup.databases import Part, each_row, one_state
from storage.backup.making import AT_ONCE
from storage.backup.manifest import Manifest, PartRecord, TableRecord
from storage.backup.repository import Repository
from storage.backup.rows import key_of
from storage.documents.document_store import DocumentStore
from storage.errors import BackupDamaged, DocumentDamaged

MOST = 5
"""Rows of a table that are named."""


def faults(repository: Repository, manifest: Manifest) -> Iterator[str]:
    """What of a backup is missing, cut off or changed, a line each: every row and every document is read."""
    for part in manifest.parts:
        for table in part.tables:
            try:
                for _ in repository.lines(manifest.id, table):
                    pass
            except BackupDamaged as error:
                yield f"{part.name}, table {table.name}: {error}"
    try:
        repository.get(manifest.id, manifest.home)
    except BackupDamaged as error:
        yield f"Keys and settings: {error}"
    try:
        documents = repository.documents_of(manifest)
    except BackupDamaged as error:
        yield f"The list of documents: {error}"
        return
    yield from _document_faults(repository, documents)


def _document_faults(repository: Repository, documents: dict[str, int]) -> Iterator[str]:
    there = repository.documents()

    def look(sha256: str) -> str | None:
        if sha256 not in there:
            return f"The document {sha256} is missing."
        if there[sha256] != documents[sha256]:
            return (
                f"The document {sha256} has {there[sha256]} bytes, not {documents[sha256]}: it was cut off or changed."
            )
        try:
            repository.document(sha256)
        except BackupDamaged as error:
            return str(error)
        return None

    with ThreadPoolExecutor(AT_ONCE) as threads:
        yield from filter(None, threads.map(look, documents))


def differences(
    repository: Repository, manifest: Manifest, parts: list[Part], documents: DocumentStore
) -> Iterator[str]:
    """In what an installation is not what its backup says, a line each; tables by their rows, documents by their bytes.

    Raises: BackupDamaged.
    """
    for part in parts:
        yield from _different_rows(repository, manifest.id, manifest.part(part.name), part)
    for sha256 in repository.documents_of(manifest):
        try:
            if hashlib.sha256(documents.fetch(sha256)).hexdigest() != sha256:
                yield f"The document {sha256} is another one."
        except FileNotFoundError:
            yield f"The document {sha256} is missing."
        except DocumentDamaged as error:
            yield str(error)


def _different_rows(repository: Repository, backup: str, record: PartRecord, part: Part) -> Iterator[str]:
    with one_state(part.url) as connection:
        tables = {table.name: table for table in record.tables}
        here = [table for table in part.tables if table.name in tables]
        layouts = [tables[table.name].layout(table.schema) for table in here]
        digests = {table.name: hashlib.sha256() for table in layouts}
        each_row(connection, layouts, {name: _into(digest.update) for name, digest in digests.items()})
        for table in layouts:
            if digests[table.name].hexdigest() == tables[table.name].sha256:
                continue
            found: list[bytes] = []
            each_row(connection, [table], {table.name: found.append})
            said = list(repository.lines(backup, tables[table.name]))
            yield from _told(part.name, tables[table.name], said, found)
        yield from (f"{part.name}, table {name}: it is not here." for name in tables.keys() - digests.keys())


def _told(part: str, table: TableRecord, said: list[bytes], found: list[bytes]) -> Iterator[str]:
    """The rows of a table that are others here, by their keys."""
    columns = [name for name, _ in table.columns]
    before, now = ({key_of(each, columns, table.key): each for each in rows} for rows in (said, found))
    told = [f"{key} is missing" for key in before if key not in now]
    told += [f"{key} came later" for key in now if key not in before]
    told += [f"{key} was changed" for key in before if key in now and before[key] != now[key]]
    more = f" and {len(told) - MOST} more" if len(told) > MOST else ""
    yield f"{part}, table {table.name}: {', '.join(told[:MOST]) or 'the order of its rows is another'}{more}."


def _into(update: Callable[[bytes], None]) -> Callable[[bytes], None]:
    return lambda line: update(line + b"\n")
