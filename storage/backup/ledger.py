"""The ledger's database as a part of backups."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import Connection, inspect, text
from sqlmodel import SQLModel

from storage import migrations, models
from storage.backup.databases import Part
from storage.backup.loading import Target
from storage.backup.rows import layout
from storage.db.database import Database
from storage.errors import NotRestored
from storage.migrations.upgrade import alembic_config, upgrade

NAME = "ledger"
OF_BACKUPS = {"backuprun"}
"""What became of backups is no part of them: it changes while one is made."""
USED = ("inbound", "document", "bill", "entry", "movement", "statement")
"""Where any of these has a row, somebody said, sent or booked something."""

assert models.Bill.metadata is SQLModel.metadata  # importing the models fills the metadata


def ledger_part(url: str) -> Part:
    """What a backup reads."""
    tables = [layout(table) for table in SQLModel.metadata.sorted_tables if table.name not in OF_BACKUPS]
    return Part(NAME, url, tables, version)


def ledger_target(url: str) -> Target:
    """What a backup is brought back to, at whichever version it was made; afterwards it is up to date."""
    return Target(NAME, url, ledger_part(url).tables, lambda _: None, _empty, upgrade)


def version(connection: Connection) -> str:
    """The version of the schema."""
    return str(connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one())


def expect_known(wanted: str) -> None:
    """Raises: NotRestored for a version that this program does not know."""
    try:
        ScriptDirectory(str(Path(migrations.__file__).parent)).get_revision(wanted)
    except CommandError:
        raise NotRestored(
            f"The backup is of a newer version of Billify (its tables are of {wanted}): update Billify first, then "
            "restore it again."
        ) from None


def is_used(url: str) -> bool:
    """Whether anything was ever said, sent or booked in the database there."""
    database = Database(url)
    try:
        with database.engine.connect() as connection, connection.begin():
            there = set(inspect(connection).get_table_names())
            if connection.dialect.name == "postgresql" and there.intersection(USED):
                # pages say so also where row-level security hides the rows from us
                pages = "SELECT count(*) FROM pg_class WHERE relname = ANY(:names) AND pg_relation_size(oid) > 0"
                return bool(connection.execute(text(pages), {"names": list(USED)}).scalar())
            return any(
                connection.execute(text(f'SELECT 1 FROM "{name}" LIMIT 1')).first()  # noqa: S608 - names of our own
                for name in USED
                if name in there
            )
    finally:
        database.close()


def _empty(connection: Connection, wanted: str) -> None:
    expect_known(wanted)
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(hashtext('billify migrations'))"))
        there = set(inspect(connection).get_table_names())
        for name in there & {*SQLModel.metadata.tables, "alembic_version"}:
            connection.execute(text(f'DROP TABLE "{name}" CASCADE'))
        connection.execute(text("DROP FUNCTION IF EXISTS refuse_change() CASCADE"))
    command.upgrade(alembic_config(connection), wanted)
