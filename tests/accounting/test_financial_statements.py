"""Profit and loss and the balance sheet beside plain sums of the same facts, and beside hledger's reports."""

from __future__ import annotations

import csv
import io
import subprocess
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import Session

from handlers.exports import plain_text
from handlers.exports.period_books import books_of
from storage.bank import bank_accounts, opening_balances
from storage.bills import amendments, lifecycle
from storage.closing import valuation
from storage.db.database import Database
from storage.errors import NoRate, WrongState
from storage.ledger import accounts, exchange_rates
from storage.ledger.exchange_rates import Rate
from storage.ledger.money import Money
from storage.payments import bill_payments
from storage.reports.annual.financial_statements import FinancialStatements, financial_statements
from storage.reports.spending import Period
from storage.undo import book_actions
from tests.fakes.books.small_company import NOW, invoice, owner
from tests.fakes.servers.programs import needed

QUARTER = Period(date(2025, 1, 1), date(2025, 3, 31))
RATES = {date(2025, 1, 1): "1.25", date(2025, 2, 3): "1.00", date(2025, 3, 3): "1.15", date(2025, 3, 10): "1.20",
         date(2025, 3, 31): "1.10", date(2024, 12, 31): "1.25", date(2024, 9, 30): "1.25"}  # fmt: skip


@pytest.fixture
def company(database: Database) -> int:
    """Euros: 10,000 at the bank, a sale of 1,000 and office supplies of 100, both with VAT. Dollars: 1,000 on an
    account, a bill of 500 of which 200 were paid from there, and a sale of 300."""
    person = owner(database)
    who: dict[str, Any] = {"person_id": person, "now": NOW}
    with database.transaction() as session:
        exchange_rates.add(session, [Rate("USD", day, rate) for day, rate in RATES.items()])
        start = date(2025, 1, 1)
        opening_balances.open_with(session, "bank", Money.of("10000", "EUR"), key="o1", on=start, **who)
        wise = bank_accounts.add(session, "Wise", cash=False, iban=None, currency="USD", **who)
        opening_balances.open_with(session, wise.code, Money.of("1000", "USD"), key="o2", on=start, **who)
        none: dict[str, str | None] = {"subtotal": None, "tax": None, "due_date": "2025-04-30"}
        _booked(session, person, number="R-1", issue_date="2025-01-10", total="1190.00", tax="190.00", ours="Globex")
        _booked(session, person, number="A-1", issue_date="2025-01-12", total="119.00", tax="19.00", category="office")
        abroad = _booked(session, person, number="A-2", issue_date="2025-02-03", total="500.00", currency="USD", **none)
        part = Money.of("200", "USD")
        bill_payments.pay(session, abroad, key="p", on=date(2025, 3, 3), amount=part, account=wise.code, **who)
        _booked(
            session, person, number="R-2", issue_date="2025-03-10", total="300.00", currency="USD", ours="Hooli", **none
        )
    return person


def _booked(
    session: Session, person: int, *, ours: str = "", category: str = "", tax: str | None = None, **values: Any
) -> int:
    taken = {"subtotal": None, **values}
    bill = invoice(
        session, person, vendor=ours or f"Seller of {category}", buyer=ours or "Billify UG", tax=tax, **taken
    )
    told = {"side": "receivable" if ours else None, "category": category or None}
    wanted = {name: value for name, value in told.items() if value}
    if wanted:
        amendments.amend(session, bill.id, wanted, message_key=f"t{bill.id}", person_id=person, now=NOW)
    lifecycle.confirm(session, bill.id, key=f"c{bill.id}", person_id=person, now=NOW)
    return bill.id


def made(database: Database, span: Period = QUARTER) -> FinancialStatements:
    with database.reading() as session:
        (found,) = financial_statements(session, span, "EUR")
        return found


def lines(statements: FinancialStatements) -> dict[str, str]:
    return {
        line.code: str(line.now.decimal)
        for section in statements.sections.values()
        for line in section
        if line.now.minor
    }


def ties(statements: FinancialStatements) -> None:
    for n in (0, 1):
        assets, liabilities, equity = (
            statements.total(section)[n].minor for section in ("assets", "liabilities", "equity")
        )
        assert assets == liabilities + equity


def test_the_statements_are_what_the_facts_say(database: Database, company: int) -> None:
    """By hand: the bill of 500 USD cost 500 EUR, the sale of 300 USD brought 250; the 200 USD
    paid had cost 160 on the account; 800, 300 and 300 USD are left, which cost 640, 300 and 250, at 1.10 a euro."""
    statements = made(database)
    assert lines(statements) == {
        "income": "1250.00",
        "realised": "40.00",
        "unrealised": "137.27",  # 87.27 + 27.27 + 22.73
        "office": "100.00",
        "expense": "500.00",
        "bank": "10000.00",
        "bank-2": "727.27",
        "receivable": "1462.73",  # 1,190 and 272.73
        "input_vat:19": "19.00",
        "payable": "391.73",  # 119 and 272.73
        "output_vat:19": "190.00",
        "equity": "10800.00",
        "result": "827.27",
    }
    assert statements.result[0] == Money.of("827.27", "EUR")
    ties(statements)


