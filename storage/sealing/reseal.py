"""Seals what lies in the database anew, with the newest key of the ring."""

from __future__ import annotations

from sqlalchemy import Column, Connection, Engine, LargeBinary, Table, Text, select, type_coerce, update
from sqlmodel import SQLModel

from storage.sealing.columns import SealedBytes, SealedText
from storage.sealing.key_ring import KeyRing

AT_ONCE = 500
"""Rows in one transaction, so that nobody waits for long."""


def reseal_columns(engine: Engine, keys: KeyRing) -> int:
    """All sealed columns; how many values that were. Texts that were not sealed yet are, too. Others may write
    meanwhile, and it may be stopped and begun anew. Raises: InvalidTag where no key opens a value.
    """
    return sum(
        _texts(engine, table, column, keys)
        if isinstance(column.type, SealedText)
        else _bytes(engine, table, column, keys)
        for table in SQLModel.metadata.sorted_tables
        for column in table.columns
        if isinstance(column.type, SealedText | SealedBytes)
    )


def _texts(engine: Engine, table: Table, column: Column[str], keys: KeyRing) -> int:
    assert isinstance(column.type, SealedText)
    about, raw, done = column.type.about, type_coerce(column, Text), 0
    query = select(*table.primary_key, raw.label("raw")).where(raw.not_like(f"{keys.text_mark()}%")).limit(AT_ONCE)
    while True:
        with engine.begin() as connection:
            rows = connection.execute(query.with_for_update()).all()
            for *key, old in rows:
                _put(connection, table, key, {column.name: keys.open_text(old, about)})
        done += len(rows)
        if len(rows) < AT_ONCE:
            return done


def _bytes(engine: Engine, table: Table, column: Column[bytes], keys: KeyRing) -> int:
    """These tables hold a row for each mailbox or workspace, so one transaction does."""
    done = 0
    with engine.begin() as connection:
        query = select(*table.primary_key, type_coerce(column, LargeBinary)).with_for_update()
        for *key, old in connection.execute(query).all():
            if not keys.is_current(old):
                about = str(key[0])
                _put(connection, table, key, {column.name: keys.seal(keys.open(old, about), about)})
                done += 1
    return done


def _put(connection: Connection, table: Table, key: list[object], values: dict[str, object]) -> None:
    named = [name == value for name, value in zip(table.primary_key, key, strict=True)]
    connection.execute(update(table).where(*named).values(**values))
