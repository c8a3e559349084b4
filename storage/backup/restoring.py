"""Brings a backup back, onto the same kind of database or the other."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack

from storage.backup.loading import Target, filled
from storage.backup.making import AT_ONCE
from storage.backup.manifest import Manifest
from storage.backup.repository import Repository
from storage.documents.document_store import DocumentStore
from storage.errors import DocumentDamaged


def bring_back(repository: Repository, manifest: Manifest, targets: Sequence[Target], documents: DocumentStore) -> int:
    """The documents that are not there, or damaged, then the databases, all of them or none. Returns how many documents
    that were.

    Every row and document is held against the manifest on the way. Raises: BackupDamaged; NotRestored.
    """
    added = _documents(repository, manifest, documents)
    with ExitStack() as stack:
        for target in targets:
            stack.enter_context(filled(target, repository, manifest.id, manifest.part(target.name)))
    return added


def _documents(repository: Repository, manifest: Manifest, documents: DocumentStore) -> int:
    there = documents.names()

    def add(sha256: str) -> bool:
        if sha256 in there and _is_well(documents, sha256):
            return False
        documents.keep_anew(repository.document(sha256))
        return True

    with ThreadPoolExecutor(AT_ONCE) as threads:
        return sum(threads.map(add, repository.documents_of(manifest)))


def _is_well(documents: DocumentStore, sha256: str) -> bool:
    try:
        documents.fetch(sha256)
    except (DocumentDamaged, FileNotFoundError):
        return False
    return True
