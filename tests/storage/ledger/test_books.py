"""Closing, opening balances, categories, VAT by rate, and whose document it is."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from sqlmodel import Session

from storage.bank import bank_accounts, internal_transfers, opening_balances
from storage.bills import amendments, categories, lifecycle, setting_aside
from storage.bills.bill_drafts import draft
from storage.errors import NoSuchAccount, PeriodClosed, Unfit, WrongState
from storage.ledger import account_naming, accounts, period_closing, vat
from storage.ledger.double_entry import Tax
from storage.ledger.money import Money
from storage.models import Bill, Side
from storage.payments import bill_payments
from storage.people import company
from storage.undo import book_actions
from tests.fakes.books.small_company import ACME, TODAY, document, evidence, invoice

MARCH = date(2025, 3, 3)
CLOSED = date(2025, 3, 15)


def eur(amount: str) -> Money:
    return Money.of(amount, "EUR")


def holds(session: Session, at: date | None = None) -> dict[str, str]:
    return {b.code: str(b.amount) for b in accounts.balances(session, at=at) if b.amount.minor}


# --- closing ---


def test_nothing_is_booked_in_a_closed_period_and_corrections_go_to_the_first_open_day(
    session: Session, anna: int, who: dict[str, Any]
) -> None:
    bill = invoice(session, anna)
    lifecycle.confirm(session, bill.id, key="c", **who)
    period_closing.close(session, CLOSED, today=TODAY, **who)
    closed = holds(session, at=CLOSED)
    with pytest.raises(PeriodClosed, match="closed until 2025-03-15"):
        bill_payments.pay(session, bill.id, key="p", on=CLOSED, **who)
    other = invoice(session, anna, number="2", total="10.00", tax=None)
    with pytest.raises(PeriodClosed):
        lifecycle.confirm(session, other.id, key="c2", **who)
    lifecycle.confirm(session, other.id, key="c2", late=True, **who)
    assert holds(session, at=CLOSED + timedelta(days=1))["payable"] == "-1259.50 EUR"
    amendments.amend(session, bill.id, {"total": "1294.50"}, message_key="a", **who)
    setting_aside.void(session, other.id, **who)
    assert holds(session, at=CLOSED) == closed
    assert holds(session)["payable"] == "-1294.50 EUR"
    amendments.amend(session, bill.id, {"issue_date": "2025-03-02"}, message_key="b", **who)
    assert holds(session, at=CLOSED) == closed  # no correction moves a bill within what is closed


def test_a_closing_is_taken_back_and_an_earlier_one_holds_again(session: Session, who: dict[str, Any]) -> None:
    with pytest.raises(WrongState, match="not over yet"):
        period_closing.close(session, TODAY, today=TODAY, **who)
    period_closing.close(session, MARCH, today=TODAY, **who)
    period_closing.close(session, CLOSED, today=TODAY, **who)
    with pytest.raises(WrongState, match="closed until 2025-03-15 already"):
        period_closing.close(session, MARCH, today=TODAY, **who)
    period_closing.reopen(session, **who)
    assert period_closing.first_open_day(session, date(2025, 1, 1)) == MARCH + timedelta(days=1)
    period_closing.reopen(session, **who)
    assert period_closing.closing_in_force(session) is None
    with pytest.raises(WrongState, match="Nothing is closed"):
        period_closing.reopen(session, **who)


# --- our accounts ---


def test_an_opening_balance_counts_what_was_booked_before_and_is_corrected_by_saying_it_again(
    session: Session, who: dict[str, Any]
) -> None:
    internal_transfers.transfer(session, "bank", "cash", eur("100"), key="t", on=MARCH, **who)
    opening_balances.open_with(session, "bank", eur("12400"), key="o", on=TODAY, **who)
    assert holds(session)["bank"] == "12400.00 EUR"
    opening_balances.open_with(session, "bank", eur("12500"), key="o2", on=TODAY, **who)
    assert holds(session)["bank"] == "12500.00 EUR" and accounts.account(session, "bank").currency == "EUR"
    with pytest.raises(WrongState, match="begins that day"):
        opening_balances.open_with(session, "bank", eur("12500"), key="o3", on=TODAY, **who)
    with pytest.raises(Unfit, match="kept in EUR"):
        internal_transfers.transfer(session, "bank", "cash", Money.of("1", "USD"), key="t2", on=TODAY, **who)


def test_every_step_can_be_taken_back_once(session: Session, anna: int, who: dict[str, Any]) -> None:
    before = holds(session), accounts.account(session, "bank").name
    iban = "DE89370400440532013000"
    opening_balances.open_with(session, "bank", eur("5"), key="o", on=TODAY, **who)
    internal_transfers.transfer(session, "bank", "cash", eur("100"), key="t", on=TODAY, **who)
    account_naming.rename(session, accounts.account(session, "bank"), "Sparkasse", **who)
    categories.add(session, "Trade fairs", **who)
    bank_accounts.add(session, "Qonto", cash=False, iban=iban, currency="EUR", **who)
    company.change(session, "vat_id", "DE 123 456 789", **who)
    period_closing.close(session, CLOSED, today=TODAY, **who)
    period_closing.reopen(session, **who)
    steps = []
    while step := book_actions.latest(session, anna):
        book_actions.revoke(session, step.id, key=f"u{step.id}", **who)
        steps.append(step.action)
    assert steps == [
        "reopened", "closed", "described", "added account", "added account", "renamed", "transferred", "opened"
    ]  # fmt: skip
    assert (holds(session), accounts.account(session, "bank").name) == before
    assert period_closing.closing_in_force(session) is None and company.company(session).vat_id is None
    assert [account.code for account in accounts.liquidity_accounts(session)] == ["bank", "cash"]
    with pytest.raises(WrongState, match="taken back already"):
        book_actions.revoke(session, step.id if step else 1, key="again", **who)


def test_a_new_bank_account_takes_the_place_of_the_unused_one(session: Session, who: dict[str, Any]) -> None:
    iban = "DE89 3704 0044 0532 0130 00"
    first = bank_accounts.add(session, "Sparkasse", cash=False, iban=iban, currency="EUR", **who)
    assert (first.code, first.name, first.iban) == ("bank", "Sparkasse", "DE89370400440532013000")
    with pytest.raises(WrongState, match="is Sparkasse already"):
        bank_accounts.add(session, "Other", cash=False, iban=iban, currency=None, **who)
    with pytest.raises(Unfit, match="not a valid IBAN"):
        bank_accounts.add(session, "Other", cash=False, iban="DE00 1234", currency=None, **who)
    assert bank_accounts.add(session, "Qonto", cash=False, iban=None, currency=None, **who).code == "bank-2"
    assert bank_accounts.add(session, "Till", cash=True, iban=None, currency=None, **who).code == "cash-2"


# --- categories ---


@pytest.mark.parametrize(
    ("vendor", "lines", "code", "plain"),
    [
        ("Deutsche Bahn AG", [], "travel", True),
        ("Müller KG", ["Kopierpapier A4", "Tonerkartusche"], "office", True),
        ("Bistro Luna", [], "meals", True),
        ("Acme GmbH", ["Hosting March"], "software", False),
        ("Acme GmbH", ["Widgets"], None, False),
        ("Barclays Ltd", [], None, False),  # a bar is another thing
        ("Hotel Rent", [], None, False),  # of two alike
    ],
)
def test_a_category_is_suggested_from_names_and_lines(
    session: Session, vendor: str, lines: list[str], code: str | None, plain: bool
) -> None:
    found = categories.by_words(accounts.categories(session), vendor, lines)
    assert (found.code if found else None) == code
    assert found is None or (found.confidence >= 0.85) is plain


def test_a_corrected_category_is_remembered_for_the_vendor_until_it_is_undone(
    session: Session, anna: int, who: dict[str, Any]
) -> None:
    first = invoice(session, anna, vendor="Bistro Luna")
    assert first.category == "meals" and first.evidence["category"]["reason"] == "because of “bistro”"
    amendments.amend(session, first.id, {"category": "marketing"}, message_key="a", **who)
    second = invoice(session, anna, vendor="Bistro Luna", number="2", total="23.50", subtotal="20.00", tax="3.50")
    assert (second.category, second.evidence["category"]["reason"]) == ("marketing", "as for their last bill")
    amendments.undo(session, "a", **who)
    assert invoice(session, anna, vendor="Bistro Luna", number="3", total="7.00").category == "meals"
    lifecycle.confirm(session, second.id, key="c", **who)
    assert holds(session)["marketing"] == "20.00 EUR"
    amendments.amend(session, second.id, {"category": "travel"}, message_key="b", **who)
    assert "marketing" not in holds(session) and holds(session)["travel"] == "20.00 EUR"
    with pytest.raises(NoSuchAccount, match="no category “bank”"):
        amendments.amend(session, second.id, {"category": "bank"}, message_key="x", **who)


# --- VAT ---

LINES = [{"rate": "19.00", "net": "100.00", "tax": "19.00"}, {"rate": "7", "net": "10.00", "tax": "0.70"}]


@pytest.mark.parametrize(
    ("tax", "net", "lines", "parts"),
    [
        ("19.70", "110.00", LINES, [("19", 1900), ("7", 70)]),
        ("19.00", "100.00", [], [("19", 1900)]),
        ("20.00", "100.00", LINES, [("20", 2000)]),  # they do not sum to the tax
        ("5.55", "30.00", LINES[:1], [("19", 555)]),  # the one rate that is named
        ("0.10", "0.50", [], [(None, 10)]),  # of 19 % or 20 %
        ("8.88", "100.00", [], [(None, 888)]),
        ("0.00", "100.00", LINES, []),
        (None, "100.00", LINES, []),
    ],
)
def test_tax_is_split_by_rate(tax: str | None, net: str, lines: Any, parts: list[tuple[str | None, int]]) -> None:
    found = vat.tax_by_rate(eur(tax) if tax else None, eur(net), lines)
    assert found == tuple(Tax(rate, Money(minor, "EUR")) for rate, minor in parts)


def test_rates_that_were_read_are_booked_by_rate(session: Session, anna: int, who: dict[str, Any]) -> None:
    read = evidence(**{**ACME, "subtotal": "110.00", "tax": "19.70", "total": "129.70"})
    file = document(session, anna)
    bill = draft(session, key="k", document=file, kind="invoice", evidence=read, taxes=LINES, **who)
    lifecycle.confirm(session, bill.id, key="c", **who)
    assert holds(session) == {
        "expense": "110.00 EUR",
        "input_vat:19": "19.00 EUR",
        "input_vat:7": "0.70 EUR",
        "payable": "-129.70 EUR",
    }


# --- whose document it is ---


def test_what_we_issued_is_owed_to_us_by_its_buyer(session: Session, anna: int) -> None:
    bill: Bill = invoice(session, anna, side="receivable", vendor="Billify UG", buyer="Globex Ltd")
    assert (bill.side, bill.vendor) == (Side.RECEIVABLE, "Globex Ltd")


def test_a_credit_note_that_we_issued_is_owed_by_us(session: Session, anna: int, who: dict[str, Any]) -> None:
    bill = invoice(
        session, anna, kind="credit_note", side="receivable", vendor="Billify UG", buyer="Globex Ltd", tax=None
    )
    lifecycle.confirm(session, bill.id, key="c", **who)
    assert holds(session) == {"income": "1249.50 EUR", "receivable": "-1249.50 EUR"}
    assert bill.open_minor == 124950 and lifecycle.is_owed_by_us(bill)
