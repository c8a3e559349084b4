"""The connection to the ledger's database: SQLite in a file, or PostgreSQL."""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Concatenate, ParamSpec, TypeVar

from filelock import FileLock
from sqlalchemy import Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.pool import NullPool
from sqlmodel import Session

from storage.migrations.upgrade import upgrade

BUSY_SECONDS = 30.0
RETRY_STATES = {"40001", "40P01", "55P03"}
"""SQLSTATE of PostgreSQL: serialization failure, deadlock, lock not available."""

ATTEMPTS = 5
"""How often `run` tries a transaction that others got in the way of."""

P = ParamSpec("P")
T = TypeVar("T")


class Database:
    """Opens transactions. One per process; it may be used from many threads."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._engine = _engine(url)
        self._snapshots = self._engine.execution_options(**_snapshot_options(self._engine))

    @contextmanager
    def transaction(self) -> Iterator[Session]:
        """A session in one transaction: committed at the end, rolled back on any error.

        On SQLite it is the only writer from its first statement (BEGIN IMMEDIATE), so it never fails half-way for
        another's sake. Rows stay readable afterwards. Raises: errors for which `is_transient` says to try again.
        """
        with Session(self._engine, expire_on_commit=False) as session, session.begin():
            yield session

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A session that sees one state of the ledger, waits for nobody and cannot write."""
        with Session(self._snapshots, expire_on_commit=False) as session, session.begin():
            yield session

    async def run(self, work: Callable[Concatenate[Session, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Calls `work(session, …)` in a worker thread, in one transaction, which is tried anew where others got in
        its way: so `work` must do nothing but use the session."""
        return await asyncio.to_thread(self._attempt, lambda session: work(session, *args, **kwargs))

    async def read(self, work: Callable[Concatenate[Session, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Calls `work(session, …)` in a worker thread on one state of the ledger, which it cannot change."""

        def look() -> T:
            with self.reading() as session:
                return work(session, *args, **kwargs)

        return await asyncio.to_thread(look)

    def migrate(self) -> None:
        """Brings the tables to the newest version. Safe when several processes start at once."""
        if self._engine.dialect.name == "sqlite":
            self._migrate_sqlite()
            return
        with self._engine.begin() as connection:
            connection.execute(text("SELECT pg_advisory_xact_lock(hashtext('billify migrations'))"))
            upgrade(connection)

    def _attempt(self, work: Callable[[Session], T]) -> T:
        for attempt in range(1, ATTEMPTS):
            try:
                with self.transaction() as session:
                    return work(session)
            except DBAPIError as error:
                if not is_transient(error):
                    raise
                time.sleep(random.uniform(0, 0.05 * 2**attempt))
        with self.transaction() as session:
            return work(session)

    def _migrate_sqlite(self) -> None:
        file = self._engine.url.database
        if not file or file == ":memory:":
            raise ValueError("The ledger needs a database in a file: sqlite:////folder/ledger.db")
        Path(file).parent.mkdir(parents=True, exist_ok=True)
        # Rebuilding a table, which is how SQLite alters one, must not trip over references to it.
        engine = _engine(self._url, foreign_keys=False)
        try:
            with FileLock(f"{file}.lock"):
                _use_write_ahead_log(engine)
                with engine.begin() as connection:
                    upgrade(connection)
                    if broken := connection.exec_driver_sql("PRAGMA foreign_key_check").all():
                        raise RuntimeError(f"The migration would leave references to nothing: {broken[:5]}")
        finally:
            engine.dispose()

    def close(self) -> None:
        """Closes all connections. Harmless to repeat."""
        self._engine.dispose()


def is_transient(error: BaseException) -> bool:
    """Whether the same transaction may well succeed if tried again: a lock, a deadlock, a lost connection."""
    if not isinstance(error, DBAPIError):
        return False
    if error.connection_invalidated or getattr(error.orig, "sqlstate", None) in RETRY_STATES:
        return True
    return isinstance(error, OperationalError) and "database is locked" in str(error.orig)


def _engine(url: str, *, foreign_keys: bool = True) -> Engine:
    if make_url(url).get_backend_name() != "sqlite":
        return create_engine(url, pool_pre_ping=True)
    pool = {} if foreign_keys else {"poolclass": NullPool}
    engine = create_engine(url, connect_args={"timeout": BUSY_SECONDS}, **pool)

    def connected(connection: Any, _record: object) -> None:
        connection.isolation_level = None  # transactions are begun below, not by the driver
        connection.execute(f"PRAGMA foreign_keys = {'ON' if foreign_keys else 'OFF'}")

    event.listen(engine, "connect", connected)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _begin_sqlite(connection: Connection) -> None:
    snapshot = connection.get_execution_options().get("snapshot", False)
    connection.exec_driver_sql(f"PRAGMA query_only = {'ON' if snapshot else 'OFF'}")
    connection.exec_driver_sql("BEGIN" if snapshot else "BEGIN IMMEDIATE")


def _snapshot_options(engine: Engine) -> dict[str, Any]:
    if engine.dialect.name == "sqlite":
        return {"snapshot": True}
    return {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}


def _use_write_ahead_log(engine: Engine) -> None:
    """Lets readers and the writer work side by side. The file remembers it, so it is set once."""
    raw = engine.raw_connection()
    try:
        raw.cursor().execute("PRAGMA journal_mode = WAL")
    finally:
        raw.close()
