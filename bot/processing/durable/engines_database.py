"""How the workflow engine opens the database of durable work: so that it waits for whatever is away, as we do.

The engine waits, and does the same again, where its database is locked or not reached. Of a disk that is full it would
record that the step failed, which is no fault of the message's: told that the file is locked it waits for that as well.
"""

from __future__ import annotations

import sqlite3
from typing import Any

from sqlalchemy import Engine, create_engine, event, make_url
from sqlalchemy.engine import ExceptionContext

from storage.db.database import AWAY_WORDS
from storage.db.engine import BUSY_SECONDS, ledger_engine

CONNECTIONS = 20
"""At most, on PostgreSQL; the engine waits for one that is free."""

IDLE_TRANSACTION_SECONDS = 60
"""After so long PostgreSQL ends what stands still with a transaction open."""


def open_for_engine(url: str) -> Engine:
    """To be closed by whoever opened it."""
    if make_url(url).get_backend_name() != "sqlite":
        engine = ledger_engine(url, pool_size=CONNECTIONS, max_overflow=0)
        event.listen(engine, "connect", _end_idle_transactions)
        return engine
    engine = create_engine(url, connect_args={"timeout": BUSY_SECONDS}, hide_parameters=True)
    event.listen(engine, "connect", _begin_as_writer)
    event.listen(engine, "handle_error", _as_locked)
    return engine


def _end_idle_transactions(connection: Any, _record: object) -> None:
    connection.execute(f"SET idle_in_transaction_session_timeout = '{IDLE_TRANSACTION_SECONDS}s'")
    connection.commit()


def _begin_as_writer(connection: sqlite3.Connection, _record: object) -> None:
    connection.isolation_level = "IMMEDIATE"
    connection.execute("PRAGMA foreign_keys = ON")


def _as_locked(context: ExceptionContext) -> Exception | None:
    """What is raised in place of an error; None for the error itself."""
    said = str(context.original_exception)
    if any(words in said.lower() for words in AWAY_WORDS):
        return sqlite3.OperationalError(f"database is locked, as good as: {said}")
    return None
