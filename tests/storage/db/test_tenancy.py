"""Two companies in one database, each blind to the other, whichever way it is asked."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import func, text, update
from sqlalchemy.orm import aliased
from sqlmodel import SQLModel, col, delete, exists, select

from storage.db.database import Database
from storage.db.tenancy import NoCompany, acting_for, company_of
from storage.ledger import accounts
from storage.migrations.upgrade import migrate
from storage.models import (
    Account,
    Alarm,
    Audit,
    Bill,
    Conversation,
    ExchangeRate,
    Housekeeping,
    Identity,
    Person,
    Vendor,
)
from storage.people import companies, company, people
from tests.fakes.books.small_company import NOW
from tests.fakes.databases.postgres import PostgresServer

OURS, THEIRS = 1, 2


def _furnish(database: Database, company_id: int, owner: str) -> None:
    """An owner and a vendor of the same name in either company, on the same chat."""
    with acting_for(company_id), database.transaction() as session:
        accounts.ensure_chart(session)
        people.ensure_owner(session, owner, [("telegram", "77")], NOW)
        session.add(Vendor(name="Acme GmbH", match_key="acme"))
        session.add(Conversation(channel="telegram", conversation="77"))


@pytest.fixture
def two(database: Database) -> Database:
    """A database with two companies."""
    with database.transaction() as session:
        company.ensure_company(session, "Lindenhof")
    with acting_for(None), database.transaction() as session:
        assert companies.found(session, "Mühle") == THEIRS
    _furnish(database, OURS, "Anna")
    _furnish(database, THEIRS, "Bruno")
    return database


def test_every_table_is_of_a_company_or_of_the_installation(two: Database) -> None:
    shared = {
        "company", "housekeeping", "exchangerate", "channelaccount", "channelfault", "mailboxfolder", "oauthaccount",
        "slackinstallation", "slackinstallstate", "chosencompany", "channelbinding", "albumpart",
        "codeattempt", "spentchallenge", "backuprun", "schemarelease",
    }  # fmt: skip
    of_none = {table.name for table in SQLModel.metadata.tables.values() if "company_id" not in table.columns}
    assert of_none == shared


def test_whatever_is_asked_answers_for_one_company(two: Database) -> None:
    other = aliased(Person)
    questions: dict[str, Any] = {
        "rows": select(Person.name),
        "alias": select(other.name),
        "join": select(Person.name).join(Identity, col(Identity.person_id) == col(Person.id)),
        "subquery": select(Person.name).where(exists().where(Vendor.name == "Acme GmbH")),
        "in": select(Person.name).where(col(Person.id).in_(select(Identity.person_id))),
    }
    for company_id, owner in ((OURS, "Anna"), (THEIRS, "Bruno")):
        with acting_for(company_id), two.reading() as session:
            for way, question in questions.items():
                assert session.exec(question).all() == [owner], way
            for count in (func.count(), func.count(col(Person.id))):
                assert session.exec(select(count).select_from(Person)).one() == 1
            assert session.exec(select(func.max(Person.id))).one() == company_id
            assert session.exec(select(func.count()).select_from(select(Vendor.id).subquery())).one() == 1
            twice = select(Person.name).union_all(select(Person.name))
            assert session.execute(twice).scalars().all() == [owner, owner]


def test_a_row_of_another_company_is_not_there(two: Database) -> None:
    with acting_for(THEIRS), two.transaction() as session:
        assert session.get(Person, OURS) is None
        assert session.exec(select(Vendor).where(Vendor.id == OURS)).first() is None
        session.exec(update(Vendor).values(name="taken over"))  # type: ignore[call-overload]
        session.exec(delete(Conversation))
    with acting_for(OURS), two.reading() as session:
        assert session.exec(select(Vendor.name)).all() == ["Acme GmbH"]
        assert len(session.exec(select(Conversation)).all()) == 1


def test_nothing_is_written_into_another_company(two: Database) -> None:
    with acting_for(OURS), pytest.raises(NoCompany), two.transaction() as session:
        session.add(Vendor(name="Theirs", match_key="theirs", company_id=THEIRS))
        session.flush()
    with acting_for(OURS), pytest.raises(NoCompany), two.transaction() as session:
        session.exec(select(Vendor)).one().company_id = THEIRS
        session.flush()


def test_where_there_are_several_it_is_said_for_which(two: Database) -> None:
    with pytest.raises(NoCompany), two.reading() as session:
        session.exec(select(Bill)).all()
    with pytest.raises(NoCompany), two.reading() as session:
        company_of(session)
    with two.reading() as session:  # what is nobody's needs no company
        assert session.exec(select(Housekeeping)).all() == session.exec(select(ExchangeRate)).all() == []


def test_the_installation_finds_out_whose_an_address_is_and_sees_no_more(two: Database) -> None:
    with acting_for(None), two.transaction() as session:
        assert sorted(session.exec(select(Identity.company_id)).all()) == [OURS, THEIRS]
        for table in (Person, Bill, Account, Audit):
            with pytest.raises(NoCompany):
                session.exec(select(table)).all()
        hidden = select(Identity.id).where(col(Identity.person_id).in_(select(Person.id)))
        assert session.exec(hidden).all() == []
        with pytest.raises(NoCompany):
            session.exec(delete(Identity))


def test_an_installation_of_one_company_need_not_say_so(database: Database) -> None:
    with database.transaction() as session:
        assert company_of(session) == OURS
        session.add(Vendor(name="Acme", match_key="acme"))
    with acting_for(OURS), database.reading() as session:
        assert session.exec(select(Vendor.company_id)).one() == OURS


class TestRowLevelSecurity:
    """PostgreSQL keeps them apart even where the program would not."""

    @pytest.fixture
    def plain(self, postgres: PostgresServer) -> Iterator[Database]:
        """Two companies in a database whose owner is no superuser."""
        database = Database(postgres.database_of_nobody_special())
        migrate(database)
        with database.transaction() as session:
            company.ensure_company(session, "Lindenhof")
        with acting_for(None), database.transaction() as session:
            companies.found(session, "Mühle")
        _furnish(database, OURS, "Anna")
        _furnish(database, THEIRS, "Bruno")
        yield database
        database.close()

    def test_plain_sql_sees_one_company(self, plain: Database) -> None:
        of_company = [table for table in SQLModel.metadata.tables.values() if "company_id" in table.columns]
        with acting_for(THEIRS), plain.reading() as session:
            company_of(session)
            for table in of_company:
                seen = session.connection().execute(text(f"SELECT DISTINCT company_id FROM {table.name}")).scalars()
                assert set(seen) <= {THEIRS}, table.name
            assert session.connection().execute(text("SELECT name FROM person")).scalars().all() == ["Bruno"]
        with acting_for(None), plain.reading() as session:
            session.exec(select(Identity)).all()
            assert session.connection().execute(text("SELECT count(*) FROM person")).scalar_one() == 0
            assert session.connection().execute(text("SELECT count(*) FROM identity")).scalar_one() == 2

    def test_plain_sql_writes_into_one_company(self, plain: Database) -> None:
        with acting_for(THEIRS), pytest.raises(Exception, match="row-level security"), plain.transaction() as session:
            company_of(session)
            session.connection().execute(
                text("INSERT INTO vendor (company_id, name, match_key) VALUES (1, 'Ours', 'ours')")
            )

    def test_who_says_no_company_sees_nothing(self, plain: Database) -> None:
        with plain.engine.connect() as connection:
            assert connection.execute(text("SELECT count(*) FROM vendor")).scalar_one() == 0

    def test_the_installation_sees_whose_something_waits_and_changes_nothing_there(self, plain: Database) -> None:
        for each in (OURS, THEIRS):
            with acting_for(each), plain.transaction() as session:
                person = session.exec(select(Person.id)).one()
                session.add(Alarm(key=f"{each}", person_id=person, at=NOW, channel="telegram", conversation="77"))
        with acting_for(None), plain.transaction() as session:
            assert sorted(session.exec(select(Alarm.company_id)).all()) == [OURS, THEIRS]
            assert session.connection().execute(text("DELETE FROM alarm")).rowcount == 0
            assert session.connection().execute(text("UPDATE alarm SET text = 'x'")).rowcount == 0
