"""How SQLite and PostgreSQL are opened, so that they behave alike and no error quotes what was asked or written."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.pool import NullPool

BUSY_SECONDS = 30.0


def ledger_engine(url: str, *, foreign_keys: bool = True) -> Engine:
    """Connections whose transactions begin as `Database` promises, and whose errors tell nothing of the books; without
    `foreign_keys` (SQLite) while tables are built anew."""
    if make_url(url).get_backend_name() != "sqlite":
        return create_engine(url, pool_pre_ping=True, hide_parameters=True)
    pool = {} if foreign_keys else {"poolclass": NullPool}
    engine = create_engine(url, connect_args={"timeout": BUSY_SECONDS}, hide_parameters=True, **pool)

    def connected(connection: Any, _record: object) -> None:
        connection.isolation_level = None  # transactions are begun below, not by the driver
        connection.execute("PRAGMA secure_delete = ON")  # what is deleted is no longer in the file either
        connection.execute(f"PRAGMA foreign_keys = {'ON' if foreign_keys else 'OFF'}")

    event.listen(engine, "connect", connected)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _begin_sqlite(connection: Connection) -> None:
    snapshot = connection.get_execution_options().get("snapshot", False)
    connection.exec_driver_sql(f"PRAGMA query_only = {'ON' if snapshot else 'OFF'}")
    connection.exec_driver_sql("BEGIN" if snapshot else "BEGIN IMMEDIATE")


def snapshot_options(engine: Engine) -> dict[str, Any]:
    """Options of a connection that sees one state of the ledger and cannot write."""
    if engine.dialect.name == "sqlite":
        return {"snapshot": True}
    return {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}


def use_write_ahead_log(engine: Engine) -> None:
    """Lets readers and the writer work side by side. The file remembers it, so it is set once."""
    raw = engine.raw_connection()
    try:
        raw.cursor().execute("PRAGMA journal_mode = WAL")
    finally:
        raw.close()
