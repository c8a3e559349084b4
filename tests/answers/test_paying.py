"""How to pay, and whose payment it is: money out or in, one of several, a part. Today is Friday 21 March 2025."""

from __future__ import annotations

from datetime import date

import pytest
from sqlmodel import func, select

from handlers.errors import NotPossible, WhichOne
from handlers.requests import HowToPay, Pay
from storage.models import Bill, BillState, Entry, Role
from tests.fakes.books.company_quarter import Company
from tests.fakes.books.small_company import ACME
from tests.fakes.books.staff import join, require_approval

IBAN = "DE89370400440532013000"


def labels(reply) -> list[str]:
    return [choice.label for choice in reply.choices]


def entries(company: Company) -> int:
    with company.database.transaction() as session:
        return session.exec(select(func.count()).select_from(Entry)).one()


def state(company: Company, bill: int) -> BillState:
    with company.database.transaction() as session:
        return session.get_one(Bill, bill).state


def test_asking_how_to_pay_books_nothing_and_offers_what_can_be_done(company: Company):
    bill = company.bill(**ACME | {"iban": IBAN})
    before = entries(company)
    reply = company.ask(HowToPay(), bill=bill)
    assert reply.text.startswith("Nothing has been paid: I can't move money. €1,249.50 is to go to Acme GmbH.")
    assert "“paid it today from the bank”" in reply.text and reply.card is not None
    assert labels(reply) == ["Payment file", "QR code", "I paid it today", "Show original"]
    assert reply.choices[0].id == "say:payment file for Acme GmbH"
    assert (entries(company), state(company, bill)) == (before, BillState.CONFIRMED)


def test_without_an_iban_only_telling_is_left(company: Company):
    reply = company.ask(HowToPay(), bill=company.acme())
    assert labels(reply) == ["I paid it today", "Show original"] and "I need their IBAN" in reply.text


def test_a_bill_that_waits_for_an_approval_says_so(company: Company):
    join(company, "Anna", Role.APPROVER)
    require_approval(company, 100000)
    reply = company.ask(HowToPay(), bill=company.bill(**ACME | {"iban": IBAN}))
    assert reply.text == "Waits for the approval of Anna. Nothing was paid."
    assert "QR code" not in labels(reply) and "I paid it today" not in labels(reply)


def test_drafts_what_is_paid_and_what_comes_to_us(company: Company):
    assert "waits to be confirmed" in company.ask(HowToPay(), bill=company.bill(draft=True)).text
    ours = company.ours("Globex AG", number="R-1", total="4330.00")
    assert "money that comes to us: €4,330.00 from Globex AG" in company.ask(HowToPay("globex"), bill=None).text
    company.pay(ours)
    assert company.ask(HowToPay(), bill=ours).text == "Received on 21 Mar 2025, €4,330.00 on Bank."


def test_money_goes_the_way_that_was_said(company: Company):
    ours = company.ours("Globex AG", number="R-1", total="4330.00")
    acme = company.acme()
    before = entries(company)
    with pytest.raises(NotPossible, match=r"Globex AG R-1 .* money that comes to us.*say “Globex AG paid”"):
        company.ask(Pay(vendor="globex", side="payable"))
    with pytest.raises(NotPossible, match=r"Acme GmbH 2024-117 .* money that we owe.*Nothing was booked"):
        company.ask(Pay(vendor="acme", side="receivable"))
    with pytest.raises(NotPossible, match="money that we owe"):
        company.ask(Pay(side="receivable"), bill=acme)
    assert entries(company) == before
    company.bill(vendor="Globex AG", number="G-9", total="10.00")
    assert company.ask(Pay(vendor="globex", side="receivable")).text.startswith("Received €4,330.00 on Bank")
    assert state(company, ours) is BillState.PAID


def test_of_several_the_one_of_that_very_amount_is_meant(company: Company):
    first = company.bill(vendor="Telekom", number="T-1", issue_date="2025-01-03", total="71.34")
    second = company.bill(vendor="Telekom", number="T-2", issue_date="2025-02-03", total="77.29")
    with pytest.raises(WhichOne):
        company.ask(Pay(vendor="telekom", side="payable"))
    with pytest.raises(WhichOne):
        company.ask(Pay("50", vendor="telekom"))
    assert company.ask(Pay("77.29", vendor="telekom", on=date(2025, 3, 20))).text == (
        "Paid €77.29 from Bank on 20 Mar 2025."
    )
    assert (state(company, first), state(company, second)) == (BillState.CONFIRMED, BillState.PAID)
    assert company.ask(Pay(bill_hint="T-1")).text.startswith("Paid €71.34")
    with pytest.raises(NotPossible, match="All bills of telekom are paid already"):
        company.ask(Pay(vendor="telekom"))


def test_less_than_is_open_is_a_part_and_says_so(company: Company):
    bill = company.bill(vendor="Krause", number="K-26-1", total="2142.00")
    reply = company.ask(Pay("2100", vendor="krause", side="payable"))
    assert reply.text == "Paid €2,100.00 from Bank on 21 Mar 2025. That is a part: €42.00 is still open."
    assert state(company, bill) is BillState.PART_PAID
