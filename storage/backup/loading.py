"""Fills an empty database with a backup's rows, whichever kind of database they came from.

SQLite: a new file is filled beside the one in use, and takes its place at the end. PostgreSQL: one transaction. Either
way the database is as it was before, or wholly the backup's.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, inspect, make_url, text

from storage.backup.databases import AT_ONCE, named, serial
from storage.backup.manifest import PartRecord, TableRecord
from storage.backup.repository import Repository
from storage.backup.rows import Layout, values
from storage.db.engine import ledger_engine, use_write_ahead_log
from storage.errors import NotRestored

BESIDE = ".restored"
"""What the new file's name ends with until it takes the other's place."""


@dataclass(frozen=True)
class Target:
    """A database to be filled: `empty` makes it so, with the tables of a version; `finish` brings it up to date."""

    name: str
    url: str
    tables: Sequence[Layout]
    before: Callable[[str], None]
    """What has to be done with the database of an address before the transaction."""
    empty: Callable[[Connection, str], None]
    finish: Callable[[Connection], None]


@contextmanager
def filled(target: Target, repository: Repository, backup: str, record: PartRecord) -> Iterator[None]:
    """Within it the database is filled, and nobody sees it yet; it is there when it ends without an error.

    Raises: BackupDamaged; NotRestored.
    """
    url = make_url(target.url)
    sqlite = url.get_backend_name() == "sqlite"
    file = Path(url.database or "")
    if sqlite:
        _forget(beside := file.with_name(file.name + BESIDE))
        url = url.set(database=str(beside))
        beside.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    address = url.render_as_string(hide_password=False)
    target.before(address)
    engine = ledger_engine(address, foreign_keys=False)
    try:
        if sqlite:
            use_write_ahead_log(engine)
        with engine.begin() as connection:
            target.empty(connection, record.version)
            schemas = {table.name: table.schema for table in target.tables}
            tables = [(table, table.layout(schemas.get(table.name))) for table in record.tables]
            with _without_checks(connection, [layout for _, layout in tables]):
                for table, layout in tables:
                    _fill(connection, layout, table, repository, backup)
            target.finish(connection)
            yield
    except BaseException:
        engine.dispose()
        if sqlite:
            _forget(beside)
        raise
    engine.dispose()  # the last connection: what is in the write-ahead log is in the file now
    if sqlite:
        _forget(file)
        beside.replace(file)


def _forget(file: Path) -> None:
    for ending in ("", "-wal", "-shm"):
        file.with_name(file.name + ending).unlink(missing_ok=True)


def _fill(connection: Connection, layout: Layout, table: TableRecord, repository: Repository, backup: str) -> None:
    there = {
        column["name"] for column in inspect(connection).get_columns(layout.name, schema=_schema(connection, layout))
    }
    if missing := [name for name, _ in layout.columns if name not in there]:
        raise NotRestored(
            f"{layout.name} has no {', '.join(missing)} here: the backup is of another version of Billify. Update it."
        )
    names, kinds = zip(*layout.columns, strict=True)
    dialect = connection.dialect.name
    rows = (values(line, kinds, dialect) for line in repository.lines(backup, table))
    target, columns = named(layout, connection.engine), ", ".join(f'"{name}"' for name in names)
    connection.execute(text(f"DELETE FROM {target}"))  # noqa: S608 - what a migration put there
    if dialect == "postgresql":
        _copy(connection, f"COPY {target} ({columns}) FROM STDIN", rows)
    else:
        insert = f"INSERT INTO {target} ({columns}) VALUES ({', '.join('?' * len(names))})"  # noqa: S608
        while batch := [tuple(row) for row in islice(rows, AT_ONCE)]:
            connection.exec_driver_sql(insert, batch)
    _count_on(connection, layout, table)


def _copy(connection: Connection, statement: str, rows: Iterator[list[Any]]) -> None:
    cursor = connection.connection.cursor()
    try:
        with cursor.copy(statement) as copy:
            for row in rows:
                copy.write_row(row)
    finally:
        cursor.close()


def _count_on(connection: Connection, layout: Layout, table: TableRecord) -> None:
    """The next row's number is higher than any that was given, as it was where the backup was made."""
    if dict(layout.columns)[layout.key[-1]] != "int":
        return
    name, number = named(layout, connection.engine), layout.key[-1]
    last = connection.execute(text(f'SELECT max("{number}") FROM {name}')).scalar()  # noqa: S608
    last = max(last or 0, table.highest or 0)
    if not last:
        return
    if connection.dialect.name == "postgresql":
        if counter := serial(connection, layout):
            connection.execute(text("SELECT setval(:counter, :last)"), {"counter": counter, "last": last})
    elif (
        table.highest and connection.execute(text("SELECT 1 FROM sqlite_master WHERE name = 'sqlite_sequence'")).first()
    ):
        given = {"name": layout.name, "last": last}
        connection.execute(text("DELETE FROM sqlite_sequence WHERE name = :name"), given)
        connection.execute(text("INSERT INTO sqlite_sequence (name, seq) VALUES (:name, :last)"), given)


@contextmanager
def _without_checks(connection: Connection, tables: Sequence[Layout]) -> Iterator[None]:
    """References are checked at the end, and rows of all companies are let in: by the owner of the tables only, within
    this transaction."""
    if connection.dialect.name != "postgresql":
        yield
        if broken := connection.exec_driver_sql("PRAGMA foreign_key_check").all():
            raise NotRestored(f"The backup has references to nothing: {broken[:5]}")
        return
    names = [named(table, connection.engine) for table in tables]
    references = connection.execute(text(_REFERENCES), {"names": names}).all()
    guarded = connection.execute(text(_GUARDED), {"names": names}).scalars().all()
    for table, name in references:
        connection.execute(text(f'ALTER TABLE {table} ALTER CONSTRAINT "{name}" DEFERRABLE INITIALLY DEFERRED'))
    for table in guarded:
        connection.execute(text(f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY"))
    yield
    connection.execute(text("SET CONSTRAINTS ALL IMMEDIATE"))
    for table in guarded:
        connection.execute(text(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY"))
    for table, name in references:
        connection.execute(text(f'ALTER TABLE {table} ALTER CONSTRAINT "{name}" NOT DEFERRABLE'))


_REFERENCES = """
    SELECT conrelid::regclass::text, conname FROM pg_constraint
    WHERE contype = 'f' AND NOT condeferrable AND conrelid IN (SELECT unnest(CAST(:names AS text[]))::regclass)
"""
_GUARDED = """
    SELECT oid::regclass::text FROM pg_class
    WHERE relforcerowsecurity AND oid IN (SELECT unnest(CAST(:names AS text[]))::regclass)
"""


def _schema(connection: Connection, layout: Layout) -> str | None:
    return layout.schema if connection.dialect.name == "postgresql" else None