def test_a_later_period_counts_what_is_unrealised_anew_and_brings_the_rest_forward(
    database: Database, company: int
) -> None:
    with database.transaction() as session:
        exchange_rates.add(session, [Rate("USD", date(2025, 6, 30), "1.00")])
    statements = made(database, Period(date(2025, 4, 1), date(2025, 6, 30)))
    assert statements.sections["income"][0].code == "income" and statements.sections["income"][0].now.minor == 0
    # 800 − 640, 300 − 300 and 300 − 250 are 210.00 by now
    assert lines(statements)["unrealised"] == "72.73"
    assert lines(statements)["forward"] == "827.27"
    assert statements.result == (Money.of("72.73", "EUR"), Money.of("827.27", "EUR"))
    ties(statements)


def test_a_currency_without_rates_stands_by_itself_and_both_tie(database: Database, company: int) -> None:
    with database.transaction() as session:
        _booked(session, company, number="M-1", issue_date="2025-02-01", total="20.00", currency="MYR", due_date=None)
        ours, theirs = financial_statements(session, QUARTER, "EUR")
        assert theirs.currency == "MYR"
        assert lines(theirs) == {"expense": "20.00", "payable": "20.00", "result": "-20.00"}
        assert lines(ours)["expense"] == "500.00"
        for statements in (ours, theirs):
            ties(statements)
        with pytest.raises(NoRate, match="MYR"):
            valuation.value_currencies(session, QUARTER.until, "EUR", key="v", person_id=company, now=NOW)


def test_a_valuation_books_what_is_unrealised_the_next_only_what_changed_and_undo_takes_it_back(
    database: Database, company: int
) -> None:
    who: dict[str, Any] = {"person_id": company, "now": NOW}
    assert made(database).unbooked == Money.of("137.27", "EUR")
    with database.transaction() as session:
        exchange_rates.add(session, [Rate("USD", date(2025, 6, 30), "1.00")])
        for _ in range(2):
            first = valuation.value_currencies(session, QUARTER.until, "EUR", key="v1", **who)
        assert first.booked == first.unrealised == Money.of("137.27", "EUR")
        assert dict(first.parts)["bank-2"] == Money.of("87.27", "EUR")
        assert valuation.value_currencies(session, QUARTER.until, "EUR", key="again", **who).entry is None
        second = valuation.value_currencies(session, date(2025, 6, 30), "EUR", key="v2", **who)
        assert (second.unrealised, second.booked) == (Money.of("210", "EUR"), Money.of("72.73", "EUR"))
        with pytest.raises(WrongState, match="2025-06-30"):
            valuation.value_currencies(session, QUARTER.until, "EUR", key="v3", **who)
        held = {balance.code: balance.amount.decimal for balance in accounts.balances(session)}
        assert (held["valuation"], held["unrealised_gain"]) == (Decimal("210.00"), Decimal("-210.00"))
    after = made(database)
    assert not after.unbooked.minor and lines(after)["result"] == "827.27"
    ties(after)
    with database.transaction() as session:
        step = book_actions.latest(session, company)
        assert step is not None and step.action == "valued"
        book_actions.revoke(session, step.id, key="back", **who)
        held = {balance.code: balance.amount.decimal for balance in accounts.balances(session)}
        assert held["valuation"] == Decimal("137.27")


def test_without_other_currencies_hledger_reports_the_same(database: Database, tmp_path: Path) -> None:
    hledger = needed("hledger", "hledger")
    person = owner(database)
    with database.transaction() as session:
        start = Money.of("5000", "EUR")
        opening_balances.open_with(session, "bank", start, key="o", on=date(2024, 11, 1), person_id=person, now=NOW)
        for n, day in enumerate(("2024-11-05", "2024-12-20", "2025-01-10", "2025-02-11", "2025-03-12"), 1):
            _booked(session, person, number=f"R-{n}", issue_date=day, total=f"{n}19.00", tax="19.00", ours="Globex")
            _booked(session, person, number=f"A-{n}", issue_date=day, total=f"{n}1.90", tax="1.90", category="travel")
        books = books_of(session, date(2024, 1, 1), QUARTER.until)
    file = tmp_path / "books.journal"
    file.write_bytes(plain_text.to_hledger(books))
    ours = made(database)
    for n, span in enumerate((ours.span, ours.before)):
        period = ["-b", str(span.since), "-e", str(span.until + timedelta(days=1))]
        won = _hledger_total(hledger, file, "incomestatement", *period)
        assert won["Net:"] == ours.result[n].decimal
        assert won["total Revenues"] == ours.total("income")[n].decimal
        assert won["total Expenses"] == ours.total("costs")[n].decimal
        held = _hledger_total(hledger, file, "balancesheet", *period[2:])
        assert held["total Assets"] == ours.total("assets")[n].decimal
        assert held["total Liabilities"] == ours.total("liabilities")[n].decimal
        assert held["Net:"] == ours.total("equity")[n].decimal


def _hledger_total(hledger: str, file: Path, report: str, *options: str) -> dict[str, Decimal]:
    """The totals of a report, by section, and its net."""
    command = [hledger, "-f", str(file), report, *options, "-O", "csv", "--layout", "bare"]
    rows = list(csv.reader(io.StringIO(subprocess.run(command, check=True, capture_output=True, text=True).stdout)))
    found, section = {}, ""
    for row in rows[1:]:
        if not any(row[1:]):
            section = row[0]
        elif row[0] in ("total", "Net:"):
            amount = Decimal(row[-1].replace(",", "") or 0)
            found[row[0] if row[0] == "Net:" else f"total {section}"] = amount
    return found
