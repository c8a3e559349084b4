"""Lists of any length in a query."""

from __future__ import annotations

import pytest
from sqlmodel import select

from storage.db.database import Database
from storage.db.lists import SHORT, one_of
from storage.documents import document_register
from storage.models import Account

MOST_PARAMETERS = 70_000
"""More than either database takes in one statement."""


@pytest.mark.parametrize("length", [0, 1, SHORT, SHORT + 1, MOST_PARAMETERS])
def test_a_list_of_any_length_finds_what_is_in_it(database: Database, length: int) -> None:
    with database.reading() as session:
        known = {account.id: account.code for account in session.exec(select(Account)).all()}
        numbers, codes = list(range(length)), [f"it's {n}%" for n in range(length - 1)] + ["bank"] * bool(length)
        assert set(session.exec(select(Account.id).where(one_of(Account.id, numbers))).all()) == set(numbers) & set(
            known
        )
        assert session.exec(select(Account.code).where(one_of(Account.code, codes))).all() == ["bank"] * bool(length)
        others = session.exec(select(Account.id).where(~one_of(Account.id, numbers))).all()
        assert set(others) == set(known) - set(numbers)


def test_files_that_nothing_speaks_of_are_told_among_however_many(database: Database) -> None:
    names = {f"{n:064x}" for n in range(MOST_PARAMETERS)}
    with database.reading() as session:
        assert document_register.unreferenced_files(session, names) == names
