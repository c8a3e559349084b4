"""The audit is held by its chain: whatever is changed, removed, moved or put in behind our back is found."""

from __future__ import annotations

import shutil
import sqlite3
import threading
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlmodel import SQLModel, col, select

from storage import audit
from storage.db.database import Database
from storage.messages import idempotency
from storage.messages.own_keys import Speaker
from storage.migrations.upgrade import alembic_config, migrate
from storage.models import Audit, AuditLink, Entry, Posting, Preference
from storage.people import company, people, preferences
from storage.trail.chain import OnlyAddedTo, head
from storage.trail.verification import Anchor, Verified, verify
from storage.trail.watched import ELSEWHERE, WATCHED
from tests.fakes.books.small_company import NOW, owner

STEPS = 12


def test_each_table_is_watched_or_it_is_said_why_not() -> None:
    watched = {str(table.__tablename__) for table in WATCHED}
    assert not watched & ELSEWHERE.keys()
    assert watched | ELSEWHERE.keys() == set(SQLModel.metadata.tables)
    for table, how in WATCHED.items():
        assert not how.silent - set(SQLModel.metadata.tables[str(table.__tablename__)].columns.keys()), table
        secret = {one for one in table.model_fields if one.startswith(("code_", "token", "sealed", "tag"))}
        assert secret <= how.silent, table


def test_a_change_stands_with_its_step_old_and_new(database: Database, anna: int) -> None:
    with database.transaction() as session:
        preferences.change(session, anna, NOW, language="de", muted=True)
    with database.transaction() as session:
        preferences.change(session, anna, NOW, language="en")
    with database.reading() as session:
        assert head(session).changes == {f"preference:{anna}": {"language": ["de", "en"]}}


def test_what_no_step_was_recorded_for_stands_too_with_its_message(database: Database, anna: int) -> None:
    key, place = "mail:<1@example.com>", {"channel": "mail", "conversation": "anna@example.com"}
    with database.transaction() as session:
        idempotency.served(session, key, Speaker("mail", "anna@example.com", "anna@example.com"))
        preferences.choose(session, anna, language="de")
        idempotency.record_served(session, key=key, person_id=anna, replies="[]", now=NOW, **place)
    with database.reading() as session:
        link = head(session)
        assert (link.audit_id, link.person_id, link.channel, link.message_key) == (None, anna, "mail", key)
        assert link.changes[f"preference:{anna}"]["language"] == [None, "de"]
        assert verify(session).fault == ""


def test_what_a_savepoint_took_back_was_never_changed(database: Database, anna: int) -> None:
    with database.transaction() as session:
        with pytest.raises(ZeroDivisionError), session.begin_nested():
            preferences.change(session, anna, NOW, language="de")
            _ = 1 / 0
        company.allow_own_approval(session, True, person_id=anna, now=NOW)
    with database.reading() as session:
        link = head(session)
        assert link.changes["company:1"]["approve_own"][1] is True and set(link.changes) == {"company:1"}
        assert session.get(Preference, anna) is None
        assert verify(session).fault == ""


def test_a_transaction_that_fails_leaves_no_link(database: Database, anna: int) -> None:
    with database.reading() as session:
        before = head(session).position
    with pytest.raises(ZeroDivisionError), database.transaction() as session:
        preferences.change(session, anna, NOW, language="de")
        _ = 1 / 0
    with database.reading() as session:
        assert head(session).position == before


@pytest.mark.parametrize("table", [Audit, AuditLink, Entry, Posting])
def test_nothing_of_it_can_be_changed_or_removed_by_a_slip_of_ours(
    database: Database, who: dict[str, Any], table: type[SQLModel]
) -> None:
    with database.transaction() as session:
        audit.record(session, "tried", **who)
    column = "key" if table is Entry else "currency" if table is Posting else "message_key"
    with database.reading() as session:
        row = session.exec(select(table).limit(1)).first()
    if row is None:
        pytest.skip("nothing is booked in an empty company")
    with pytest.raises(OnlyAddedTo), database.transaction() as session:
        setattr(session.merge(row), column, "x")
    with pytest.raises(OnlyAddedTo), database.transaction() as session:
        session.delete(session.merge(row))


