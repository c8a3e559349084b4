from __future__ import annotations

import pytest

from storage.db.database import Database
from tests.fakes.company import Company


@pytest.fixture
def company(database: Database) -> Company:
    return Company(database)
