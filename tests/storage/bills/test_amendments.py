"""Correcting a bill by words, and taking the correction back."""

from __future__ import annotations

from datetime import date

import pytest
from sqlmodel import Session

from storage.bills import amendments, lifecycle, setting_aside
from storage.errors import Incomplete, Unfit, WrongState
from storage.ledger import accounts
from storage.ledger.money import Money
from storage.models import Amendment, Bill, BillState
from storage.payments import bill_payments
from tests.fakes.books.small_company import NOW, TODAY, invoice


def amend(session: Session, bill: Bill, anna: int, key: str = "m", **changes: str | None) -> list[Amendment]:
    return amendments.amend(session, bill.id, changes, message_key=key, person_id=anna, now=NOW)


def held(session: Session) -> dict[str, int]:
    return {b.code: b.amount.minor for b in accounts.balances(session) if b.amount.minor}


def confirmed(session: Session, anna: int) -> Bill:
    return lifecycle.confirm(session, invoice(session, anna).id, key="c", person_id=anna, now=NOW)


def test_a_corrected_value_is_certain_and_shows_old_and_new(session: Session, anna: int) -> None:
    bill = invoice(session, anna)
    made = amend(session, bill, anna, total="1294.50", due_date="2025-05-15")
    assert [(a.field, a.old, a.new) for a in made] == [
        ("total", "1249.50", "1294.50"),
        ("due_date", "2025-04-02", "2025-05-15"),
    ]
    assert (bill.total_minor, bill.due_date) == (129450, date(2025, 5, 15))
    assert bill.evidence["total"] == {
        "value": "1294.50", "confidence": 1.0, "page": 1, "box": None, "source": "person", "reason": "",
    }  # fmt: skip


def test_saying_what_was_read_already_makes_it_certain(session: Session, anna: int) -> None:
    bill = invoice(session, anna)
    assert amend(session, bill, anna, total="1249.50") == []
    assert bill.evidence["total"]["confidence"] == 1.0 and bill.evidence["total"]["box"] == [1, 2, 3, 4]


def test_undo_puts_everything_back_as_it_was_read(session: Session, anna: int) -> None:
    bill = invoice(session, anna, due_date=None)
    before = bill.model_dump()
    amend(session, bill, anna, total="1294.50", due_date="2025-05-15", vendor="Zenith", tax=None)
    assert bill.model_dump() != before
    assert len(amendments.undo(session, "m", person_id=anna, now=NOW)) == 4
    assert bill.model_dump() == before
    assert amendments.undo(session, "m", person_id=anna, now=NOW) == []
    assert amendments.undo(session, "never sent", person_id=anna, now=NOW) == []


def test_the_same_message_again_changes_nothing(session: Session, anna: int) -> None:
    bill = invoice(session, anna)
    first = amend(session, bill, anna, total="1294.50")
    amend(session, bill, anna, key="m2", total="1.00", tax=None)
    assert [a.id for a in amend(session, bill, anna, total="1294.50")] == [first[0].id]
    assert bill.total_minor == 100


def test_undo_of_a_field_corrected_again_since_is_refused(session: Session, anna: int) -> None:
    bill = invoice(session, anna)
    amend(session, bill, anna, key="m1", due_date="2025-05-15")
    amend(session, bill, anna, key="m2", due_date="2025-05-16")
    with pytest.raises(WrongState, match="due date was corrected again"):
        amendments.undo(session, "m1", person_id=anna, now=NOW)
    amendments.undo(session, "m2", person_id=anna, now=NOW)
    amendments.undo(session, "m1", person_id=anna, now=NOW)
    assert bill.due_date == date(2025, 4, 2)


def test_correcting_a_confirmed_bill_posts_it_anew(session: Session, anna: int) -> None:
    bill = confirmed(session, anna)
    before = held(session)
    amend(session, bill, anna, total="1294.50", vendor="Zenith Ltd")
    assert bill.open_minor == 129450 and bill.state is BillState.CONFIRMED
    # 1,294.50 gross - 199.50 VAT = 1,095.00 net
    assert held(session) == {"expense": 109500, "input_vat:19": 19950, "payable": -129450}
    assert lifecycle.confirmation_in_force(session, bill).description == "Zenith Ltd 2024-117"
    amendments.undo(session, "m", person_id=anna, now=NOW)
    assert held(session) == before and bill.open_minor == 124950


