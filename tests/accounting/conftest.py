"""A desk with bills, accounting software that it is connected to, and what pushes them."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.background.accounting.pushing import Pusher
from bot.processing.companies import Companies
from storage.db.database import Database
from storage.documents.document_store import DocumentStore
from storage.events import accounting
from storage.sealing.columns import seal_columns
from storage.sealing.key_ring import KeyRing
from tests.fakes.accounting.lexware import Lexware, lexware
from tests.fakes.accounting.xero import Xero, xero
from tests.fakes.books.desk import Desk, paper

USUAL = {"issue_date": "2025-03-03", "due_date": "2025-04-02", "currency": "EUR", "tax_rate": "19"}
HOTEL = {"vendor": "Hotel Post", "number": "H-7", "subtotal": "100.00", "tax": "19.00", "total": "119.00"}
ACME = {"vendor": "Acme GmbH", "number": "A-1", "subtotal": "1050.00", "tax": "199.50", "total": "1249.50"}
BACK = {"vendor": "Acme GmbH", "number": "C-9", "subtotal": "10.00", "tax": "1.90", "total": "11.90"}
CLOUD = {"vendor": "Cloud Ltd", "number": "CL-3", "total": "80.00", "currency": "EUR", "issue_date": "2025-03-03"}
PAPERS = {
    "cloud": paper(**CLOUD),
    "hotel": paper(**HOTEL, **USUAL),
    "acme": paper(**ACME, **USUAL),
    "back": paper("credit_note", **BACK, **USUAL),
}


@dataclass
class Office:
    """`later` lets time pass; the pusher goes by the desk's clock."""

    desk: Desk
    pusher: Pusher = field(init=False)

    def __post_init__(self) -> None:
        self.pusher = Pusher(self.desk.database, Companies(self.desk.database), self.desk.store, lambda: self.now)

    @property
    def now(self) -> datetime:
        return self.desk.now

    def later(self, **time: float) -> None:
        self.desk.now += timedelta(**time)

    async def push(self) -> int:
        return await self.pusher.push_due()

    def connect(self, platform: str, access: dict[str, Any], **categories: str) -> None:
        with self.desk.database.transaction() as session:
            accounting.connect(session, platform, platform.title(), access, categories, self.now)


@pytest.fixture
async def office(database: Database, tmp_path: Path) -> AsyncIterator[Office]:
    """On SQLite and on PostgreSQL; what lets us in is sealed."""
    seal_columns(database.engine, KeyRing([bytes(32)]))
    desk = Desk(database, DocumentStore(tmp_path / "documents", bytes(32)), PAPERS)
    yield Office(desk)
    seal_columns(database.engine, None)


@pytest.fixture
async def lex() -> AsyncIterator[Lexware]:
    async with lexware() as fake:
        yield fake


@pytest.fixture
async def zero() -> AsyncIterator[Xero]:
    async with xero() as fake:
        yield fake
