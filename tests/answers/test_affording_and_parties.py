"""Whether the money is enough, and what is known of a party. Today is Friday 21 March 2025."""

from __future__ import annotations

from datetime import date

import pytest

from handlers.errors import NotFound
from handlers.requests import Allocate, Balance, Due, Forecast, PartyDetails, Settled, Why
from storage.ledger import accounts
from tests.fakes.books.company_quarter import Company

FRIDAY = date(2025, 3, 28)
IBAN, OTHER = "DE89370400440532013000", "DE02120300000000202051"


def owing(company: Company) -> tuple[int, int]:
    """2,000 overdue and 5,000 due on Thursday; 900 later."""
    first = company.bill(vendor="Duo", number="D-1", total="2000.00", due_date="2025-03-18")
    second = company.bill(vendor="Acme GmbH", number="A-1", total="5000.00", due_date="2025-03-27")
    company.bill(vendor="Bolt", number="B-1", total="900.00", due_date="2025-05-01")
    return first, second


def test_a_wish_is_answered_with_yes_or_no_and_the_sum_behind_it(company: Company):
    first, second = owing(company)
    reply = company.ask(Forecast(FRIDAY, afford="5000"))
    # 12,400 - 7,000 - 5,000
    assert reply.text.splitlines() == [
        "Yes: €400.00 is left.",
        "• Today: €12,400.00",
        "• less €7,000.00 that is due by 28 Mar 2025, what is overdue included",
        "• less €5,000.00 that you asked about",
        "1. Duo D-1 · €2,000.00 · due 18 Mar 2025 (3 days overdue)",
        "2. Acme GmbH A-1 · €5,000.00 · due 27 Mar 2025 (in 6 days)",
    ]
    assert reply.listed == (first, second)
    assert company.ask(Forecast(FRIDAY, afford="5400.01")).text.startswith("No: €0.01 is missing.")
    assert company.ask(Forecast(date(2025, 3, 31), afford="0")).text.startswith("Yes: €5,400.00 is left.")
    assert company.ask(Forecast(FRIDAY, afford="1", currency="USD")).text.startswith("No: US$1.00 is missing.")


def test_what_should_come_in_is_named_but_not_relied_on(company: Company):
    owing(company)
    company.ours("Globex AG", number="R-1", total="1000.00", due_date="2025-03-26")
    text = company.ask(Forecast(FRIDAY, afford="6000")).text
    assert text.startswith("Only if what is due to us comes in by then: without it €600.00 is missing.")
    assert "• not counted: €1,000.00 that is to come in by then" in text


def test_a_balance_that_nobody_told_is_said_to_be_none(company: Company):
    with company.database.transaction() as session:
        accounts.account(session, "bank").opened_on = None
    text = company.ask(Forecast(FRIDAY, afford="5000")).text
    assert text.startswith("Yes: €7,400.00 (counted from zero) is left.") and "⚠ Bank is counted from zero" in text


def test_what_is_left_after_paying_everything(company: Company):
    owing(company)
    company.ours("Globex AG", number="R-1", total="1000.00", due_date="2025-06-26")
    reply = company.ask(Forecast(FRIDAY, after_bills=True))
    # 12,400 - 7,900
    assert reply.text.splitlines()[:4] == [
        "€4,500.00 is left once all open bills are paid.",
        "• Today: €12,400.00",
        "• less €7,900.00 that we owe",
        "• with €1,000.00 that others owe us: €5,500.00",
    ]
    assert len(reply.listed) == 3 and "1. Duo D-1" in company.ask(Why()).text


def test_how_long_the_money_lasts(company: Company):
    until = date(2025, 6, 30)
    assert company.ask(Forecast(until, runs_out=True)).text.startswith(
        "The money in EUR does not run out by 30 Jun 2025."
    )
    owing(company)
    company.bill(vendor="Big", number="X", total="6000.00", due_date="2025-04-10")
    reply = company.ask(Forecast(until, runs_out=True))
    # 12,400 - 7,000 - 6,000 on 10 April
    assert reply.text.splitlines()[:3] == [
        "The money in EUR lasts until 9 Apr 2025.",
        "• Today: €12,400.00",
        "• 10 Apr 2025: -€600.00",
    ]


def test_what_is_known_of_a_party(company: Company):
    known = {"vendor": "Telekom AG", "iban": IBAN, "vat_id": "DE123456789", "category": "software"}
    bill = company.bill(number="T-1", issue_date="2025-03-01", due_date="2025-03-15", total="71.34", **known)
    reply = company.ask(PartyDetails("telekom"))
    assert reply.text.splitlines() == [
        "Telekom AG:",
        "• IBAN DE89 3704 0044 0532 0130 00",
        "• VAT number DE123456789 (from Telekom AG T-1)",
        "• Due 14 days after issue, as of 1 Mar 2025",
        "• Usually booked on Software and subscriptions",
        "• We owe Telekom AG €71.34, 6 days late",
        "• Telekom AG T-1 · €71.34 · due 15 Mar 2025 (6 days overdue)",
    ]
    assert reply.listed == (bill,)
    company.bill(number="T-2", issue_date="2025-03-02", total="77.00", **known | {"iban": OTHER})
    assert company.ask(PartyDetails("telekom", "iban")).text.splitlines() == [
        "Telekom AG:",
        "• IBAN DE89 3704 0044 0532 0130 00",
        "• ⚠ Telekom AG T-2 names another account, DE02 1203 0000 0000 2020 51, which nobody has confirmed.",
    ]
    company.bill(vendor="Draft Ltd", number="X", draft=True, iban=IBAN)
    assert "which nobody has confirmed yet" in company.ask(PartyDetails("draft", "iban")).text
    company.ours("Globex AG", number="R-1", total="10.00", due_date="2025-04-01")
    assert company.ask(PartyDetails("globex", "iban")).text == "Globex AG:\n• No IBAN is known."
    with pytest.raises(NotFound):
        company.ask(PartyDetails("eom"))


def test_figures_of_these_answers_do_not_change_the_books(company: Company):
    owing(company)
    before = company.ask(Balance()).text
    for asked in (Forecast(FRIDAY, afford="1"), Forecast(FRIDAY, after_bills=True), PartyDetails("duo"), Due()):
        company.ask(asked)
    assert company.ask(Balance()).text == before


def test_whether_all_that_is_due_can_be_paid_is_told_for_each_currency(company: Company):
    owing(company)
    company.bill(vendor="Tools Ltd", number="T-1", total="20.00", currency="USD", due_date="2025-03-27")
    ours, dollars = company.ask_all(Forecast(FRIDAY, afford="0"))
    assert ours.text.startswith("Yes: €5,400.00 is left.") and dollars.text.startswith("No: US$20.00 is missing.")


def test_of_a_vendor_only_the_credit_note_can_be_set_off(company: Company):
    company.bill(number="A-1", draft=True)
    owed = company.bill(number="A-2", total="80.00")
    company.bill(number="G-1", total="30.00", due_date=None, kind="credit_note")
    reply = company.ask(Allocate("acme"))
    assert reply.text.startswith("Set off: €30.00 of Acme GmbH G-1") and "€30.00 of Acme GmbH A-2" in reply.text
    assert company.ask(Settled("A-2")).text.startswith("Only a part") and owed