def test_a_correction_of_the_issue_date_moves_the_entry(session: Session, anna: int) -> None:
    bill = confirmed(session, anna)
    amend(session, bill, anna, issue_date="2025-02-01")
    at_end_of_february = accounts.balances(session, at=date(2025, 2, 28), codes=["payable"])
    assert [b.amount for b in at_end_of_february] == [Money.of("-1249.50", "EUR")]


def test_a_booked_bill_cannot_lose_what_it_needs(session: Session, anna: int) -> None:
    bill = confirmed(session, anna)
    with pytest.raises(Incomplete, match="vendor"):
        amend(session, bill, anna, vendor=None)
    assert bill.vendor == "Acme GmbH" and bill.open_minor == 124950


@pytest.mark.parametrize(
    ("changes", "state", "open_minor"),
    [
        ({"total": "1300.00"}, BillState.PART_PAID, 80000),  # 1,300.00 - 500.00
        ({"total": "500.00"}, BillState.PAID, 0),
        ({"due_date": "2025-06-01"}, BillState.PART_PAID, 74950),
    ],
)
def test_a_part_paid_bill_can_be_corrected_where_it_fits_the_payment(
    session: Session, anna: int, changes: dict[str, str], state: BillState, open_minor: int
) -> None:
    bill = confirmed(session, anna)
    paid = Money.of("500", "EUR")
    bill_payments.pay(session, bill.id, key="p", amount=paid, on=TODAY, person_id=anna, now=NOW)
    amend(session, bill, anna, **changes)
    assert (bill.state, bill.open_minor) == (state, open_minor)


@pytest.mark.parametrize("changes", [{"total": "499.99"}, {"currency": "USD"}])
def test_a_correction_against_what_is_paid_is_refused(session: Session, anna: int, changes: dict[str, str]) -> None:
    bill = confirmed(session, anna)
    paid = Money.of("500", "EUR")
    bill_payments.pay(session, bill.id, key="p", amount=paid, on=TODAY, person_id=anna, now=NOW)
    before = held(session)
    with pytest.raises(WrongState, match=r"500\.00 EUR .* paid already.* Take the payment back"):
        amend(session, bill, anna, **changes)
    assert held(session) == before and bill.open_minor == 74950


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"total": "abc"}, "not an amount"),
        ({"total": "12.345"}, "more decimals than EUR"),
        ({"total": "-5.00"}, "credit note"),
        ({"due_date": "2025-02-30"}, "not a date"),
        ({"currency": "EURO"}, "not a currency"),
        ({"currency": "JPY"}, "more decimals than JPY"),
        ({"vendor": "…"}, "not a name"),
        ({"colour": "red"}, "no field colour"),
    ],
)
def test_a_value_that_does_not_fit_is_refused_and_nothing_changes(
    session: Session, anna: int, changes: dict[str, str], reason: str
) -> None:
    bill = invoice(session, anna)
    before = bill.model_dump()
    with pytest.raises(Unfit, match=reason):
        amend(session, bill, anna, **changes)
    assert bill.model_dump() == before


def test_the_currency_gives_the_amounts_that_were_read_their_value(session: Session, anna: int) -> None:
    bill = invoice(session, anna, currency=None)
    assert bill.total_minor is None
    amend(session, bill, anna, currency="EUR")
    assert (bill.total_minor, bill.tax_minor) == (124950, 19950)


def test_total_and_currency_can_be_corrected_together(session: Session, anna: int) -> None:
    bill = invoice(session, anna)
    amend(session, bill, anna, total="1250", tax="200", subtotal="1050", currency="JPY")
    assert (bill.total_minor, bill.currency) == (1250, "JPY")


def test_a_void_bill_stays_as_it_is(session: Session, anna: int) -> None:
    bill = invoice(session, anna)
    amend(session, bill, anna, total="1.00", tax=None)
    setting_aside.void(session, bill.id, person_id=anna, now=NOW)
    with pytest.raises(WrongState, match="void"):
        amend(session, bill, anna, key="m2", total="2.00")
    with pytest.raises(WrongState, match="void"):
        amendments.undo(session, "m", person_id=anna, now=NOW)
