"""Brings a database to the newest version of the schema: Alembic, run inside the program."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from filelock import FileLock
from sqlalchemy import Connection, make_url, text

from storage.db.database import Database
from storage.db.engine import ledger_engine, use_write_ahead_log
from storage.migrations import releases


def migrate(database: Database) -> None:
    """Brings the tables to the newest version. Safe when several processes start at once, also of two versions of
    Billify: where a later one was here already, and said that we may go on beside it, nothing is done.

    Raises: NewerDatabase where a later version was here with which we cannot work.
    """
    if database.engine.dialect.name == "sqlite":
        _migrate_sqlite(database)
        return
    with database.engine.begin() as connection:
        connection.execute(text("SELECT pg_advisory_xact_lock(hashtext('billify migrations'))"))
        upgrade(connection)


def versions(url: str) -> tuple[str | None, str]:
    """The version of a database's schema, None where it has none yet, and ours. Raises: SQLAlchemyError."""
    ours = releases.head()
    address = make_url(url)
    if address.get_backend_name() == "sqlite" and not Path(address.database or "").exists():
        return None, ours
    engine = ledger_engine(url)
    try:
        with engine.connect() as connection:
            return MigrationContext.configure(connection).get_current_revision(), ours
    finally:
        engine.dispose()


def ends_others(url: str) -> list[releases.Step]:
    """The steps that bringing a database up to date would take and that end earlier versions of Billify for good; none
    where it is new, up to date, or a later version's. Raises: SQLAlchemyError."""
    there, _ = versions(url)
    return [] if there is None or releases.is_later(there) else releases.ends_others(releases.pending(there))


def upgrade(connection: Connection) -> None:
    """Brings the schema to the newest version within the connection's transaction. Raises: NewerDatabase."""
    there = MigrationContext.configure(connection).get_current_revision()
    if releases.is_later(there):
        releases.check_side_by_side(connection)
        return
    steps = releases.pending(there)
    command.upgrade(alembic_config(connection), "head")
    if steps:
        releases.note(connection, steps)


def alembic_config(connection: Connection) -> Config:
    """Alembic's configuration for our scripts; `env.py` takes the connection from it."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config


def _migrate_sqlite(database: Database) -> None:
    file = database.engine.url.database
    if not file or file == ":memory:":
        raise ValueError("The ledger needs a database in a file: sqlite:////folder/ledger.db")
    Path(file).parent.mkdir(parents=True, exist_ok=True)
    # Rebuilding a table, which is how SQLite alters one, must not trip over references to it.
    engine = ledger_engine(database.url, foreign_keys=False)
    try:
        with FileLock(f"{file}.lock"):
            use_write_ahead_log(engine)
            with engine.begin() as connection:
                upgrade(connection)
                if broken := connection.exec_driver_sql("PRAGMA foreign_key_check").all():
                    raise RuntimeError(f"The migration would leave references to nothing: {broken[:5]}")
    finally:
        engine.dispose()
