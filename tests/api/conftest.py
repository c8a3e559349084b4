"""The API over real HTTP, before a desk with some papers."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest

from storage.db.database import Database
from storage.documents.document_store import DocumentStore
from tests.fakes.books.bank_desk import BankPapers
from tests.fakes.books.desk import Desk, paper
from tests.fakes.books.programs import Api, Receiver

DATES = {"issue_date": "2025-03-03", "due_date": "2025-04-02"}
PAPERS = {
    "acme": {"vendor": "Acme GmbH", "number": "A-1", "currency": "EUR", "total": "1249.50", **DATES},
    "globex": {"vendor": "Globex Ltd", "number": "G-2", "currency": "EUR", "total": "595.00", **DATES},
    "bau": {"vendor": "Bau AG", "number": "B-3", "currency": "EUR", "total": "70.00", **DATES},
}


@pytest.fixture
async def api(database: Database, tmp_path: Path) -> AsyncIterator[Api]:
    """On SQLite and on PostgreSQL; Acme's bill is confirmed, Globex's a draft."""
    desk = Desk(database, DocumentStore(tmp_path / "documents", bytes(32)), {})
    desk.read_by(BankPapers({name: paper(**values) for name, values in PAPERS.items()}))
    for said in ("opening balance of the bank is 5000 on 1 January 2025", "<acme>", "confirm", "<globex>"):
        await desk.say(said)
    async with Api(desk).running() as running:
        yield running


@pytest.fixture
async def client(api: Api) -> AsyncIterator[httpx.AsyncClient]:
    """The owner's program, which may do everything."""
    async with api.client(api.token()) as made:
        yield made


@pytest.fixture
async def receiver() -> AsyncIterator[Receiver]:
    async with Receiver().running() as running:
        yield running
