"""What our bank and cash accounts began with; those of which nobody told it are known to be counted from zero."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from alembic import command
from sqlmodel import Session

from storage.bank import internal_transfers, opening_balances, statements
from storage.bank.statements import MovementDraft, StatementDraft
from storage.db.database import Database
from storage.db.engine import ledger_engine
from storage.errors import PeriodClosed, WrongState
from storage.ledger import accounts, booking, double_entry, period_closing
from storage.ledger.money import Money
from storage.migrations.upgrade import alembic_config, migrate
from storage.reports import cash_flow_forecast
from storage.undo import book_actions
from tests.fakes.books.small_company import NOW, TODAY

JANUARY, MARCH = date(2025, 1, 1), date(2025, 3, 1)
DAY = timedelta(days=1)


def eur(amount: str) -> Money:
    return Money.of(amount, "EUR")


def untold(session: Session, at: date | None = None) -> list[str]:
    return [account.code for account in opening_balances.without_opening_balance(session, at)]


def bank(session: Session, at: date | None = None) -> str:
    return str(next(b.amount for b in accounts.balances(session, at=at, codes=["bank"])))


def test_an_account_is_counted_from_zero_until_its_balance_is_told(session: Session, who: dict[str, Any]) -> None:
    assert untold(session) == ["bank", "cash"]
    opening_balances.open_with(session, "bank", eur("12400"), key="o", on=MARCH, **who)
    assert untold(session) == ["cash"] and untold(session, MARCH - DAY) == ["bank", "cash"]
    step = book_actions.latest(session, who["person_id"])
    book_actions.revoke(session, step.id, key="u", **who)
    assert untold(session) == ["bank", "cash"] and accounts.account(session, "bank").currency is None


def test_that_there_was_nothing_can_be_told_once_and_taken_back(session: Session, who: dict[str, Any]) -> None:
    assert opening_balances.open_with(session, "cash", eur("0"), key="o", on=MARCH, **who) is None
    assert (
        opening_balances.open_with(session, "cash", eur("0"), key="o", on=MARCH, **who) is None
    )  # the message once more
    assert untold(session) == ["bank"]
    with pytest.raises(WrongState, match="begins that day"):
        opening_balances.open_with(session, "cash", eur("0"), key="o2", on=MARCH, **who)
    book_actions.revoke(session, book_actions.latest(session, who["person_id"]).id, key="u", **who)
    assert untold(session) == ["bank", "cash"] and book_actions.latest(session, who["person_id"]) is None


def test_what_is_told_of_an_earlier_day_leaves_the_later_one_as_it_was_told(
    session: Session, who: dict[str, Any]
) -> None:
    opening_balances.open_with(session, "bank", eur("12400"), key="o", on=MARCH, **who)
    internal_transfers.transfer(session, "bank", "cash", eur("100"), key="t", on=TODAY, **who)
    opening_balances.open_with(session, "bank", eur("10000"), key="o2", on=JANUARY, **who)
    assert bank(session, JANUARY) == "10000.00 EUR"
    assert bank(session, MARCH) == "12400.00 EUR" and bank(session) == "12300.00 EUR"
    book_actions.revoke(session, book_actions.latest(session, who["person_id"]).id, key="u", **who)
    assert bank(session) == "12300.00 EUR" and untold(session, JANUARY) == ["bank", "cash"]


def test_an_older_opening_that_is_taken_back_leaves_the_newer_one_standing(
    session: Session, who: dict[str, Any]
) -> None:
    opening_balances.open_with(session, "bank", eur("10000"), key="o", on=JANUARY, **who)
    first = book_actions.latest(session, who["person_id"])
    opening_balances.open_with(session, "bank", eur("12400"), key="o2", on=MARCH, **who)
    book_actions.revoke(session, first.id, key="u", **who)
    held = accounts.account(session, "bank")
    assert (held.opened_on, held.currency) == (MARCH, "EUR")


def test_nothing_is_told_about_a_closed_day(session: Session, who: dict[str, Any]) -> None:
    period_closing.close(session, MARCH, today=TODAY, **who)
    with pytest.raises(PeriodClosed):
        opening_balances.open_with(session, "bank", eur("1"), key="o", on=MARCH, **who)
    assert untold(session) == ["bank", "cash"]


@pytest.mark.parametrize(("opening", "expected"), [("0", ["cash"]), ("1000", ["bank", "cash"])])
def test_a_statement_whose_balance_is_ours_needs_nobodys_word(
    session: Session, who: dict[str, Any], opening: str, expected: list[str]
) -> None:
    """The movement is not booked yet: the difference that it explains is none."""
    held = accounts.account(session, "bank")
    statement = StatementDraft(
        "camt.053",
        "0" * 64,
        0,
        "EUR",
        (MovementDraft(MARCH + DAY, eur("-900"), "Rent"),),
        since=MARCH,
        until=TODAY,
        opening=eur(opening),
        closing=eur(opening) - eur("900"),
    )
    statements.import_statement(session, held.id, statement, **who)
    assert untold(session) == expected
    assert statements.first_opening(session, held.id) == (eur(opening), MARCH + DAY)


def test_a_forecast_names_the_accounts_that_its_currency_rests_on(session: Session, who: dict[str, Any]) -> None:
    def names(currency: str) -> list[str]:
        found = opening_balances.affecting_total(session, opening_balances.without_opening_balance(session), currency)
        return [account.code for account in found]

    assert names("EUR") == ["bank"]  # cash that never moved is not asked about
    internal_transfers.transfer(session, "bank", "cash", eur("100"), key="t", on=TODAY, **who)
    assert (names("EUR"), names("USD")) == (["bank", "cash"], ["bank"]), "nobody said what the bank is kept in"
    opening_balances.open_with(session, "bank", eur("1"), key="o", on=MARCH, **who)
    (ahead,) = cash_flow_forecast.forecast(session, TODAY, TODAY + 30 * DAY)
    assert [account.code for account in ahead.untold] == ["cash"]


def test_ledgers_of_before_know_what_was_told(database: Database, anna: int) -> None:
    with database.transaction() as session:
        draft = double_entry.opening("o", JANUARY, account="bank", balance=eur("5"))
        booking.post(session, draft, person_id=anna, now=NOW)
        undone = booking.post(
            session, double_entry.opening("p", MARCH, account="cash", balance=eur("5")), person_id=anna, now=NOW
        )
        booking.reverse(session, undone, key="r", person_id=anna, now=NOW)
    engine = ledger_engine(database.url, foreign_keys=False)  # as `migrate` has it: tables are built anew
    with engine.begin() as connection:
        command.downgrade(alembic_config(connection), "0003")
    engine.dispose()
    migrate(database)
    with database.transaction() as session:
        assert accounts.account(session, "bank").opened_on == JANUARY
        assert untold(session) == ["cash"]
