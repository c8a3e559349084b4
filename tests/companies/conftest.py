"""Two companies in one database, with a desk each, and papers that both get."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from handlers.messages import Message
from storage.db.database import Database
from storage.db.tenancy import acting_for
from storage.documents.document_store import DocumentStore
from storage.ledger import accounts
from storage.migrations.upgrade import migrate
from storage.people import companies, company
from tests.fakes.books.desk import Desk, paper
from tests.fakes.books.small_company import ACME

PAPERS = {
    "acme": paper(**ACME),
    "globex": paper(
        **{**ACME, "vendor": "Globex Ltd", "number": "881", "total": "80.00", "subtotal": "67.23", "tax": "12.77"}
    ),
}


class OfOne(Desk):
    """A desk at which people of one company speak."""

    def __init__(self, company_id: int, *args: Any) -> None:
        self.company_id = company_id
        with acting_for(company_id):
            super().__init__(*args)

    async def hear(self, message: Message) -> str:
        with acting_for(self.company_id):
            return await super().hear(message)


@pytest.fixture(params=["sqlite", "postgresql"])
def installation(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """A database with no company yet; on PostgreSQL its owner is no superuser."""
    if request.param == "sqlite":
        url = f"sqlite:///{shutil.copy(request.getfixturevalue('blank_sqlite'), tmp_path)}"
    else:
        url = request.getfixturevalue("postgres").database_of_nobody_special()
    database = Database(url)
    migrate(database)
    with database.transaction() as session:
        accounts.ensure_chart(session)
    yield database
    database.close()


@pytest.fixture
def desks(installation: Database, tmp_path: Path) -> tuple[OfOne, OfOne]:
    """Olga owns Lindenhof, another Olga the Mühle."""
    database = installation
    store = DocumentStore(tmp_path / "documents", bytes(32))
    with database.transaction() as session:
        company.ensure_company(session, "Lindenhof")
    with acting_for(None), database.transaction() as session:
        second = companies.found(session, "Mühle")
    with acting_for(second), database.transaction() as session:
        accounts.ensure_chart(session)
    ours, theirs = (OfOne(number, database, store, PAPERS) for number in (1, second))
    theirs._numbers = count(1000)  # ids of messages are a platform's, and unique
    return ours, theirs
