"""Makes a backup while others work.

The order is what makes its parts fit together: what is noted outside of the databases first, then the work that
waits, then the ledger, then the documents. Work that was finished meanwhile is done again, which the ledger notices
by its key; whatever a row names was stored before the row was written.
"""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Callable, Collection, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime

from storage.backup.databases import Part, each_row, highest, one_state
from storage.backup.manifest import LeftOut, Manifest, PartRecord
from storage.backup.repository import Repository, TableWriter, new_id
from storage.documents.document_store import DocumentStore
from storage.errors import BackupDamaged, DocumentDamaged

AT_ONCE = 8
"""Documents copied at a time: most of it is waiting for an object store."""
ROUNDS = 3
"""How often it is looked whether all documents are there still, which another backup's thinning may have removed."""


def make(
    repository: Repository,
    parts: Sequence[Part],
    documents: DocumentStore,
    home: Callable[[], bytes],
    *,
    now: datetime,
    program: str,
    anew: bool = False,
) -> Manifest:
    """Makes a backup of the databases, in the order of `parts`, and of the documents that it has not yet: `anew` copies
    all of them. `home` gives what else is to be kept; `program` is our version.

    Raises: OSError where the place of backups is away or full.
    """
    backup = new_id(now, secrets.token_hex(2))
    kept = repository.put(backup, "home", home())
    records = tuple(_dump(repository, backup, part) for part in parts)
    found, left_out = _copy(repository, documents, anew)
    manifest = Manifest(
        id=backup,
        made_at=now,
        program=program,
        parts=records,
        home=kept,
        documents=repository.put(backup, "documents", json.dumps(found).encode()),
        files=len(found),
        bytes=sum(found.values()),
        left_out=left_out,
    )
    repository.put_manifest(manifest)
    return manifest


def _dump(repository: Repository, backup: str, part: Part) -> PartRecord:
    writers = {table.name: TableWriter(repository, backup, part.name, table) for table in part.tables}
    with one_state(part.url) as connection:
        version = part.version(connection)
        each_row(connection, part.tables, {name: writer.add for name, writer in writers.items()})
        return PartRecord(
            name=part.name,
            engine=connection.dialect.name,
            version=version,
            tables=tuple(writers[table.name].finish(highest(connection, table)) for table in part.tables),
        )


def _copy(repository: Repository, documents: DocumentStore, anew: bool) -> tuple[dict[str, int], tuple[LeftOut, ...]]:
    """The documents that the backup has, with their bytes, and those that it could not take."""
    wanted, left_out = documents.names(), dict[str, str]()
    there = {} if anew else _unharmed(repository)
    for _ in range(ROUNDS):
        missing = wanted - there.keys() - left_out.keys()
        left_out |= _copy_each(repository, documents, missing)
        there = repository.documents()
        if wanted <= there.keys() | left_out.keys():
            break
    gone = wanted - there.keys() - left_out.keys()
    left_out |= dict.fromkeys(gone, "it was removed from the backup again while this one was made")
    found = {name: there[name] for name in sorted(wanted & there.keys())}
    return found, tuple(LeftOut(sha256=name, reason=reason) for name, reason in sorted(left_out.items()) if reason)


def _unharmed(repository: Repository) -> dict[str, int]:
    """The documents that are in the place of backups as they were put there, as far as their size tells."""
    there = repository.documents()
    try:
        known = repository.documents_of(repository.manifest(repository.whole()[-1]))
    except (IndexError, BackupDamaged):
        return there
    return {name: size for name, size in there.items() if known.get(name, size) == size}


def _copy_each(repository: Repository, documents: DocumentStore, names: Collection[str]) -> dict[str, str]:
    """Those that could not be copied, and why; "" where one was discarded meanwhile, and so belongs to nothing."""

    def copy(sha256: str) -> str | None:
        try:
            data = documents.fetch(sha256)
        except FileNotFoundError:
            return ""
        except DocumentDamaged as error:
            return str(error)
        if hashlib.sha256(data).hexdigest() != sha256:
            return "its bytes are others than when it was stored"
        repository.put_document(sha256, data)
        return None

    names = sorted(names)
    with ThreadPoolExecutor(AT_ONCE) as threads:
        faults = zip(names, threads.map(copy, names), strict=True)
        return {name: fault for name, fault in faults if fault is not None}
