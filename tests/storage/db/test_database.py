"""The database: transactions, several processes at once, migrations."""

from __future__ import annotations

import multiprocessing
import threading
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import create_engine, inspect
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session, SQLModel, col, func, select, update

from storage import audit
from storage.db.database import Database, is_transient
from storage.ledger import accounts
from storage.messages import housekeeping
from storage.migrations.upgrade import alembic_config, migrate
from storage.models import Account, Audit, Entry, Housekeeping, Person, Posting
from storage.people import people
from tests.fakes.books.small_company import NOW, TODAY


def test_the_migrated_schema_is_that_of_the_models(database: Database) -> None:
    with database.transaction() as session:
        context = MigrationContext.configure(session.connection(), opts={"compare_type": True})
        assert compare_metadata(context, SQLModel.metadata) == []


def test_a_schema_can_be_taken_down_and_built_again(database: Database) -> None:
    with database.transaction() as session:
        command.downgrade(alembic_config(session.connection()), "base")
        assert inspect(session.connection()).get_table_names() == ["alembic_version"]
    migrate(database)
    with database.transaction() as session:
        accounts.ensure_chart(session)


def _start(url: str) -> None:
    database = Database(url)
    migrate(database)
    with database.transaction() as session:
        accounts.ensure_chart(session)
        people.ensure_owner(session, "Olga", [("terminal", "owner"), ("mail", "olga@example.com")], NOW)
    database.close()


def test_four_processes_start_at_once_on_an_empty_database(database_url: str) -> None:
    spawn = multiprocessing.get_context("spawn")
    starting = [spawn.Process(target=_start, args=(database_url,)) for _ in range(4)]
    for process in starting:
        process.start()
    for process in starting:
        process.join(60)
    assert [process.exitcode for process in starting] == [0, 0, 0, 0]
    database = Database(database_url)
    with database.reading() as session:
        assert session.exec(select(func.count(col(Person.id)))).one() == 1
        codes = session.exec(select(Account.code)).all()
        assert len(codes) == len(set(codes)) > 5
    database.close()


def test_an_error_undoes_the_whole_transaction(database: Database) -> None:
    with pytest.raises(ZeroDivisionError), database.transaction() as session:
        housekeeping.finish(session, "web", NOW)
        _ = 1 / 0
    with database.reading() as session:
        assert _noted(session) == []


def test_a_reading_session_cannot_write_and_the_next_transaction_can(database: Database) -> None:
    with pytest.raises(DBAPIError), database.reading() as session:
        housekeeping.finish(session, "web", NOW)
    with database.transaction() as session:
        housekeeping.finish(session, "web", NOW)
    with database.reading() as session:
        assert _noted(session) == ["web"]


def test_a_reader_waits_for_no_writer_and_sees_one_state(database: Database) -> None:
    with database.transaction() as writing:
        housekeeping.finish(writing, "web", NOW)
        with database.reading() as session:
            assert _noted(session) == []


def test_threads_that_add_to_the_same_row_lose_nothing(database: Database) -> None:
    with database.transaction() as session:
        housekeeping.finish(session, "counter", NOW)

    def add_ten() -> None:
        for _ in range(10):
            with database.transaction() as session:
                query = select(Housekeeping).where(Housekeeping.name == "counter").with_for_update()
                session.exec(query).one().begun_at += timedelta(seconds=1)

    threads = [threading.Thread(target=add_ten) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with database.reading() as session:
        assert session.exec(select(Housekeeping.begun_at)).one() == NOW + timedelta(seconds=40)


async def test_run_tries_again_when_others_got_in_the_way(database: Database, tmp_path: Path) -> None:
    tried, locked = 0, _locked(tmp_path)

    def work(session: Session, name: str) -> list[str]:
        nonlocal tried
        tried += 1
        housekeeping.finish(session, f"{name}{tried}", NOW)
        if tried < 3:
            raise locked
        return _noted(session)

    assert await database.run(work, "web") == ["web3"]


def _noted(session: Session) -> list[str]:
    return list(session.exec(select(Housekeeping.name).order_by(Housekeeping.name)))


async def test_run_does_not_repeat_what_is_plainly_wrong(database: Database) -> None:
    tried = 0

    def work(session: Session) -> None:
        nonlocal tried
        tried += 1
        session.add(Posting(entry_id=4711, account_id=4711, amount_minor=1, currency="EUR", booked_on=TODAY))

    with pytest.raises(DBAPIError):
        await database.run(work)
    assert tried == 1


def _locked(folder: Path) -> DBAPIError:
    """The very error that SQLite raises when another connection holds the lock for too long."""
    engine = create_engine(f"sqlite:///{folder / 'locked.db'}", connect_args={"timeout": 0})
    with engine.connect() as one, engine.connect() as other:
        one.exec_driver_sql("BEGIN EXCLUSIVE")
        with pytest.raises(DBAPIError) as caught:
            other.exec_driver_sql("BEGIN EXCLUSIVE")
    engine.dispose()
    assert is_transient(caught.value)
    return caught.value


@pytest.mark.parametrize("table", [Entry, Posting, Audit])
def test_what_is_booked_can_be_neither_changed_nor_deleted(database: Database, table: type[SQLModel]) -> None:
    with database.transaction() as session:
        person = people.ensure_owner(session, "Olga", [], NOW)
        entry = Entry(key="k", kind="opening", booked_on=TODAY, recorded_at=NOW, description="d")
        session.add(entry)
        session.flush()
        bank = accounts.account(session, "bank")
        session.add(Posting(entry_id=entry.id, account_id=bank.id, amount_minor=1, currency="EUR", booked_on=TODAY))
        audit.record(session, "tried", person_id=person.id, now=NOW)
    for statement in (update(table).values(id=99), table.__table__.delete()):
        with pytest.raises(DBAPIError, match="only ever added to"), database.transaction() as session:
            session.connection().execute(statement)


def test_times_come_back_in_utc_and_naive_ones_are_refused(database: Database) -> None:
    elsewhere = datetime(2025, 3, 21, 12, 0, tzinfo=timezone(timedelta(hours=5, minutes=30)))
    with database.transaction() as session:
        housekeeping.finish(session, "web", elsewhere)
    with database.reading() as session:
        seen = session.exec(select(Housekeeping.begun_at)).one()
        assert seen == elsewhere and seen.tzinfo is UTC
    with pytest.raises(Exception, match="without a time zone"), database.transaction() as session:
        housekeeping.finish(session, "web", datetime(2025, 3, 21))  # noqa: DTZ001


def test_a_ledger_in_memory_is_refused_with_a_reason() -> None:
    database = Database("sqlite://")
    with pytest.raises(ValueError, match="needs a database in a file"):
        migrate(database)
    database.close()
