"""Reads a database whole, in one state, while others write to it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from sqlalchemy import Connection, Engine, text

from storage.backup.rows import Layout, line
from storage.db.engine import ledger_engine, snapshot_options
from storage.db.tenancy import FIRST, SETTING

AT_ONCE = 2000
"""Rows fetched at a time."""


@dataclass(frozen=True)
class Part:
    """A database: its name in backups, where it is, its tables (in an order in which they can be filled), and what
    says the version of its schema."""

    name: str
    url: str
    tables: Sequence[Layout]
    version: Callable[[Connection], str]


@contextmanager
def one_state(url: str) -> Iterator[Connection]:
    """A connection that sees one state of a database, waits for nobody and cannot write."""
    engine = ledger_engine(url)
    try:
        with engine.execution_options(**snapshot_options(engine)).connect() as connection, connection.begin():
            yield connection
    finally:
        engine.dispose()


def each_row(connection: Connection, tables: Sequence[Layout], found: Mapping[str, Callable[[bytes], None]]) -> None:
    """Hands each row's line to what `found` has for its table, in the order of the table's key.

    A company's rows are asked for as that company, since row-level security shows them to nobody else.
    """
    for table in tables:
        if not table.of_company:
            _hand_over(connection, table, "", found[table.name])
    if not any(table.of_company for table in tables):
        return
    known = connection.execute(text("SELECT id FROM company ORDER BY id")).scalars().all()
    for company in sorted({FIRST, *known}):
        if connection.dialect.name == "postgresql":
            connection.execute(text("SELECT set_config(:name, :value, true)"), {"name": SETTING, "value": str(company)})
        for table in tables:
            if table.of_company:
                _hand_over(connection, table, f"WHERE company_id = {int(company)}", found[table.name])


def highest(connection: Connection, table: Layout) -> int | None:
    """The highest number that was given to a row; None where the database numbers none, or does not remember it."""
    if dict(table.columns)[table.key[-1]] != "int":
        return None
    if connection.dialect.name == "postgresql":
        if (counter := serial(connection, table)) is None:
            return None
        return connection.execute(text(f"SELECT CASE WHEN is_called THEN last_value END FROM {counter}")).scalar()  # noqa: S608
    remembers = connection.execute(text("SELECT 1 FROM sqlite_master WHERE name = 'sqlite_sequence'")).first()
    if not remembers:
        return None
    query = text("SELECT seq FROM sqlite_sequence WHERE name = :name")
    return connection.execute(query, {"name": table.name}).scalar()


def serial(connection: Connection, table: Layout) -> str | None:
    """PostgreSQL's sequence that numbers a table's rows."""
    query = text("SELECT pg_get_serial_sequence(:table, :column)")
    return connection.execute(query, {"table": named(table, connection.engine), "column": table.key[-1]}).scalar()


def named(table: Layout, engine: Engine) -> str:
    """The table's name in statements."""
    schema = f'"{table.schema}".' if table.schema and engine.dialect.name == "postgresql" else ""
    return f'{schema}"{table.name}"'


def _hand_over(connection: Connection, table: Layout, where: str, found: Callable[[bytes], None]) -> None:
    postgresql, kinds = connection.dialect.name == "postgresql", dict(table.columns)
    shown = [
        f'CAST("{name}" AS TEXT)' if postgresql and kind == "json" else f'"{name}"' for name, kind in table.columns
    ]
    # byte by byte, as SQLite compares texts, whatever the server's language
    order = [f'"{name}" COLLATE "C"' if postgresql and kinds[name] == "text" else f'"{name}"' for name in table.key]
    query = f"SELECT {', '.join(shown)} FROM {named(table, connection.engine)} {where} ORDER BY {', '.join(order)}"  # noqa: S608
    result = connection.execute(text(query), execution_options={"stream_results": True, "max_row_buffer": AT_ONCE})
    of_each = list(kinds.values())
    for rows in result.partitions(AT_ONCE):
        for row in rows:
            found(line(row, of_each))
