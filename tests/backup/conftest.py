"""A ledger of a small company with two documents, and a place for its backups."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from storage.backup.repository import Repository
from storage.blobs.folder import Folder
from storage.db.database import Database
from storage.documents.document_store import DocumentStore
from storage.ledger import accounts
from storage.migrations.upgrade import migrate
from storage.sealing.key_ring import KeyRing
from tests.fakes.books import small_company
from tests.fakes.kept.kept_ledger import BACKUP_KEY, DOCUMENT_KEY, Kept


@pytest.fixture
def kept(tmp_path: Path) -> Iterator[Kept]:
    database = Database(f"sqlite:///{tmp_path / 'ledger.db'}")
    migrate(database)
    documents = DocumentStore(tmp_path / "documents", DOCUMENT_KEY)
    names = [documents.keep(f"invoice {number}, IBAN DE89".encode()) for number in range(2)]
    owner = small_company.owner(database)
    with database.transaction() as session:
        accounts.ensure_chart(session)
        for number, sha256 in enumerate(names):
            file = small_company.document(session, owner, sha256)
            small_company.invoice(session, owner, file=file, number=f"2025-{number}")
    place = Folder(tmp_path / "backups")
    yield Kept(tmp_path / "backups", place, Repository(place, KeyRing([BACKUP_KEY])), database, documents)
    database.close()
