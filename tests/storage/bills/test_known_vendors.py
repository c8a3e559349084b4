"""The vendors that a process remembers are those of the books, whoever adds one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import event
from sqlmodel import select

from storage.bills.names import known_vendors
from storage.bills.names.match_keys import match_key
from storage.bills.names.vendor_index import VendorIndex
from storage.bills.vendors import ensure_vendor, find_all, find_vendors
from storage.db.database import Database
from storage.models import Vendor

NAMES = st.lists(
    st.sampled_from(["Acme GmbH", "Acme Tools Ltd", "Müller-Bau KG", "R+V", "S. A. P.", "Acme-Bau", "X Y Z Co"]),
    max_size=7,
)


def known(database: Database) -> dict[str, str]:
    with database.reading() as session:
        return dict(known_vendors.known(session).index.by_key)


def test_what_another_process_adds_is_known_with_the_next_question(database: Database) -> None:
    other = Database(database.url)
    assert known(database) == {}
    for name in ("Acme GmbH", "Globex AG"):
        with other.transaction() as session:
            ensure_vendor(session, name)
        assert name in known(database).values()
    with database.reading() as session:
        assert [one.name for one in find_vendors(session, "globx")] == ["Globex AG"]
    other.close()


def test_what_is_taken_back_was_never_known_and_what_is_added_is_known_at_once(database: Database) -> None:
    with pytest.raises(ZeroDivisionError), database.transaction() as session:
        ensure_vendor(session, "Acme GmbH")
        assert [one.name for one in find_all(session, "acme")] == ["Acme GmbH"]
        raise ZeroDivisionError
    assert known(database) == {}


def test_many_new_ones_at_once_and_a_chain_that_began_anew_are_read_from_the_table(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(known_vendors, "MOST_LINKS", 3)
    known(database)
    for n in range(5):
        with database.transaction() as session:
            ensure_vendor(session, f"Vendor {n}")
    assert len(known(database)) == 5


def test_asking_again_reads_no_vendors(database: Database) -> None:
    with database.transaction() as session:
        for n in range(20):
            ensure_vendor(session, f"Vendor {n}")
    known(database)
    said: list[str] = []
    event.listen(database.engine, "before_cursor_execute", lambda *args: said.append(args[2]))
    known(database)
    assert not [statement for statement in said if "FROM vendor" in statement]
    with database.reading() as session:
        assert len(session.exec(select(Vendor)).all()) == 20


@given(first=NAMES, more=NAMES)
def test_an_index_with_more_is_the_index_of_all(first: list[str], more: list[str]) -> None:
    begun = {match_key(name): name for name in first}
    added = {match_key(name): name for name in more}
    one, whole = VendorIndex(begun).with_more(added), VendorIndex({**added, **begun})
    assert (one.by_key, one.words) == (whole.by_key, whole.words)
    for mine, theirs in ((one.by_form, whole.by_form), (one.by_plain, whole.by_plain)):
        assert {word: set(found) for word, found in mine.items()} == {
            word: set(found) for word, found in theirs.items()
        }
