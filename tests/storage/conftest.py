"""Who works on the ledger, and a transaction to do it in."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from sqlmodel import Session

from storage.db.database import Database
from tests.fakes.books.small_company import NOW, owner


@pytest.fixture
def anna(database: Database) -> int:
    """The id of the owner."""
    return owner(database)


@pytest.fixture
def session(database: Database, anna: int) -> Iterator[Session]:
    """A transaction, committed where the test ends well."""
    with database.transaction() as session:
        yield session


@pytest.fixture
def who(anna: int) -> dict[str, Any]:
    """Who takes a step, and when."""
    return {"person_id": anna, "now": NOW}
