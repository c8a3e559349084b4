"""Somebody to whose desk the bank's files are sent."""

from __future__ import annotations

from pathlib import Path

import pytest

from storage.bank import bank_accounts
from storage.db.database import Database
from storage.documents.document_store import DocumentStore
from storage.ledger import accounts
from tests.fakes.books.bank_desk import PAPERS, BankDesk
from tests.fakes.documents.bank_statements import IBAN


@pytest.fixture
def desk(database: Database, tmp_path: Path) -> BankDesk:
    """Somebody whose bank account is known by its IBAN."""
    made = BankDesk(database, DocumentStore(tmp_path / "documents", bytes(32)), PAPERS)
    with database.transaction() as session:
        bank_accounts.name_account(session, accounts.account(session, "bank"), IBAN, "EUR")
    return made
