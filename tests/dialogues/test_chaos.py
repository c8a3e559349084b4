"""500 dialogues of chaos: two or three people with different roles ask, answer, order, correct, take back and talk at
cross-purposes, each drawn from a seed. After each message only what it asked for beyond doubt has changed in the books.

`tests/fakes/chaos/` has the company, what is said with what it asks for, and the oracle, which sees only what people
see and what SQL says. A seed that fails prints its dialogue.
"""

from __future__ import annotations

import asyncio
import sqlite3
from collections import Counter
from pathlib import Path

import pytest

from storage.db.database import Database
from storage.ledger import accounts
from storage.migrations.upgrade import migrate
from tests.fakes.chaos.company import STATES, found_company, quick
from tests.fakes.chaos.dialogue import Dialogue, Unasked

DIALOGUES, AT_ONCE = 500, 25


@pytest.fixture(scope="module")
def company(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The ledger of the company, to copy, and its documents."""
    folder = tmp_path_factory.mktemp("company")
    database = quick(Database(f"sqlite:///{folder / 'ledger.db'}"))
    migrate(database)
    with database.transaction() as session:
        accounts.ensure_chart(session)
    asyncio.run(found_company(database, folder / "documents"))
    database.close()
    with sqlite3.connect(folder / "ledger.db") as connection:
        assert dict(connection.execute("SELECT number, state FROM bill")) == STATES
    return folder / "ledger.db", folder / "documents"


@pytest.mark.parametrize("first", range(0, DIALOGUES, AT_ONCE))
async def test_only_what_was_asked_for_changes(company: tuple[Path, Path], tmp_path: Path, first: int) -> None:
    counted: Counter[str] = Counter()
    failures: list[str] = []
    for seed in range(first, first + AT_ONCE):
        try:
            await Dialogue(seed, *company, tmp_path, counted).play()
        except Unasked as unasked:
            failures.append(str(unasked))
    assert not failures, "\n\n".join(failures)
    assert counted["done"] >= 0.3 * counted["asked"] > 0, counted  # the chaos is not one of refusals only
