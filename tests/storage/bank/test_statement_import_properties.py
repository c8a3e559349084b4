"""However a bank cuts an account's movements into files, and however often they are sent, each is there once."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import Session, delete, select

from storage.bank.statements import Imported, MovementDraft, StatementDraft, import_statement
from storage.db.database import Database
from storage.ledger import accounts
from storage.ledger.money import Money
from storage.models import Movement, Statement
from tests.fakes.books.small_company import NOW, owner

FIRST = date(2025, 3, 1)


def draft(movements: Sequence[MovementDraft], file: int, format_: str = "camt.053.001.08") -> StatementDraft:
    """A statement of these movements, from a file of its own."""
    return StatementDraft(format_, f"{file:064x}", 0, "EUR", tuple(movements))


def take(session: Session, person: int, each: StatementDraft) -> Imported:
    bank = accounts.account(session, "bank")
    return import_statement(session, bank.id, each, person_id=person, now=NOW)


def what_is_there(session: Session) -> Counter[tuple[date, int]]:
    return Counter((each.booked_on, each.amount_minor) for each in session.exec(select(Movement)).all())


@pytest.fixture
def ledger(blank_sqlite: Path, tmp_path: Path) -> tuple[Database, int]:
    database = Database(f"sqlite:///{shutil.copy(blank_sqlite, tmp_path)}")
    return database, owner(database)


moves = st.builds(
    MovementDraft,
    st.integers(0, 5).map(lambda days: FIRST + timedelta(days)),
    st.sampled_from([-500, -250, 1000]).map(lambda minor: Money(minor, "EUR")),
    st.sampled_from(["Kaffee", "Miete"]),
)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(moves, max_size=12),
    st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5)), max_size=6),
    st.sampled_from(["camt.053.001.08", "MT940", "CSV"]),
)
def test_files_that_overlap_by_days_add_each_movement_once(ledger, movements, periods, format_):
    database, person = ledger
    ordered = sorted(movements, key=lambda each: each.booked_on)
    files = [[m for m in ordered if a <= (m.booked_on - FIRST).days <= b] for a, b in periods]
    with database.transaction() as session:
        session.exec(delete(Movement))
        session.exec(delete(Statement))
        for n, each in enumerate(files):
            take(session, person, draft(each, n, "camt.053.001.08" if n % 2 else format_))
        expected = {m.booked_on for each in files for m in each}
        there = what_is_there(session)
        assert there == Counter((m.booked_on, m.amount.minor) for m in ordered if m.booked_on in expected)


def test_the_very_same_file_is_known_as_a_whole(ledger):
    database, person = ledger
    coffee = MovementDraft(FIRST, Money(-500, "EUR"), "Kaffee")
    with database.transaction() as session:
        first = take(session, person, draft([coffee, coffee], 1))
        again = take(session, person, draft([coffee, coffee], 1))
    assert len(first.new) == 2, "two coffees on one day are two"
    assert (again.new, again.known) == ([], 2)


def test_a_file_that_was_cut_within_a_day_is_completed_by_the_next(ledger):
    database, person = ledger
    coffee, rent = (
        MovementDraft(FIRST, Money(-500, "EUR"), "Kaffee"),
        MovementDraft(FIRST, Money(-500, "EUR"), "Miete"),
    )
    with database.transaction() as session:
        take(session, person, draft([coffee], 1, "camt.052.001.08"))
        later = take(session, person, draft([coffee, rent, coffee], 2))
    assert [each.text for each in later.new] == ["Miete", "Kaffee"]


def test_the_banks_own_reference_tells_movements_apart(ledger):
    database, person = ledger
    one, other = (
        MovementDraft(FIRST, Money(-500, "EUR"), "Kaffee", bank_reference=reference) for reference in ("A1", "A2")
    )
    renamed = MovementDraft(FIRST, Money(-500, "EUR"), "Kaffee, Filiale 7", bank_reference="A1")
    with database.transaction() as session:
        assert len(take(session, person, draft([one, other], 1)).new) == 2
        assert take(session, person, draft([renamed], 2)).new == []


def test_another_format_words_the_same_movement_differently(ledger):
    database, person = ledger
    booked = MovementDraft(FIRST, Money(-500, "EUR"), "SVWZ+Kaffee", counterparty="Bar")
    with database.transaction() as session:
        take(session, person, draft([booked], 1, "MT940"))
        assert take(session, person, draft([MovementDraft(FIRST, Money(-500, "EUR"), "Kaffee")], 2, "CSV")).new == []


def test_a_gap_between_statements_is_told(ledger):
    database, person = ledger

    def balanced(file: int, day: int, opening: int, closing: int) -> StatementDraft:
        on = FIRST + timedelta(day)
        return StatementDraft(
            "MT940", f"{file:064x}", 0, "EUR", (), since=on, until=on,
            opening=Money(opening, "EUR"), closing=Money(closing, "EUR"),
        )  # fmt: skip

    with database.transaction() as session:
        assert take(session, person, balanced(1, 0, 0, 100)).gap is None
        assert take(session, person, balanced(2, 1, 100, 150)).gap is None
        assert take(session, person, balanced(3, 5, 170, 180)).gap == Money(150, "EUR")
