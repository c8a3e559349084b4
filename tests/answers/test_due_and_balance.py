"""What is due, what there is, who owes whom. Today is Friday 21 March 2025."""

from __future__ import annotations

from datetime import date

import pytest

from handlers.answers.due_bills import nothing_due
from handlers.errors import NotFound
from handlers.requests import Ageing, Balance, Due, Owed, Waiting
from storage.ledger import exchange_rates
from tests.fakes.books.company_quarter import Company


def test_open_bills_are_numbered_and_summed_by_currency(company: Company):
    acme = company.acme()
    duo = company.bill(vendor="Duo", number=None, due_date="2025-03-18", total="0.50")
    bolt = company.bill(vendor="Bolt Inc", number="B1", due_date=None, currency="USD", total="20.00")
    reply = company.ask(Due(label="this week"))
    assert reply.text.splitlines() == [
        "3 open bills this week, €1,250.00 and US$20.00:",
        "1. Duo · €0.50 · due 18 Mar 2025 (3 days overdue)",
        "2. Acme GmbH 2024-117 · €1,249.50 · due 2 Apr 2025 (in 12 days)",
        "3. Bolt Inc B1 · US$20.00 · no due date",
    ]
    assert reply.listed == (duo, acme, bolt)


def test_currencies_are_summed_together_only_at_dated_rates(company: Company):
    company.acme()
    company.bill(vendor="Bolt Inc", number="B1", currency="USD", total="20.00")
    with company.database.transaction() as session:
        exchange_rates.add(session, [exchange_rates.Rate("USD", date(2025, 3, 20), "1.0800")])
    # 20.00 / 1.08 = 18.52
    assert "(about €1,268.02 together, at rates of 21 Mar 2025)" in company.ask(Due()).text


def test_a_person_who_writes_german_reads_german_amounts(company: Company):
    company.acme()
    assert company.ask(Due(label="diese Woche"), language="de").text.splitlines() == [
        "1 offene Rechnung diese Woche, 1.249,50\xa0€:",
        "• Acme GmbH 2024-117 · 1.249,50\xa0€ · fällig am 2. Apr. 2025 (in 12 Tagen)",
    ]


def test_only_large_amounts_or_one_currency_can_be_asked_for(company: Company):
    company.acme()
    company.bill(vendor="Duo", number="D1", total="80.00")
    company.bill(vendor="Bolt Inc", number="B1", currency="USD", total="500.00")
    assert "2 open bills" in company.ask(Due(above="500")).text
    assert "Acme" in company.ask(Due(above="500", currency="EUR")).text
    assert "1 open bill, US$500.00" in company.ask(Due(above="500", currency="USD")).text


def test_what_others_owe_us_is_not_what_we_owe(company: Company):
    company.acme()
    theirs = company.ours("Kunde AG", number="R-1", total="300.00", due_date="2025-03-01")
    assert "Kunde" not in company.ask(Due()).text
    reply = company.ask(Due(side="receivable", overdue=True, label="overdue"))
    assert reply.text.startswith("1 open invoice of ours overdue, €300.00:\n• Kunde AG R-1 · €300.00")
    assert reply.listed == (theirs,)


def test_a_long_list_says_how_many_are_left(company: Company):
    for n in range(23):
        company.bill(vendor="Acme GmbH", number=f"A-{n}", issue_date=f"2025-02-{n + 1:02}", total="1.00")
    reply = company.ask(Due())
    lines = reply.text.splitlines()
    assert (lines[0], lines[-1], len(lines)) == ("23 open bills, €23.00:", "… and 3 more.", 22)
    assert len(reply.listed) == 20


@pytest.mark.parametrize(
    ("asked", "answer"),
    [
        (Due(), "Nothing is due."),
        (Due(label="this week"), "Nothing is due this week."),
        (Due(vendor="Acme", label="to Acme"), "Nothing is due to Acme."),
        (Due(overdue=True, label="overdue"), "Nothing is overdue."),
        (Due(overdue=True, vendor="Acme", label="overdue, to Acme"), "Nothing is overdue to Acme."),
        (Due(side="receivable"), "No money is due to us."),
        (Due(side="receivable", overdue=True, label="overdue"), "Nobody is late in paying us."),
        (Due(side="receivable", overdue=True, vendor="Kunde"), "Nothing is overdue from Kunde."),
    ],
)
def test_nothing_due_says_so(asked: Due, answer: str):
    assert nothing_due(asked) == answer