def test_many_write_at_once_and_the_chain_is_one(database: Database, anna: int) -> None:
    def write(name: str) -> None:
        for n in range(6):
            with database.transaction() as session:
                audit.record(session, f"{name}{n}", person_id=anna, now=NOW + timedelta(seconds=n))
                people.find_by_id(session, anna)
                audit.record(session, f"{name}{n} again", person_id=anna, now=NOW)

    threads = [threading.Thread(target=write, args=(name,)) for name in "abcdef"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with database.reading() as session:
        found = verify(session)
        links = session.exec(select(AuditLink).order_by(col(AuditLink.position))).all()
        assert found.fault == "" and [link.position for link in links] == list(range(1, len(links) + 1))
        steps = session.exec(select(Audit.id)).all()
        assert {link.audit_id for link in links if link.audit_id} == set(steps) and len(steps) >= 72


@pytest.fixture(scope="module")
def kept(blank_sqlite: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A ledger in which some steps were taken, without the triggers that keep it: whoever owns the file can do that."""
    file = Path(shutil.copy(blank_sqlite, tmp_path_factory.mktemp("kept")))
    database = Database(f"sqlite:///{file}")
    anna = owner(database)
    for n in range(STEPS):
        with database.transaction() as session:
            preferences.change(session, anna, NOW + timedelta(minutes=n), digest_hour=n)
    database.close()
    with sqlite3.connect(file) as connection:
        for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            connection.execute(f"DROP TRIGGER {name}")
    connection.close()
    return file


def _change(connection: sqlite3.Connection, one: int, _: int) -> None:
    connection.execute("UPDATE audit SET person_id = NULL WHERE id = ?", (one,))


def _change_details(connection: sqlite3.Connection, one: int, _: int) -> None:
    connection.execute('UPDATE audit SET details = \'{"chosen": {"digest_hour": 23}}\' WHERE id = ?', (one,))


def _change_old_and_new(connection: sqlite3.Connection, one: int, _: int) -> None:
    connection.execute("UPDATE auditlink SET changes = '{}' WHERE audit_id = ?", (one,))


def _blot_out(connection: sqlite3.Connection, one: int, _: int) -> None:
    connection.execute("UPDATE audit SET details = '{\"erased\": true}' WHERE id = ?", (one,))


def _remove_step(connection: sqlite3.Connection, one: int, _: int) -> None:
    connection.execute("DELETE FROM audit WHERE id = ?", (one,))


def _remove_link(connection: sqlite3.Connection, one: int, _: int) -> None:
    connection.execute("DELETE FROM auditlink WHERE audit_id = ?", (one,))


def _remove_both(connection: sqlite3.Connection, one: int, other: int) -> None:
    _remove_link(connection, one, other)
    _remove_step(connection, one, other)


def _swap(connection: sqlite3.Connection, one: int, other: int) -> None:
    for was, becomes in ((one, -1), (other, one), (-1, other)):
        connection.execute("UPDATE audit SET id = ? WHERE id = ?", (becomes, was))


def _put_in(connection: sqlite3.Connection, one: int, _: int) -> None:
    columns = "company_id, at, person_id, action, bill_id, details, message_key"
    connection.execute(f"INSERT INTO audit ({columns}) SELECT {columns} FROM audit WHERE id = ?", (one,))


TAMPERED: dict[Callable[[sqlite3.Connection, int, int], None], str] = {
    _change: "was changed",
    _change_details: "was changed: the details",
    _change_old_and_new: "was changed: its old and new values",
    _blot_out: "was changed: it was blotted out",
    _remove_step: "was removed: its step",
    _remove_link: "removed",
    _remove_both: "removed",
    _swap: "was moved: it says what row",
    _put_in: "put in past Billify",
}


@settings(max_examples=24)
@given(st.sampled_from(list(TAMPERED)), st.data())
def test_whatever_is_tampered_with_is_found(
    kept: Path, tmp_path_factory: pytest.TempPathFactory, tamper: Any, data: st.DataObject
) -> None:
    file = Path(shutil.copy(kept, tmp_path_factory.mktemp("tampered")))
    whole = _verify(file)
    assert whole.fault == "" and whole.links >= STEPS
    with sqlite3.connect(file) as connection:
        query = "SELECT audit.id, position FROM audit JOIN auditlink ON audit_id = audit.id WHERE action = 'chose'"
        steps = connection.execute(query).fetchall()
        one = data.draw(st.sampled_from(steps))
        other = data.draw(st.sampled_from([step for step in steps if step != one]))
        tamper(connection, one[0], other[0])
    connection.close()
    found = _verify(file, Anchor(whole.links, whole.hash))
    assert TAMPERED[tamper] in found.fault, found
    if tamper not in (_put_in, _swap):
        first = one[1]
        assert found.links == first - 1 and (str(first) in found.fault or first == whole.links), found


def test_what_is_cut_off_at_the_end_is_missed_by_whoever_noted_where_it_ended(kept: Path, tmp_path: Path) -> None:
    file = Path(shutil.copy(kept, tmp_path))
    whole = _verify(file)
    with sqlite3.connect(file) as connection:
        last = "(SELECT max(audit_id) FROM auditlink)"
        connection.execute(f"DELETE FROM audit WHERE id = {last}")
        connection.execute(f"DELETE FROM auditlink WHERE audit_id = {last}")
    connection.close()
    assert _verify(file).fault == "", "the chain alone cannot know"
    found = _verify(file, Anchor(whole.links, whole.hash))
    assert found.fault == f"The last rows of the audit were removed: it had {whole.links}, and has {whole.links - 1}."


def test_what_was_written_anew_from_some_row_on_is_found(kept: Path, tmp_path: Path) -> None:
    file = Path(shutil.copy(kept, tmp_path))
    whole = _verify(file)
    assert "written anew" in _verify(file, Anchor(whole.links, "0" * 64)).fault


def _verify(file: Path, *anchors: Anchor) -> Verified:
    database = Database(f"sqlite:///{file}")
    with database.reading() as session:
        found = verify(session, *anchors)
    database.close()
    return found


def test_steps_from_before_the_chain_are_chained(database: Database, anna: int) -> None:
    with database.transaction() as session:
        for n in range(3):
            audit.record(session, f"did {n}", person_id=anna, now=NOW, details={"n": n, "title": "Müller & Söhne"})
    with database.transaction() as session:
        command.downgrade(alembic_config(session.connection()), "0021")
        steps = session.connection().exec_driver_sql("SELECT count(*) FROM audit").scalar_one()
    migrate(database)
    with database.transaction() as session:
        found = verify(session)
        assert found.fault == "" and found.links == steps
        audit.record(session, "went on", person_id=anna, now=NOW)
    with database.reading() as session:
        assert verify(session).fault == "" and head(session).position == steps + 1
