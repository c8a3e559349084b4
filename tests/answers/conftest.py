from __future__ import annotations

import pytest

from storage.db.database import Database
from tests.fakes.books.company_quarter import Company


@pytest.fixture
def company(database: Database) -> Company:
    return Company(database)
