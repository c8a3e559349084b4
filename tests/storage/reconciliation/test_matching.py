"""Which bill a movement pays, with which certainty."""

from __future__ import annotations

from datetime import date

import pytest

from storage.models import Bill, BillState, Movement, Side
from storage.reconciliation.matching import OpenBill, Part, Proposal, proposals
from storage.reconciliation.remittance_information import mentions

IBAN = "DE89370400440532013000"


def bill(id_: int = 1, open_: int = 124950, **values: object) -> Bill:
    """An open bill of Acme's."""
    acme = {
        "kind": "invoice",
        "vendor": "Acme GmbH",
        "vendor_id": 1,
        "number": "2024-117",
        "currency": "EUR",
        "due_date": date(2025, 4, 2),
    }
    return Bill(
        id=id_,
        key=str(id_),
        document_id=1,
        state=BillState.CONFIRMED,
        open_minor=open_,
        total_minor=open_,
        created_by=1,
        **{**acme, **values},
    )


def movement(amount: int = -124950, **values: object) -> Movement:
    """Money that went out on 21 March."""
    usual = {"currency": "EUR", "text": "", "counterparty": None}
    of_bank = {"id": 1, "statement_id": 1, "account_id": 1, "key": "k", "booked_on": date(2025, 3, 21)}
    return Movement(amount_minor=amount, **of_bank, **{**usual, **values})


def matches(of_bank: Movement, open_: list[Bill], ordered: dict[str, int] | None = None) -> list[Proposal]:
    return proposals(of_bank, [OpenBill.of(each) for each in open_], ordered)


@pytest.mark.parametrize(
    ("of_bank", "of_bill", "reasons", "sure"),
    [
        ({"text": "Rechnung 2024/117"}, {}, {"number", "amount", "date"}, True),
        ({"reference": "RF18539007547034"}, {"payment_reference": "RF18 5390 0754 7034"},
         {"reference", "amount", "date"}, True),
        ({"counterparty_iban": IBAN}, {"iban": IBAN}, {"iban", "amount", "date"}, True),
        ({"counterparty": "ACME G.M.B.H."}, {}, {"name", "amount", "date"}, False),
        ({"text": "Lastschrift Acme"}, {}, {"name", "amount", "date"}, False),
        ({"text": "Karte"}, {}, {"amount", "date"}, False),  # nobody is named, so it is worth a question
        ({"text": "Rechnung 117"}, {"number": "117"}, {"number", "amount", "date"}, False),  # a short number alone
        ({"text": "Rg 117", "counterparty": "Acme"}, {"number": "117"}, {"number", "name", "amount", "date"}, True),
        ({"text": "Rechnung 2024-117"}, {"open_": 130000}, {"number", "part", "date"}, False),
        ({"text": "Rechnung 2024-117"}, {"open_": 124000}, {"number", "fee", "date"}, False),
        ({"text": "2024-117"}, {"open_": 127500, "discount_minor": 2550}, {"number", "discount", "date"}, True),
        ({"text": "x", "counterparty": "Acme"}, {"open_": 127500, "discount_minor": 2550},
         {"name", "discount", "date"}, False),
    ],
)  # fmt: skip
def test_one_bill(of_bank, of_bill, reasons, sure):
    (found,) = matches(movement(**of_bank), [bill(**of_bill)])
    assert set(found.reasons) == reasons
    assert found.sure is sure


@pytest.mark.parametrize(
    ("of_bank", "of_bill"),
    [
        ({"counterparty": "Somebody else"}, {}),  # the amount alone, of another party
        ({"amount": 124950, "text": "2024-117"}, {}),  # money that came in pays nothing that we owe
        ({"currency": "CHF", "text": "2024-117"}, {}),
        ({"amount": -200000, "counterparty": "Acme GmbH"}, {}),
        ({"text": "12024-1175"}, {"vendor": "Globex", "open_": 500}),  # the number within another
    ],
)
def test_no_bill(of_bank, of_bill):
    assert matches(movement(**of_bank), [bill(**of_bill)]) == []


def test_money_in_pays_our_own_invoices_and_credit_notes_to_us():
    ours = bill(side=Side.RECEIVABLE)
    credit = bill(2, kind="credit_note", number="C-2024-9")
    assert matches(movement(124950, text="Rechnung 2024-117"), [ours])[0].sure
    assert matches(movement(124950, text="Gutschrift C-2024-9"), [credit])[0].sure


def test_two_bills_alike_are_asked_about():
    found = matches(movement(counterparty_iban=IBAN), [bill(iban=IBAN), bill(2, iban=IBAN, number="2024-118")])
    assert len(found) == 2
    assert not any(each.sure for each in found)


def test_the_number_decides_between_two_alike():
    bills = [bill(iban=IBAN), bill(2, iban=IBAN, number="2024-118")]
    best, other = matches(movement(counterparty_iban=IBAN, text="Rg. 2024-118"), bills)
    assert best.bills == (2,)
    assert best.sure
    assert not other.sure


def test_the_end_to_end_id_of_our_payment_file_is_the_surest():
    (found,) = matches(movement(reference="20250321-abc-1"), [bill()], {"20250321-abc-1": 1})
    assert found.sure
    assert "order" in found.reasons


def test_several_bills_that_are_named_are_paid_by_one_movement():
    bills = [bill(1, 100000), bill(2, 24950, number="2024-118"), bill(3, 700, number="2024-119")]
    best = matches(movement(text="Rg 2024-117 und 2024-118", counterparty="Acme"), bills)[0]
    assert best.bills == (1, 2)
    assert best.sure


def test_the_only_sum_of_a_partys_bills_is_asked_about():
    bills = [bill(1, 100000), bill(2, 24950, number="2024-118"), bill(3, 700, number="2024-119")]
    (best,) = matches(movement(counterparty="Acme GmbH"), bills)
    assert best.parts == (Part(1, 100000), Part(2, 24950))
    assert not best.sure


def test_a_credit_note_is_taken_off_a_payment():
    bills = [bill(1, 130000), bill(2, 5050, number="C-2024-9", kind="credit_note")]
    best = matches(movement(text="2024-117 abzgl. C-2024-9"), bills)[0]
    assert best.bills == (1, 2)
    assert best.sure


@pytest.mark.parametrize(
    ("text", "number", "there"),
    [
        ("Rg. RE-2024/117 vom", "RE 2024-117", True),
        ("RE2024117", "RE-2024-117", True),
        ("RE20241170", "RE-2024-117", False),
        ("12", "12", False),
        ("Rechnung abc", "abc", False),
    ],
)
def test_numbers_in_texts(text, number, there):
    assert mentions(text, number) is there


def test_a_proposal_survives_being_kept():
    kept = Proposal((Part(1, 100, 2),), 90, ("number", "amount"), 3, True)
    assert Proposal.from_record(kept.to_record()) == kept
