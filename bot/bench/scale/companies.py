"""Many companies, each as a small one is after a while: one is made by the product, the others are its copies.

Only for measuring: copying goes past the use cases, and what the audit trail would say of it is left out.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

import sqlalchemy as sa
from sqlmodel import SQLModel

from bot.bench.books.filling import NOW, Size, begin, grow
from bot.processing.durable.message_queue import SCHEMA
from bot.processing.durable.stored_work import ENGINES_SCHEMA
from handlers.errors import BillifyError
from storage.db.database import Database
from storage.db.tenancy import FIRST, acting_for
from storage.ledger import accounts
from storage.migrations.upgrade import migrate
from storage.people import company, people

SIZE = Size(vendors=20, people=5, open_share=0.1, messages=10)
BILLS = 40
SENDER = "bench"
"""The terminal's name of the first company's owner."""

LEFT_OUT = ("audit", "auditlink")
_TABLES = [
    table for table in SQLModel.metadata.sorted_tables if "company_id" in table.columns and table.name not in LEFT_OUT
]


def check_empty(database: Database) -> None:
    """Raises: BillifyError where the database is not PostgreSQL, or is not empty: it is filled with what never
    happened, and emptied."""
    if database.engine.dialect.name != "postgresql":
        raise BillifyError("Companies are simulated on PostgreSQL alone: give an empty database by --database.")
    if sa.inspect(database.engine).get_table_names():
        raise BillifyError("This database has tables. The benchmark fills and empties it, so give it an empty one.")


def found_companies(database: Database, number: int) -> None:
    """So many companies of five people, 20 vendors and 40 bills each, in an empty database."""
    migrate(database)
    with acting_for(FIRST), database.transaction() as session:
        accounts.ensure_chart(session)
        company.ensure_company(session, "Company 1")
        owner = people.ensure_owner(session, "Olga", [("terminal", SENDER)], datetime.now(UTC))
        begin(session, owner.id, SIZE)
        grow(session, BILLS, owner.id, seed=1, size=SIZE)
        for person in people.everybody(session):
            person.created_at = NOW  # so that no digest is due to anybody
    with database.engine.begin() as connection, _unguarded(connection):
        _copy(connection, FIRST + 1, number)
    with database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql("VACUUM ANALYZE")


def sender(company_id: int) -> str:
    """Where the owner of a company speaks from, and the conversation there."""
    return SENDER if company_id == FIRST else f"{SENDER}~{company_id}"


@contextmanager
def _unguarded(connection: sa.Connection) -> Iterator[None]:
    """Row-level security holds for the owner of the tables, too, and lets nobody write for two companies at once."""
    for table in _TABLES:
        connection.exec_driver_sql(f"ALTER TABLE {table.name} DISABLE ROW LEVEL SECURITY")
    yield
    for table in _TABLES:
        connection.exec_driver_sql(f"ALTER TABLE {table.name} ENABLE ROW LEVEL SECURITY")


def _copy(connection: sa.Connection, since: int, until: int) -> None:
    if until < since:
        return
    strides = {
        table.name: connection.execute(sa.select(sa.func.coalesce(sa.func.max(table.c.id), 0))).scalar_one()
        for table in _TABLES
        if "id" in table.c
    }
    series = f"generate_series({since:d}, {until:d}) AS n"
    whole = SQLModel.metadata.tables["company"]
    names = [column.name for column in whole.columns if column.name not in ("id", "name")]
    others = "".join(f", {name}" for name in names)
    connection.execute(
        sa.text(
            f"INSERT INTO company (id, name{others}) SELECT n, 'Company ' || n{others} "  # noqa: S608 - our own names
            f"FROM company, {series} WHERE id = {FIRST}"
        )
    )
    for table in _TABLES:
        values = ", ".join(_of_copy(column, strides) for column in table.columns)
        columns = ", ".join(column.name for column in table.columns)
        connection.execute(
            sa.text(
                f"INSERT INTO {table.name} ({columns}) SELECT {values} "  # noqa: S608 - as above
                f"FROM {table.name} AS t, {series} WHERE t.company_id = {FIRST}"
            )
        )
        if table.name in strides:
            counter = f"SELECT setval(pg_get_serial_sequence('{table.name}', 'id'), "
            connection.exec_driver_sql(f"{counter}(SELECT coalesce(max(id), 1) FROM {table.name}))")  # noqa: S608


def _of_copy(column: sa.Column[object], strides: dict[str, int]) -> str:
    """What stands in a column of the copy for company `n`."""
    name = f"t.{column.name}"
    if column.name == "company_id":
        return "n"
    for reference in column.foreign_keys:
        stride = strides.get(reference.column.table.name, 0)
        return f"{name} + (n - {FIRST}) * {stride}"
    if column.name == "id":
        return f"{name} + (n - {FIRST}) * {strides[column.table.name]}"
    is_own = column.unique or (column.primary_key and "company_id" not in column.table.primary_key.columns)
    return f"{name} || '~' || n" if is_own or (column.table.name, column.name) in _SAID_BY_ONE else name


_SAID_BY_ONE = {("identity", "address"), ("inbound", "conversation"), ("post", "conversation")}
"""What leads to one company alone."""


def clear(database: Database) -> None:
    """Empties a database that the benchmark filled."""
    with database.engine.begin() as connection:
        for schema in ("public", SCHEMA, ENGINES_SCHEMA):
            connection.exec_driver_sql(f"DROP SCHEMA IF EXISTS {schema} CASCADE")
        connection.exec_driver_sql("CREATE SCHEMA public")
