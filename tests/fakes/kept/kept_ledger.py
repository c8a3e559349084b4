"""A ledger with documents, and a place for its backups, without the rest of Billify."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from storage.backup.databases import Part
from storage.backup.ledger import ledger_part
from storage.backup.making import make
from storage.backup.manifest import Manifest
from storage.backup.repository import Repository
from storage.blobs.folder import Folder
from storage.db.database import Database
from storage.documents.document_store import DocumentStore

BACKUP_KEY, DOCUMENT_KEY = bytes([1] * 32), bytes([2] * 32)
NOW = datetime(2025, 3, 21, 3, tzinfo=UTC)


@dataclass
class Kept:
    """A ledger with two documents, and where its backups lie."""

    folder: Path
    place: Folder
    repository: Repository
    database: Database
    documents: DocumentStore

    @property
    def part(self) -> Part:
        """The ledger, as backups read it."""
        return ledger_part(self.database.url)

    def back_up(self, now: datetime = NOW, repository: Repository | None = None, *, anew: bool = False) -> Manifest:
        """Makes a backup."""
        return make(
            repository or self.repository, [self.part], self.documents, lambda: b"{}", now=now, program="1", anew=anew
        )
