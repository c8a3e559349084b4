"""How SQLite and PostgreSQL are opened, so that they behave alike and no error quotes what was asked or written."""

from __future__ import annotations

from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.pool import NullPool

BUSY_SECONDS = 30.0

SILENT_SECONDS, PROBE_SECONDS, PROBES = 10, 5, 3
"""A connection to PostgreSQL whose other end says nothing for so long is asked, so often, and counts as dead after
that, at both ends: else a thread would wait for a server that is cut off, and what a machine that is cut off had locked
would stay locked, for hours."""


def ledger_engine(url: str, *, foreign_keys: bool = True, **pool_of_server: int) -> Engine:
    """Connections whose transactions begin as `Database` promises, and whose errors tell nothing of the books; without
    `foreign_keys` (SQLite) while tables are built anew. `pool_of_server` is SQLAlchemy's, for PostgreSQL alone."""
    if make_url(url).get_backend_name() != "sqlite":
        quick_to_notice = notices_silence(make_url(url))
        engine = create_engine(
            url, pool_pre_ping=True, hide_parameters=True, connect_args=quick_to_notice, **pool_of_server
        )
        event.listen(engine, "connect", _notice_silence_there)
        return engine
    pool = {} if foreign_keys else {"poolclass": NullPool}
    engine = create_engine(url, connect_args={"timeout": BUSY_SECONDS}, hide_parameters=True, **pool)

    def connected(connection: Any, _record: object) -> None:
        connection.isolation_level = None  # transactions are begun below, not by the driver
        connection.execute("PRAGMA secure_delete = ON")  # what is deleted is no longer in the file either
        connection.execute(f"PRAGMA foreign_keys = {'ON' if foreign_keys else 'OFF'}")

    event.listen(engine, "connect", connected)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def notices_silence(url: URL) -> dict[str, Any]:
    """Settings of libpq by which this end of a connection notices that the other is gone; not those in the URL."""
    given_up = SILENT_SECONDS + PROBE_SECONDS * PROBES
    settings = {
        "connect_timeout": given_up,
        "keepalives_idle": SILENT_SECONDS,
        "keepalives_interval": PROBE_SECONDS,
        "keepalives_count": PROBES,
        "tcp_user_timeout": given_up * 1000,  # of what was sent and is not acknowledged
    }
    return {name: value for name, value in settings.items() if name not in url.query}


def _notice_silence_there(connection: Any, _record: object) -> None:
    """The same at the server's end, which lets go of locks then. Nothing comes of it on a socket that is a file."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SET tcp_keepalives_idle = {SILENT_SECONDS}; SET tcp_keepalives_interval = {PROBE_SECONDS}; "
            f"SET tcp_keepalives_count = {PROBES}; "
            f"SET tcp_user_timeout = {(SILENT_SECONDS + PROBE_SECONDS * PROBES) * 1000}"
        )
    connection.commit()


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
