"""What a message and a minute ask of the database does not grow with the books."""

from __future__ import annotations

import asyncio
from datetime import UTC, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event

from bot.background.clock import accept_due_notices
from bot.bench.books.filling import NOW, Size, begin, grow
from bot.bench.books.messages import VENDOR, measure_messages, statements
from storage.db.database import Database
from storage.people import people

SIZE = Size(vendors=VENDOR + 5, people=3, open_share=0.9, messages=2)
FEW = 15
"""Statements that one answer may take more than another of its kind; the bills that are added are 400."""
GROWING = ("bill", "posting", "entry", "vendor", "inbound", "post", "firing", "audit", "auditlink", "document")
"""Tables that are never read whole for a message."""


@pytest.fixture
def books(database: Database) -> Database:
    with database.transaction() as session:
        owner = people.ensure_owner(session, "Olga", [("terminal", "olga")], NOW).id
        begin(session, owner, SIZE)
    more(database, 40)
    return database


def more(database: Database, bills: int) -> None:
    with database.transaction() as session:
        grow(session, bills, 1, seed=bills, size=SIZE)


def asked(database: Database, folder: Path) -> dict[str, int]:
    """How many statements each kind of message takes."""
    return {cost.name: cost.statements for cost in measure_messages(database, folder, "olga", times=1)}


def minute(database: Database) -> int:
    """How many statements the clock takes to look."""

    async def accept(message: object) -> None:
        return None

    with statements(database) as counted:
        asyncio.run(accept_due_notices(database, accept, UTC, NOW + timedelta(hours=1)))
    return counted[0]


def test_messages_and_minutes_take_as_many_statements_however_many_bills(books: Database, tmp_path: Path) -> None:
    asked(books, tmp_path)  # names are read into memory
    before, looked = asked(books, tmp_path), minute(books)
    more(books, 400)
    for name, statements_now in asked(books, tmp_path).items():
        assert statements_now <= before[name] + FEW, name
    assert minute(books) <= looked + FEW


def test_no_message_reads_a_growing_table_whole(books: Database, tmp_path: Path) -> None:
    if not books.url.startswith("sqlite"):
        pytest.skip("PostgreSQL rather reads small tables whole")
    said: dict[str, Any] = {}

    def note(_connection: object, _cursor: object, statement: str, values: object, *_: object) -> None:
        said.setdefault(statement, values)

    asked(books, tmp_path)
    event.listen(books.engine, "before_cursor_execute", note)
    asked(books, tmp_path)
    event.remove(books.engine, "before_cursor_execute", note)
    scans = []
    with books.engine.connect() as connection:
        for statement, values in said.items():
            if statement.startswith("SELECT") and "LIKE" not in statement:  # what documents say is looked through
                plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values).all()
                scans += [statement for row in plan if row[3] in [f"SCAN {table}" for table in GROWING]]
    assert scans == []
