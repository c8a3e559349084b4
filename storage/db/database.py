"""The connection to the ledger's database: SQLite in a file, or PostgreSQL."""

from __future__ import annotations

import asyncio
import random
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Concatenate, ParamSpec, TypeVar

import psycopg
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.orm import sessionmaker
from sqlmodel import Session

from storage.db.engine import ledger_engine, snapshot_options
from storage.db.shared_memory import INFO
from storage.db.tenancy import keep_apart

RETRY_STATES = {"40001", "40P01", "55P03"}
"""SQLSTATE of PostgreSQL: serialization failure, deadlock, lock not available."""

AWAY_STATES = ("08", "53", "57P01", "57P02", "57P03")
"""How SQLSTATE begins where a server is not reached, has no room, is stopping or starting."""

AWAY_WORDS = (
    "database is locked",
    "database or disk is full",
    "disk i/o error",
    "unable to open database file",
    "attempt to write a readonly database",  # a file system is made so where its disk fails
)
"""What SQLite says where the file cannot be written now."""

ATTEMPTS = 5
"""How often `run` tries a transaction that others got in the way of."""

P = ParamSpec("P")
T = TypeVar("T")


class Database:
    """Opens transactions. One per process; it may be used from many threads."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.engine = ledger_engine(url)
        snapshots = self.engine.execution_options(**snapshot_options(self.engine))
        memory: dict[str, dict[str, Any]] = {INFO: {}}
        self._sessions = sessionmaker(self.engine, class_=Session, expire_on_commit=False, info=memory)
        self._looks = sessionmaker(snapshots, class_=Session, expire_on_commit=False, info=memory)
        for sessions in (self._sessions, self._looks):
            keep_apart(sessions)

    @contextmanager
    def transaction(self) -> Iterator[Session]:
        """A session in one transaction: committed at the end, rolled back on any error.

        On SQLite it is the only writer from its first statement (BEGIN IMMEDIATE), so it never fails half-way for
        another's sake. Rows stay readable afterwards. Raises: errors for which `is_transient` says to try again.
        """
        with self._sessions.begin() as session:
            yield session

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A session that sees one state of the ledger, waits for nobody and cannot write."""
        with self._looks.begin() as session:
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


def is_away(error: BaseException) -> bool:
    """Whether the database cannot be reached or written just now, by no fault of what was asked of it."""
    if isinstance(error, PoolTimeout | psycopg.OperationalError):  # the latter of whoever connects without an engine
        return True
    if not isinstance(error, DBAPIError):
        return False
    if is_transient(error):
        return True
    state = getattr(error.orig, "sqlstate", None)
    if isinstance(error.orig, sqlite3.Error):
        return any(words in str(error.orig).lower() for words in AWAY_WORDS)
    return state.startswith(AWAY_STATES) if state else isinstance(error, OperationalError)
