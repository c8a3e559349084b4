"""How customers pay is learnt, and forecasts go by it. Today is Friday 21 March 2025."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.bench.books.forecast import played
from handlers.requests import Forecast
from storage.reports.payment_habits import FEWEST, FEWEST_OF_ALL, Habits, habits
from tests.fakes.books.company_quarter import Company

TODAY = date(2025, 3, 21)
DAYS = st.integers(-20, 90)


@pytest.fixture
def late_payer(company: Company) -> Company:
    """Kunde AG paid three invoices 20 days late each, and owes one that is due in 10 days."""
    for number, due in (("R-1", "2024-12-01"), ("R-2", "2025-01-05"), ("R-3", "2025-02-01")):
        issued = (date.fromisoformat(due) - timedelta(days=14)).isoformat()
        bill = company.ours("Kunde AG", number=number, issue_date=issued, due_date=due, total="100.00")
        company.pay(bill, on=date.fromisoformat(due) + timedelta(days=20))
    company.ours("Kunde AG", number="R-4", issue_date="2025-03-10", due_date="2025-03-31", total="500.00")
    return company


def test_an_invoice_comes_in_when_its_customer_usually_pays(late_payer: Company):
    until_april = late_payer.ask(Forecast(date(2025, 4, 10)))
    assert "to come in" not in until_april.text
    until_may = late_payer.ask(Forecast(date(2025, 5, 1)))
    assert "€500.00 to come in" in until_may.text
    assert "Kunde AG R-4 · €500.00 · 20 Apr, usually 20 days late" in until_may.text


def test_what_was_taken_back_tells_nothing(late_payer: Company):
    with late_payer.database.transaction() as session:
        assert len(habits(session, TODAY).overall) == 3
        assert habits(session, date(2025, 1, 24)).overall == (20,), "later payments are not known yet"


def test_nothing_is_learnt_of_few_payments():
    due = date(2025, 4, 1)
    for few in (Habits({1: (9,) * (FEWEST - 1)}), Habits({}, (9,) * (FEWEST_OF_ALL - 1))):
        assert few.expected(1, due, TODAY) == (due, None)
        assert few.expected(1, date(2025, 3, 1), TODAY) == (TODAY, None)
    others = Habits({}, (9,) * FEWEST_OF_ALL)
    assert others.expected(1, due, TODAY) == (due + timedelta(days=9), 9)


@given(st.lists(DAYS, min_size=FEWEST, max_size=20), st.integers(-60, 60))
def test_no_invoice_is_expected_before_today(delays: list[int], offset: int):
    due = TODAY + timedelta(days=offset)
    on, usual = Habits({1: delays}).expected(1, due, TODAY)
    assert on >= TODAY and usual in delays
    assert on == TODAY or (on - due).days in delays


def test_learnt_forecasts_of_a_played_company_are_nearer_than_naive_ones():
    errors = played(seed=5, days=120)
    for days in (14, 30):
        assert sum(errors["learnt", days].coming_in) < sum(errors["naive", days].coming_in)
