"""The database of durable work as a part of backups: what waits, and how far what is in work has come."""

from __future__ import annotations

from dbos import DBOS
from dbos._schemas.system_database import SystemSchema
from sqlalchemy import Connection, Engine, inspect, text

from bot.processing.durable.message_queue import QUEUE, SCHEMA, MessageQueue
from storage.backup.databases import Part
from storage.backup.loading import Target
from storage.backup.rows import Layout, layout
from storage.db.engine import ledger_engine

NAME = "work"
ENGINES_SCHEMA = "dbos"
USED = ((QUEUE.name, SCHEMA), ("workflow_status", ENGINES_SCHEMA))


def work_part(url: str) -> Part:
    """What a backup reads."""
    return Part(NAME, url, _tables(), _version)


def work_target(url: str) -> Target:
    """What a backup is brought back to. The engine makes its own tables, at its own version."""
    return Target(NAME, url, _tables(), prepare, lambda connection, version: None, lambda connection: None)


def prepare(url: str) -> None:
    """Makes the tables where there are none."""
    queue = MessageQueue(url, "restore")
    try:
        queue.prepare()
        DBOS.migrate(url)
    finally:
        queue.close()


def is_used(url: str) -> bool:
    """Whether any message waits there, or was ever served."""
    engine = ledger_engine(url)
    try:
        return any(_has_rows(engine, name, schema) for name, schema in USED)
    finally:
        engine.dispose()


def _tables() -> list[Layout]:
    engines = [layout(table, ENGINES_SCHEMA) for table in SystemSchema.metadata_obj.sorted_tables]
    return [*engines, layout(QUEUE, SCHEMA)]


def _version(connection: Connection) -> str:
    schema = f"{ENGINES_SCHEMA}." if connection.dialect.name == "postgresql" else ""
    return str(connection.execute(text(f"SELECT max(version) FROM {schema}dbos_migrations")).scalar())  # noqa: S608


def _has_rows(engine: Engine, name: str, schema: str) -> bool:
    within = schema if engine.dialect.name == "postgresql" else None
    if not inspect(engine).has_table(name, schema=within):
        return False
    with engine.connect() as connection:
        full = f'"{within}"."{name}"' if within else f'"{name}"'
        return connection.execute(text(f"SELECT 1 FROM {full} LIMIT 1")).first() is not None  # noqa: S608
