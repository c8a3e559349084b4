"""Costs looked at in further ways, income and what is left. Today is Friday 21 March 2025."""

from __future__ import annotations

from datetime import date

import pytest
from sqlmodel import select

from handlers.errors import NotFound
from handlers.requests import Income, Profit, Spend, Why
from storage.models import Account, AccountType, Posting
from tests.fakes.books.company_quarter import Company
from tests.fakes.books.staff import join

MARCH = {"since": date(2025, 3, 1), "until": date(2025, 3, 31), "label": "in March 2025"}
YEAR = {"since": date(2025, 1, 1), "until": date(2025, 3, 31), "label": "this quarter"}


@pytest.fixture
def books(company: Company) -> Company:
    """Hotel 160 in February and 200 in March (Max), paper 119 with VAT in March; our invoices 1,190 and 500."""
    company.max = join(company, "Max")  # type: ignore[attr-defined]
    max_ = company.max  # type: ignore[attr-defined]
    company.bill(vendor="Hotel", number="H1", issue_date="2025-02-10", total="160.00", category="travel")
    company.bill(vendor="Hotel", number="H2", issue_date="2025-03-10", total="200.00", category="travel", sent_by=max_)
    company.bill(
        vendor="Paper Ltd", number="P1", issue_date="2025-03-12", subtotal="100.00", tax="19.00", total="119.00",
        category="office",
    )  # fmt: skip
    company.ours("Globex AG", number="R-1", issue_date="2025-03-01", subtotal="1000.00", tax="190.00", total="1190.00")
    company.ours("Initech", number="R-2", issue_date="2025-02-01", total="500.00")
    return company


def booked(company: Company, type_: AccountType, since: date, until: date) -> int:
    """What is posted on accounts of a type, posting by posting; debit positive."""
    with company.database.transaction() as session:
        ids = {account.id for account in session.exec(select(Account).where(Account.type == type_)).all()}
        postings = session.exec(select(Posting)).all()
        return sum(p.amount_minor for p in postings if p.account_id in ids and since <= p.booked_on <= until)


def test_the_biggest_expenses_are_bills_of_vendors(books: Company):
    reply = books.ask(Spend(**YEAR, by="bill", most=2))
    assert reply.text.splitlines() == [
        "The biggest expenses this quarter, of €460.00 in all without VAT:",
        "The books begin on 1 Feb 2025; nothing before that is in it.",
        "1. Hotel H2 · €200.00",
        "2. Hotel H1 · €160.00",
    ]
    assert "Globex" not in reply.text


def test_spending_by_and_of_a_person(books: Company):
    reply = books.ask(Spend(**YEAR, by="person"))
    assert "• Olga · €260.00" in reply.text and "• Max · €200.00" in reply.text
    only = books.ask(Spend(**YEAR, person="max"))
    assert only.text.startswith("Spent €200.00 this quarter, on bills sent by max, without VAT:")
    with pytest.raises(NotFound):
        books.ask(Spend(person="Zoe"))


def test_spending_without_somebody_and_the_largest_only(books: Company):
    assert books.ask(Spend(**YEAR, without=("hotel",))).text.startswith(
        "Spent €100.00 this quarter, without hotel, without VAT:"
    )
    lines = books.ask(Spend(**YEAR, by="vendor", most=1)).text.splitlines()
    assert lines[2:4] == ["• Hotel · €360.00", "The largest bills (without VAT):"]


def test_the_average_month_counts_from_when_the_books_begin(books: Company):
    # 460 in February and March
    assert books.ask(Spend(**YEAR, average=True)).text.startswith(
        "On average €230.00 a month this quarter (of €460.00 in 2 months), without VAT:"
    )


def test_two_periods_beside_each_other(books: Company):
    other = {"versus_since": date(2025, 2, 1), "versus_until": date(2025, 2, 28), "versus_label": "in February 2025"}
    lines = books.ask(Spend(**MARCH, **other)).text.splitlines()
    # 300 / 160 = 1.875
    assert lines[0] == ("Spent €300.00 in March 2025 and €160.00 in February 2025, without VAT: €140.00 more (+88%).")
    assert lines[1:3] == ["• Travel · €200.00 (+25% from €160.00)", "• Office supplies · €100.00 (from €0.00)"]
    turned = {"since": date(2025, 1, 1), "until": date(2025, 1, 31), "label": "in January 2025"}
    assert books.ask(Spend(**turned, **other)).text.startswith(
        "Spent nothing in January 2025 and €160.00 in February 2025, without VAT: €160.00 less (-100%)."
    )


def test_income_is_what_we_invoiced_without_vat(books: Company):
    reply = books.ask(Income(**YEAR))
    assert reply.text.splitlines() == [
        "We invoiced €1,500.00 this quarter, without VAT:",
        "The books begin on 1 Feb 2025; nothing before that is in it.",
        "• Globex AG · €1,000.00",
        "• Initech · €500.00",
        "Our largest invoices (without VAT):",
        "1. Globex AG R-1 · €1,000.00",
        "2. Initech R-2 · €500.00",
    ]
    assert booked(books, AccountType.INCOME, YEAR["since"], YEAR["until"]) == -150000
    assert "1. Globex AG R-1 · €1,000.00" in books.ask(Why()).text
    assert books.ask(Income(**MARCH, by="month")).text.splitlines()[1] == "• March 2025 · €1,000.00"
    assert books.ask(Income(**YEAR, most=1)).text.splitlines()[2:4] == [
        "• Globex AG · €1,000.00",
        "Our largest invoices (without VAT):",
    ]
    assert books.ask(Income(**MARCH, vendor="initech")).text == "Nothing was invoiced in March 2025, to initech."


def test_profit_is_income_less_costs(books: Company):
    reply = books.ask(Profit(**YEAR))
    # 1,500 - 460
    assert reply.text.startswith("Profit of €1,040.00 this quarter, without VAT: income €1,500.00 less costs €460.00.")
    every = [booked(books, type_, YEAR["since"], YEAR["until"]) for type_ in (AccountType.INCOME, AccountType.EXPENSE)]
    assert sum(every) == -104000 and len(reply.listed) == 5
    assert books.ask(Profit(date(2025, 4, 1), date(2025, 4, 30), "in April")).text == "Nothing was booked in April."


def test_currencies_never_meet(books: Company):
    books.bill(vendor="Bolt", number="B", issue_date="2025-03-13", currency="USD", total="70.00", category="travel")
    lines = books.ask(Profit(**MARCH)).text.splitlines()
    assert lines[0].startswith("Profit of €700.00") and lines[1].startswith("Loss of US$70.00")
    assert books.ask(Spend(**MARCH, average=True)).text.startswith("On average €300.00 and US$70.00 a month")
