"""The connection to the ledger's database: SQLite in a file, or PostgreSQL."""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Concatenate, ParamSpec, TypeVar

from sqlalchemy.exc import DBAPIError, OperationalError
from sqlmodel import Session

from storage.db.engine import ledger_engine, snapshot_options

RETRY_STATES = {"40001", "40P01", "55P03"}
"""SQLSTATE of PostgreSQL: serialization failure, deadlock, lock not available."""

ATTEMPTS = 5
"""How often `run` tries a transaction that others got in the way of."""

P = ParamSpec("P")
T = TypeVar("T")


class Database:
    """Opens transactions. One per process; it may be used from many threads."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.engine = ledger_engine(url)
        self._snapshots = self.engine.execution_options(**snapshot_options(self.engine))

    @contextmanager
    def transaction(self) -> Iterator[Session]:
        """A session in one transaction: committed at the end, rolled back on any error.

        On SQLite it is the only writer from its first statement (BEGIN IMMEDIATE), so it never fails half-way for
        another's sake. Rows stay readable afterwards. Raises: errors for which `is_transient` says to try again.
        """
        with Session(self.engine, expire_on_commit=False) as session, session.begin():
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

    def close(self) -> None:
        """Closes all connections. Harmless to repeat."""
        self.engine.dispose()


def is_transient(error: BaseException) -> bool:
    """Whether the same transaction may well succeed if tried again: a lock, a deadlock, a lost connection."""
    if not isinstance(error, DBAPIError):
        return False
    if error.connection_invalidated or getattr(error.orig, "sqlstate", None) in RETRY_STATES:
        return True
    return isinstance(error, OperationalError) and "database is locked" in str(error.orig)
