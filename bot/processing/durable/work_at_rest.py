"""How messages and replies lie in the database of durable work: as JSON that is sealed."""

from __future__ import annotations

from typing import Any, TypeVar

from cryptography.exceptions import InvalidTag
from sqlalchemy import Engine, create_engine, inspect, text

from bot.processing.durable.message_queue import QUEUE, SCHEMA
from handlers.messages import from_json, to_json
from storage.errors import DocumentDamaged
from storage.sealing.key_ring import SEALED_TEXT, TEXT, KeyRing

T = TypeVar("T")

ABOUT = "work"
KEPT_IN = {
    "workflow_status": (("workflow_uuid",), ("inputs", "output")),
    "workflow_input": (("workflow_uuid",), ("inputs",)),
    "workflow_output": (("workflow_uuid",), ("output",)),
    "operation_outputs": (("workflow_uuid", "function_id"), ("output",)),
    QUEUE.name: (("place",), ("message",)),
}
"""The tables of the engine, and of what waits: their keys, and the columns with what goes in and comes out."""


def sealed(keys: KeyRing, what: object, kind: Any) -> str:
    """A message or replies (`kind` is their type) as they are kept."""
    return keys.seal_text(to_json(what, kind), ABOUT)


def opened(keys: KeyRing, kept: str, kind: type[T]) -> T:
    """What was kept, also before anything was sealed. Raises: DocumentDamaged."""
    try:
        return from_json(kind, keys.open_text(kept, ABOUT))
    except InvalidTag:
        raise DocumentDamaged("This work cannot be opened: it was sealed with a document key that is gone.") from None


def renewed(keys: KeyRing, kept: str) -> str:
    """The same, sealed with the newest key: others may have forgotten the one that it was sealed with."""
    return keys.seal_text(keys.open_text(kept, ABOUT), ABOUT)


def reseal(url: str, keys: KeyRing) -> int:
    """Seals with the newest key what lies under an older one; how many rows that were. What is in work goes on."""
    engine = create_engine(url, hide_parameters=True)
    try:
        names, done = inspect(engine), 0
        for table, (ids, columns) in KEPT_IN.items():
            own = SCHEMA if table == QUEUE.name else "dbos"
            schema = own if engine.dialect.name == "postgresql" else None
            if names.has_table(table, schema=schema):
                done += _reseal(engine, f"{schema}.{table}" if schema else table, ids, columns, keys)
        return done
    finally:
        engine.dispose()


def _reseal(engine: Engine, table: str, ids: tuple[str, ...], columns: tuple[str, ...], keys: KeyRing) -> int:
    """A column changes only where it is still what was read, so that what a worker writes meanwhile stays."""
    done = 0
    where = " AND ".join(f"{name} = :{name}" for name in ids)
    for column in columns:
        find = text(
            f"SELECT {', '.join(ids)}, {column} FROM {table} "  # noqa: S608 - names of our own
            f"WHERE {column} LIKE :any AND {column} NOT LIKE :current"
        )
        change = text(f"UPDATE {table} SET {column} = :new WHERE {where} AND {column} = :old")  # noqa: S608
        with engine.connect() as connection:
            found = connection.execute(find, {"any": f"%{TEXT}%", "current": f"%{keys.text_mark()}%"}).all()
        for *key, old in found:
            new = SEALED_TEXT.sub(lambda one: renewed(keys, one[0]), old)
            with engine.begin() as connection:
                done += connection.execute(
                    change, {**dict(zip(ids, key, strict=True)), "new": new, "old": old}
                ).rowcount
    return done