def test_the_balance_names_each_account(company: Company):
    bill = company.acme()
    company.pay(bill, "249.50", on=date(2025, 3, 20))
    assert company.ask(Balance()).text.splitlines() == [
        "Bank: €12,150.50",
        "Cash: nothing booked yet",
        "Accounts payable: €1,000.00",
    ]
    assert company.ask(Balance("bank")).text == "Bank: €12,150.50"
    assert company.ask(Balance("kasse"), language="de").text == "Kasse: noch nichts gebucht"


def test_the_balance_at_a_date_is_what_it_was_then(company: Company):
    company.pay(company.acme(), "249.50", on=date(2025, 3, 20))
    asked = Balance("bank", on=date(2025, 3, 19))
    assert company.ask(asked).text == "At the end of 19 Mar 2025:\nBank: €12,400.00"
    assert company.ask(Balance("bank", on=date(2025, 3, 20))).text.endswith("€12,150.50")
    assert company.ask(Balance("bank", on=date(2025, 2, 28))).text.endswith("€12,400.00")


def test_an_account_that_there_is_not_is_named_with_those_there_are(company: Company):
    with pytest.raises(NotFound, match="There are: Bank and Cash"):
        company.ask(Balance("Sparkasse"))


def test_what_we_owe_is_told_by_party(company: Company):
    company.acme()
    company.bill(vendor="Acme GmbH", number="A-2", total="80.00", due_date="2025-03-01")
    company.bill(vendor="Acme GmbH", number="C-1", total="10.00", kind="credit_note", due_date=None)
    company.bill(vendor="Duo", number="D-1", total="2000.00")
    assert company.ask(Owed()).text.splitlines() == [
        "We owe €3,319.50:",
        "• Duo · €2,000.00 · 1 bill",
        "• Acme GmbH · €1,319.50 · 3 bills, €80.00 overdue",
    ]
    assert company.ask(Owed(party="duo")).text.startswith("1 open bill to duo, €2,000.00:")
    assert company.ask(Owed("receivable")).text == "Nobody owes us anything."


def test_the_ageing_report_sums_each_age_and_lists_the_oldest(company: Company):
    for number, due, total in (
        ("A", "2025-04-02", "100.00"),
        ("B", "2025-03-20", "10.00"),  # 1 day
        ("C", "2025-02-19", "20.00"),  # 30 days
        ("D", "2025-02-18", "30.00"),  # 31 days
        ("E", "2024-12-20", "40.00"),  # 91 days
    ):
        company.bill(vendor="Duo", number=number, due_date=due, total=total, issue_date="2024-12-01")
    reply = company.ask(Ageing())
    assert reply.text.splitlines()[:5] == [
        "We owe €200.00:",
        "• Not due yet: €100.00 (1 bill)",
        "• 1–30 days overdue: €30.00 (2 bills)",
        "• 31–60 days overdue: €30.00 (1 bill)",
        "• More than 90 days overdue: €40.00 (1 bill)",
    ]
    assert reply.text.splitlines()[6] == "1. Duo E · €40.00 · due 20 Dec 2024 (91 days overdue)"
    assert [file.name for file in reply.attachments] == ["ageing-EUR.png"]
    assert company.kept[reply.attachments[0].sha256].startswith(b"\x89PNG")
    assert not company.ask(Ageing(chart=False)).attachments


def test_what_waits_is_listed(company: Company):
    assert company.ask(Waiting()).text == "Nothing waits for you."
    bill = company.bill(draft=True)
    reply = company.ask(Waiting())
    assert reply.text == "1 document to confirm:\n• Acme GmbH 2024-117 · €1,249.50 · Waiting for you"
    assert (reply.listed, reply.bill) == ((bill,), bill)
