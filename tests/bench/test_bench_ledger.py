"""The benchmark of the ledger fills one whose books hold, and prints what it measured."""

from __future__ import annotations

import pytest
from sqlmodel import func, select
from typer.testing import CliRunner

from bot.bench.books.filling import begin, grow
from bot.commands.command_line import app
from storage.bills import setting_aside
from storage.db.database import Database
from storage.ledger import accounts, booking
from storage.ledger.double_entry import PAYABLE
from storage.migrations.upgrade import migrate
from storage.models import Bill, Posting, Turnover
from tests.fakes.books.small_company import owner


def test_what_it_fills_in_are_books_that_hold_and_can_go_on(database: Database) -> None:
    person = owner(database)
    with database.transaction() as session:
        begin(session, person)
        for seed in (1, 2):
            grow(session, 30, person, seed)
    with database.transaction() as session:
        found = session.exec(select(Bill)).all()
        assert len(found) == 60 and any(bill.open_minor for bill in found)
        for bill in found:
            assert bill.open_minor == -booking.balance_of_bill(session, bill.id, PAYABLE)
        assert all(sums.debit == sums.credit for sums in accounts.trial_balance(session).values())
        turned = session.exec(select(func.sum(Turnover.debit_minor + Turnover.credit_minor))).one()
        assert turned == session.exec(select(func.sum(func.abs(Posting.amount_minor)))).one()
        setting_aside.void(
            session, next(bill.id for bill in found if bill.open_minor), person_id=person, now=found[0].created_at
        )


def test_it_prints_each_question_beside_its_limit() -> None:
    done = CliRunner().invoke(app, ["bench", "ledger", "--postings", "1000"])
    assert done.exit_code == 0, done.output
    asked = ("what is due", "spend by category", "a document", "a minute of the clock", "a page of a chat")
    for expected in (*asked, "50 ms", "150 ms", "250 ms", "1,000", "PostgreSQL is not measured"):
        assert expected in done.output


def test_a_ledger_in_use_is_not_filled(
    database: Database, database_url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    used = Database(database_url)
    migrate(used)
    person = owner(used)
    with used.transaction() as session:
        accounts.ensure_chart(session)
        begin(session, person)
        grow(session, 5, person, seed=1)
    used.close()
    done = CliRunner().invoke(app, ["bench", "ledger", "--postings", "1000", "--database", database_url])
    assert done.exit_code != 0 and "has entries" in str(done.exception)
