"""The books of Lindenhof GmbH, prepared once and copied for each test that talks about them."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from storage.db.database import Database
from storage.documents.document_store import DocumentStore
from tests.fakes.books import lindenhof
from tests.fakes.books.desk import Desk


@pytest.fixture(scope="session")
def lindenhof_books(blank_sqlite: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the ledger and the originals."""
    folder = tmp_path_factory.mktemp("lindenhof")
    database = Database(f"sqlite:///{shutil.copy(blank_sqlite, folder / 'ledger.db')}")
    lindenhof.set_up(database)
    database.close()
    lindenhof.keep_originals(DocumentStore(folder / "documents", bytes(32)))
    return folder


@pytest.fixture
def office(lindenhof_books: Path, tmp_path: Path) -> Iterator[Desk]:
    """A desk of Lindenhof GmbH at which nobody has said anything yet."""
    database = Database(f"sqlite:///{shutil.copy(lindenhof_books / 'ledger.db', tmp_path)}")
    yield lindenhof.desk(database, DocumentStore(lindenhof_books / "documents", bytes(32)))
    database.close()
