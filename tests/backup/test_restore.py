"""Bringing a backup back: what it refuses and says, and what it copes with."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from pathlib import Path

import pytest
from alembic.script import ScriptDirectory
from pydantic import SecretStr
from sqlalchemy import inspect, text
from sqlmodel import select

from bot.application import backups
from bot.application.app import open_app
from bot.application.home import UNFINISHED, being_restored
from bot.console import backup as console
from bot.console.audit import verify as verify_audit
from bot.console.keys import rotate
from config.settings import Settings
from handlers.errors import BillifyError
from storage.backup import ledger
from storage.backup.databases import Part
from storage.backup.ledger import ledger_part, ledger_target
from storage.backup.making import make
from storage.backup.repository import Repository
from storage.backup.restoring import bring_back
from storage.blobs.folder import Folder
from storage.db.database import Database
from storage.db.tenancy import acting_for
from storage.documents.document_store import DocumentStore
from storage.errors import BackupDamaged, BadKey, NoBackup, NotRestored
from storage.migrations import upgrade
from storage.models import Bill, Company
from storage.sealing.key_ring import KeyRing
from tests.fakes.books import small_company
from tests.fakes.databases.postgres import PostgresServer
from tests.fakes.kept import kept_books
from tests.fakes.kept.kept_ledger import BACKUP_KEY, NOW, Kept
from tests.fakes.servers.s3_server import s3_server


@pytest.fixture
async def old(tmp_path: Path) -> Settings:
    """An installation of which there is a backup; its key is in its home folder."""
    found = kept_books.settings(tmp_path / "old", tmp_path / "backups", backup_key=SecretStr(""))
    async with open_app(found, "test") as app:
        await kept_books.fill(app)
    await console.back_up(found, "", anew=False)
    return found


def _new(old: Settings, name: str = "new", **more: object) -> Settings:
    key = (old.home / "backup.key").read_text().strip()
    return kept_books.settings(old.home.parent / name, old.backup_url, backup_key=SecretStr(key), **more)


def _bills(settings: Settings) -> list[str]:
    database = Database(settings.ledger_url)
    with database.reading() as session:
        found = sorted(bill.number or "" for bill in session.exec(select(Bill)))
    database.close()
    return found


async def test_books_that_are_there_are_lost_only_when_told(old: Settings) -> None:
    new = _new(old)
    async with open_app(new, "test") as app:
        with app.database.transaction() as session:
            small_company.invoice(session, app.owner_id, number="of the new one")
    before = (new.home / "document.key").read_bytes()
    with pytest.raises(BillifyError, match="--replace"):
        await console.restore(new, None, "", replace=False)
    assert _bills(new) == ["of the new one"]

    await console.restore(new, None, "", replace=True)

    assert _bills(new) == ["2025-0", "2025-1", "2025-2"]
    (aside,) = new.home.glob("document.key.before-*")
    assert aside.read_bytes() == before, "what was there is put aside, in case somebody misses it"
    assert (new.home / "document.key").read_bytes() == (old.home / "document.key").read_bytes()


async def test_it_waits_for_nobody_who_runs(old: Settings) -> None:
    new = _new(old)
    async with kept_books.serving(new):
        await asyncio.sleep(0.1)
        with pytest.raises(BillifyError, match=r"Billify runs here \(worker.1\). Stop it first"):
            await console.restore(new, None, "", replace=True)


async def test_without_the_key_it_says_where_to_find_it(old: Settings) -> None:
    new = kept_books.settings(old.home.parent / "new", old.backup_url, backup_key=SecretStr(""))
    with pytest.raises(NoBackup, match="billify backup --key"):
        await console.restore(new, None, "", replace=False)
    with pytest.raises(BackupDamaged, match="BILLIFY_BACKUP_KEY"):
        await console.restore(
            _new(old).model_copy(update={"backup_key": SecretStr("ab" * 32)}), None, "", replace=False
        )
    with pytest.raises(BadKey):
        await console.verify(_new(old).model_copy(update={"backup_key": SecretStr("short")}), None, "", here=False)
    with pytest.raises(NoBackup, match="--list"):
        await console.verify(_new(old), "20250101-000000-abcd", "", here=False)


async def test_a_configured_key_that_opens_nothing_is_refused(old: Settings) -> None:
    new = _new(old, document_key=SecretStr("cd" * 32))
    with pytest.raises(NotRestored, match="BILLIFY_DOCUMENT_KEY is not the key"):
        await console.restore(new, None, "", replace=False)


async def test_a_backup_of_before_a_rotation_of_keys_is_opened_after_it(old: Settings) -> None:
    await rotate(old)
    async with open_app(old, "test") as app:
        kept = {sha256: app.documents.fetch(sha256) for sha256 in app.documents.names()}

    await console.restore(old, None, "", replace=True)

    async with open_app(old, "test") as app:
        assert {sha256: app.documents.fetch(sha256) for sha256 in app.documents.names()} == kept


async def test_a_restore_that_broke_off_is_not_taken_for_books(old: Settings) -> None:
    new = _new(old)
    with pytest.raises(RuntimeError), being_restored(new.home):
        raise RuntimeError("the power failed")
    with pytest.raises(BillifyError, match="broken off"):
        async with open_app(new, "test"):
            pass

    await console.restore(new, None, "", replace=True)

    assert not (new.home / UNFINISHED).exists()


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
async def test_a_damaged_backup_leaves_the_database_as_it_was(
    request: pytest.FixtureRequest, old: Settings, kind: str
) -> None:
    url = "" if kind == "sqlite" else request.getfixturevalue("postgres").database_of_nobody_special()
    new = _new(old)
    new = new.model_copy(update={"database_url": SecretStr(url)})
    async with open_app(new, "test") as app:
        with app.database.transaction() as session:
            small_company.invoice(session, app.owner_id, number="still here")
    piece = next(Path(old.backup_url).glob("backups/*/ledger.vendor.0"))
    piece.write_bytes(piece.read_bytes()[:-1])
    with pytest.raises(BackupDamaged, match="cut off"):
        await console.restore(new, None, "", replace=True)
    (new.home / UNFINISHED).unlink()
    assert _bills(new) == ["still here"]
    assert not list(new.home.glob("*.restored"))


def test_a_backup_of_a_newer_version_is_refused() -> None:
    with pytest.raises(NotRestored, match="update Billify first"):
        ledger.expect_known("9999")
    ledger.expect_known("0026")


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_a_backup_of_an_older_version_is_brought_up_to_date(
    request: pytest.FixtureRequest, kept: Kept, tmp_path: Path, kind: str
) -> None:
    """Its tables are made as they were then, filled, and migrated."""
    with kept.database.engine.begin() as connection:
        upgrade.command.downgrade(upgrade.alembic_config(connection), "0026")
    made = make(kept.repository, [_as_it_is(kept)], kept.documents, lambda: b"{}", now=NOW, program="0")
    assert made.part("ledger").version == "0026"
    postgres: PostgresServer | None = request.getfixturevalue("postgres") if kind == "postgresql" else None
    url = postgres.database_of_nobody_special() if postgres else f"sqlite:///{tmp_path / 'new.db'}"

    bring_back(kept.repository, made, [ledger_target(url)], DocumentStore(tmp_path / "d", bytes(32)))

    database = Database(url)
    with database.reading() as session:
        assert len(session.exec(select(Bill)).all()) == 2
        assert ledger.version(session.connection()) == _head(database)
    database.close()


def _as_it_is(kept: Kept) -> Part:
    """The ledger with the tables and columns that it has, as the program of then knew it."""
    look, tables = inspect(kept.database.engine), []
    for table in kept.part.tables:
        if look.has_table(table.name):
            there = {column["name"] for column in look.get_columns(table.name)}
            tables.append(replace(table, columns=tuple(each for each in table.columns if each[0] in there)))
    return replace(kept.part, tables=tables)


def _head(database: Database) -> str:
    with database.engine.connect() as connection:
        head = ScriptDirectory.from_config(upgrade.alembic_config(connection)).get_current_head()
    assert head is not None
    return head


@pytest.mark.parametrize("there", ["sqlite", "postgresql"])
def test_several_companies_stay_apart(postgres: PostgresServer, tmp_path: Path, there: str) -> None:
    """Row-level security hides a company's rows from all others, also from who makes the backup."""
    here = Database(postgres.database_of_nobody_special())
    upgrade.migrate(here)
    with acting_for(None), here.transaction() as session:
        session.add_all([Company(id=1, name="First"), Company(id=2, name="Second")])
    for company in (1, 2):
        with acting_for(company), here.transaction() as session:
            owner = small_company.people.ensure_owner(session, f"Olga {company}", [("terminal", f"o{company}")], NOW)
            for number in range(company):
                small_company.invoice(session, owner.id, number=f"{company}-{number}")
    repository = Repository(Folder(tmp_path / "backups"), KeyRing([BACKUP_KEY]))
    documents = DocumentStore(tmp_path / "documents", bytes(32))
    made = make(repository, [ledger_part(here.url)], documents, lambda: b"{}", now=NOW, program="1")
    url = postgres.database_of_nobody_special() if there == "postgresql" else f"sqlite:///{tmp_path / 'new.db'}"

    bring_back(repository, made, [ledger_target(url)], documents)

    new = Database(url)
    for company in (1, 2):
        with acting_for(company), new.reading() as session:
            numbers = sorted(bill.number or "" for bill in session.exec(select(Bill)))
            assert numbers == [f"{company}-{number}" for number in range(company)]
    if there == "postgresql":
        with new.engine.connect() as connection:
            assert connection.execute(text("SELECT count(*) FROM bill")).scalar() == 0, "security is on again"
    here.close()
    new.close()


async def test_backups_and_documents_in_an_object_store(tmp_path: Path) -> None:
    """No folder is shared: another machine has nothing but the settings."""
    with s3_server() as server:
        home = kept_books.settings(
            tmp_path / "old", server.address("backups"), documents_url=server.address("documents")
        )
        async with open_app(home, "test") as app:
            await kept_books.fill(app)
            names = app.documents.names()
            await backups.back_up(home, app.database, app.documents)
        assert len(names) == 3 and not (home.home / "documents").exists()
        other = kept_books.settings(
            tmp_path / "new", server.address("backups"), documents_url=server.address("elsewhere")
        )

        await console.restore(other, None, "", replace=False)

        await console.verify(other, None, "", here=False)
        async with open_app(other, "test") as app:
            assert app.documents.names() == names
            assert app.documents.fetch(min(names)).startswith(b"invoice")
        await verify_audit(other)
