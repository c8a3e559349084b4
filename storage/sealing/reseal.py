"""Seals what lies in the database anew, with the newest key of the ring."""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy import JSON, Column, Connection, Engine, LargeBinary, Table, Text, select, type_coerce, update
from sqlmodel import SQLModel

from storage.sealing.columns import SealedBytes, SealedJson, SealedText
from storage.sealing.key_ring import KeyRing

AT_ONCE = 500
"""Rows in one transaction, so that nobody waits for long."""


def reseal_columns(engine: Engine, keys: KeyRing) -> int:
    """All sealed columns; how many values that were. Texts that were not sealed yet are, too. Others may write
    meanwhile, and it may be stopped and begun anew. Raises: InvalidTag where no key opens a value.
    """
    return sum(
        reseal(engine, table, column, keys)
        for table in SQLModel.metadata.sorted_tables
        for column in table.columns
        for kind, reseal in _WAYS.items()
        if isinstance(column.type, kind)
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


def _jsons(engine: Engine, table: Table, column: Column[Any], keys: KeyRing) -> int:
    assert isinstance(column.type, SealedJson)
    (key,), raw, after, done = table.primary_key, type_coerce(column, JSON), 0, 0
    while True:
        query = select(key, raw).where(key > after).order_by(key).limit(AT_ONCE).with_for_update()
        with engine.begin() as connection:
            rows = connection.execute(query).all()
            for after, old in rows:
                if old is not None and not (isinstance(old, str) and old.startswith(keys.text_mark())):
                    value = json.loads(keys.open_text(old, column.type.about)) if isinstance(old, str) else old
                    _put(connection, table, [after], {column.name: value})
                    done += 1
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


_WAYS = {SealedText: _texts, SealedJson: _jsons, SealedBytes: _bytes}
