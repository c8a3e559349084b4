"""Databases for every test that wants one: `database` runs it on SQLite and on a real PostgreSQL."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import hypothesis
import psutil
import psycopg
import pytest
from sqlmodel import SQLModel

from storage.db.database import Database
from storage.ledger import accounts
from storage.migrations.upgrade import migrate
from tests.fakes.databases.postgres import PostgresServer, postgres_server, programs_folder
from tests.fakes.databases.quick_engines import kept_connected, share_compiled_statements

hypothesis.settings.register_profile("busy machine", deadline=None)
hypothesis.settings.load_profile("busy machine")  # how long an example takes says nothing on one
share_compiled_statements()


WORKERS_A_CORE = 2
"""Tests of processes, leases and outages wait for half of their time."""
WORKER_BYTES = 3_000_000_000
"""What a worker may take with the servers, browsers and processes that its tests start."""


def pytest_xdist_auto_num_workers() -> int:
    """How many `-n auto` are."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return max(1, min(WORKERS_A_CORE * cores, psutil.virtual_memory().total // WORKER_BYTES))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Marks what is slow by the parts that it asks for, so that no test forgets to."""
    for item in items:
        fixtures = getattr(item, "fixturenames", ())
        params = item.callspec.params.values() if hasattr(item, "callspec") else ()
        if "browser" in fixtures:
            item.add_marker(pytest.mark.browser)
        if "postgres" in fixtures or "postgresql" in params:
            item.add_marker(pytest.mark.postgresql)


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    """A PostgreSQL server for the whole run; skips where none is installed, and fails there in CI."""
    with postgres_server(programs_folder()) as server:
        yield server


@pytest.fixture
def postgres_url(postgres: PostgresServer) -> str:
    """The URL of an empty PostgreSQL database."""
    return postgres.database()


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The URL of an empty database, of each kind in turn."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'ledger.db'}"
    return str(request.getfixturevalue("postgres_url"))


@pytest.fixture(scope="session")
def blank_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite ledger with nothing in it, to copy: quicker than to migrate for each test."""
    file = tmp_path_factory.mktemp("blank") / "ledger.db"
    _set_up(f"sqlite:///{file}")
    return file


@pytest.fixture(scope="session")
def shared_postgres(postgres: PostgresServer) -> Iterator[str]:
    """The URL of one PostgreSQL ledger, to empty for each test: quicker than a new one."""
    url = postgres.database()
    _set_up(url)
    with kept_connected(url):
        yield url


@pytest.fixture(scope="session")
def blank_postgres(postgres: PostgresServer) -> str:
    """The URL of a PostgreSQL ledger with nothing in it, to copy."""
    url = postgres.database()
    _set_up(url)
    return url


@pytest.fixture
def postgres_ledger(postgres: PostgresServer, blank_postgres: str) -> str:
    """The URL of a PostgreSQL database with a ledger in which nothing is yet."""
    return postgres.database(like=blank_postgres)


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """A ledger with its tables and chart of accounts, of each kind in turn."""
    if request.param == "sqlite":
        url = f"sqlite:///{shutil.copy(request.getfixturevalue('blank_sqlite'), tmp_path)}"
    else:
        url = request.getfixturevalue("shared_postgres")
        _empty(url)
    database = Database(url)
    with database.transaction() as session:
        accounts.ensure_chart(session)
    yield database
    if request.param == "sqlite":  # the other's connections serve the next test
        database.close()


def _set_up(url: str) -> None:
    database = Database(url)
    migrate(database)
    with database.transaction() as session:
        accounts.ensure_chart(session)
    database.close()


def _empty(url: str) -> None:
    """Forgets everything. Rows are deleted, since TRUNCATE makes new files of each table and of each index, and all
    references go together, so that none need be checked.
    """
    looks = " UNION ALL ".join(f"(SELECT '{name}' FROM \"{name}\" LIMIT 1)" for name in SQLModel.metadata.tables)
    with psycopg.connect(url.replace("+psycopg", ""), autocommit=True) as connection:
        connection.execute("SET lock_timeout = '10s'")  # a test that left a transaction open fails the next
        connection.execute("SET session_replication_role = replica")
        for (name,) in connection.execute(looks.encode()).fetchall():
            connection.execute(f'DELETE FROM "{name}"'.encode())
        connection.execute("SELECT setval(oid, 1, false) FROM pg_class WHERE relkind = 'S'")
