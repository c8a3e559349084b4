"""The life of a bill and what it does to the ledger."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlmodel import Session, func, select

from storage import audit
from storage.bills import lifecycle, outstanding, setting_aside
from storage.bills.bill_drafts import draft
from storage.errors import (
    Incomplete,
    LedgerError,
    NoRate,
    NoSuchAccount,
    NoSuchBill,
    Overpaid,
    Unbalanced,
    Unfit,
    WrongState,
)
from storage.ledger import accounts, booking, double_entry
from storage.ledger.money import Money
from storage.models import Bill, BillState, Entry
from storage.payments import bill_payments
from tests.fakes.books.small_company import NOW, TODAY, document, evidence, invoice


def eur(amount: str) -> Money:
    return Money.of(amount, "EUR")


def holds(session: Session, at: date | None = None) -> dict[str, str]:
    """Every account that holds something, as code → amount."""
    found = accounts.balances(session, at=at)
    return {balance.code: str(balance.amount) for balance in found if balance.amount.minor}


def confirmed(session: Session, anna: int, **values: str | None) -> Bill:
    bill = invoice(session, anna, **values)
    return lifecycle.confirm(session, bill.id, key=f"m:{bill.id}", person_id=anna, now=NOW)


def test_a_draft_is_not_in_the_ledger(session: Session, anna: int) -> None:
    bill = invoice(session, anna)
    assert (bill.state, bill.total_minor, bill.tax_minor, bill.open_minor) == (BillState.DRAFT, 124950, 19950, 0)
    assert (bill.vendor, bill.issue_date, bill.due_date) == ("Acme GmbH", date(2025, 3, 3), date(2025, 4, 2))
    assert holds(session) == {}
    assert outstanding.waiting_bills(session) == [bill]


def test_a_confirmed_bill_is_owed(session: Session, anna: int) -> None:
    bill = confirmed(session, anna)
    assert bill.state is BillState.CONFIRMED and bill.open_minor == 124950
    assert holds(session) == {"expense": "1050.00 EUR", "input_vat:19": "199.50 EUR", "payable": "-1249.50 EUR"}
    assert holds(session, at=date(2025, 3, 2)) == {}  # it is booked on its issue date, 3 March
    assert accounts.trial_balance(session)["EUR"].debit == accounts.trial_balance(session)["EUR"].credit
    assert [line.action for line in audit.history(session, bill.id)] == ["drafted", "confirmed"]


def test_confirming_by_the_same_message_again_changes_nothing(session: Session, anna: int) -> None:
    bill = confirmed(session, anna)
    lifecycle.confirm(session, bill.id, key=f"m:{bill.id}", person_id=anna, now=NOW)
    assert session.exec(select(func.count()).select_from(Entry)).one() == 1
    with pytest.raises(WrongState, match="confirmed already"):
        lifecycle.confirm(session, bill.id, key="another message", person_id=anna, now=NOW)


def test_a_confirmation_taken_back_leaves_a_draft_that_can_be_confirmed_again(session: Session, anna: int) -> None:
    bill = confirmed(session, anna)
    for _ in range(2):  # repeated by the same message
        lifecycle.unconfirm(session, bill.id, key="u", person_id=anna, now=NOW)
    assert bill.state is BillState.DRAFT and bill.open_minor == 0 and holds(session) == {}
    lifecycle.confirm(session, bill.id, key="again", person_id=anna, now=NOW)
    assert bill.open_minor == 124950 and holds(session)["payable"] == "-1249.50 EUR"
    bill_payments.pay(session, bill.id, key="p", on=TODAY, person_id=anna, now=NOW)
    with pytest.raises(WrongState, match="cannot be taken back"):
        lifecycle.unconfirm(session, bill.id, key="u2", person_id=anna, now=NOW)


def test_a_bill_without_what_is_needed_names_what_is_missing(session: Session, anna: int) -> None:
    bill = invoice(session, anna, vendor=None, currency=None)
    assert bill.total_minor is None and bill.evidence["total"]["value"] == "1249.50"
    with pytest.raises(Incomplete, match="vendor, currency") as caught:
        lifecycle.confirm(session, bill.id, key="m", person_id=anna, now=NOW)
    assert caught.value.missing == ("vendor", "currency")
    assert bill.state is BillState.DRAFT


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ({"total": "0.00", "tax": None}, "total is zero"),
        ({"tax": "2000"}, "VAT of 2000.00 EUR is more than the total"),
        ({"issue_date": "9999-12-31"}, "date of issue"),
        ({"issue_date": "0001-01-01"}, "date of issue"),
    ],
)
def test_what_cannot_be_booked_is_refused(
    session: Session, anna: int, values: dict[str, str | None], reason: str
) -> None:
    bill = invoice(session, anna, **values)
    with pytest.raises(Unfit, match=reason):
        lifecycle.confirm(session, bill.id, key="m", person_id=anna, now=NOW)


def test_a_bill_is_paid_in_two_parts(session: Session, anna: int) -> None:
    bill = confirmed(session, anna)
    paid = {"on": TODAY, "person_id": anna, "now": NOW}
    bill_payments.pay(session, bill.id, key="m1", amount=eur("500"), account="cash", **paid)
    assert bill.state is BillState.PART_PAID and bill.open_minor == 74950  # 1,249.50 - 500.00
    bill_payments.pay(session, bill.id, key="m1", amount=eur("500"), account="cash", **paid)  # repeated
    assert bill.open_minor == 74950
    bill_payments.pay(session, bill.id, key="m2", **paid)
    assert bill.state is BillState.PAID and bill.open_minor == 0
    assert holds(session)["cash"] == "-500.00 EUR" and holds(session)["bank"] == "-749.50 EUR"
    assert "payable" not in holds(session)
    with pytest.raises(WrongState, match="nothing to pay"):
        bill_payments.pay(session, bill.id, key="m3", **paid)


def test_a_draft_marked_paid_is_confirmed_at_once(session: Session, anna: int) -> None:
    bill = invoice(session, anna)
    bill_payments.pay(session, bill.id, key="m", on=TODAY, person_id=anna, now=NOW)
    assert bill.state is BillState.PAID
    assert holds(session) == {"expense": "1050.00 EUR", "input_vat:19": "199.50 EUR", "bank": "-1249.50 EUR"}


@pytest.mark.parametrize(
    ("amount", "account", "error", "reason"),
    [
        (Money(124951, "EUR"), "bank", Overpaid, r"1249\.51 EUR is more than the 1249\.50 EUR that is open"),
        (Money(100, "USD"), "bank", NoRate, "no exchange rate between EUR and USD"),
        (Money(0, "EUR"), "bank", Unfit, "is none"),
        (Money(-100, "EUR"), "bank", Unfit, "is none"),
        (None, "input_vat:19", NoSuchAccount, "paid from bank or cash"),
    ],
)
def test_a_payment_that_does_not_fit_is_refused(
    session: Session, anna: int, amount: Money | None, account: str, error: type[LedgerError], reason: str
) -> None:
    bill = confirmed(session, anna)
    with pytest.raises(error, match=reason):
        bill_payments.pay(session, bill.id, key="m", amount=amount, account=account, on=TODAY, person_id=anna, now=NOW)
    assert bill.open_minor == 124950


def test_taking_the_payment_back_restores_what_was(session: Session, anna: int) -> None:
    bill = confirmed(session, anna)
    before = holds(session)
    bill_payments.pay(session, bill.id, key="m1", on=TODAY, person_id=anna, now=NOW)
    bill_payments.unpay(session, bill.id, key="m2", person_id=anna, now=NOW)
    bill_payments.unpay(session, bill.id, key="m2", person_id=anna, now=NOW)
    assert bill.state is BillState.CONFIRMED and bill.open_minor == 124950
    assert holds(session) == before
    with pytest.raises(WrongState, match="no payment to take back"):
        bill_payments.unpay(session, bill.id, key="m3", person_id=anna, now=NOW)


def test_a_void_bill_leaves_no_trace_in_the_balances(session: Session, anna: int) -> None:
    bill = confirmed(session, anna)
    setting_aside.void(session, bill.id, person_id=anna, now=NOW)
    setting_aside.void(session, bill.id, person_id=anna, now=NOW)
    assert bill.state is BillState.VOID and bill.open_minor == 0
    assert holds(session) == holds(session, at=date(2025, 3, 3)) == {}
    assert outstanding.open_bills(session) == []
    with pytest.raises(WrongState):
        lifecycle.confirm(session, bill.id, key="again", person_id=anna, now=NOW)


def test_a_paid_bill_cannot_be_void_before_the_payment_is_taken_back(session: Session, anna: int) -> None:
    bill = confirmed(session, anna)
    bill_payments.pay(session, bill.id, key="m", amount=eur("1"), on=TODAY, person_id=anna, now=NOW)
    with pytest.raises(WrongState, match="Take the payment back first"):
        setting_aside.void(session, bill.id, person_id=anna, now=NOW)


@pytest.mark.parametrize("printed", ["1249.50", "-1249.50"])
def test_a_credit_note_is_owed_to_us(session: Session, anna: int, printed: str) -> None:
    bill = invoice(session, anna, kind="credit_note", total=printed)
    lifecycle.confirm(session, bill.id, key="m", person_id=anna, now=NOW)
    assert bill.open_minor == 124950
    assert holds(session)["payable"] == "1249.50 EUR"
    assert outstanding.open_amount(bill) == eur("-1249.50")
    bill_payments.pay(session, bill.id, key="m", on=TODAY, person_id=anna, now=NOW)
    assert bill.state is BillState.PAID and holds(session)["bank"] == "1249.50 EUR"


def test_an_invoice_with_a_negative_total_is_a_credit_note(session: Session, anna: int) -> None:
    bill = invoice(session, anna, total="-119.00", subtotal="-100.00", tax="-19.00")
    assert (bill.kind, bill.total_minor, bill.tax_minor) == ("credit_note", 11900, 1900)


def test_what_was_read_wrong_stays_as_a_doubt_with_its_reason(session: Session, anna: int) -> None:
    bill = invoice(session, anna, tax="19.999", due_date="2025-02-30", number="  24\x00-7\n", vendor="—")
    assert bill.tax_minor is None and bill.due_date is None and bill.vendor is None
    assert bill.evidence["tax"]["confidence"] == 0 and "more decimals" in bill.evidence["tax"]["reason"]
    assert "not a date" in bill.evidence["due_date"]["reason"]
    assert "not a name" in bill.evidence["vendor"]["reason"]
    assert bill.number == "24 -7"


def test_due_bills_are_listed_by_date_vendor_and_summed_by_currency(session: Session, anna: int) -> None:
    later = confirmed(session, anna, number="2", due_date="2025-05-01", total="10.00", tax=None)
    sooner = confirmed(session, anna, number="1", vendor="Müller & Söhne KG", total="20.00", tax=None)
    undated = confirmed(session, anna, number="3", due_date=None, currency="USD", total="5.00", tax=None)
    credit = confirmed(session, anna, number="4", due_date="2025-06-01", total="3.00", tax=None)
    invoice(session, anna, number="5", total="99.00", tax=None)  # a draft is not due
    assert outstanding.open_bills(session) == [sooner, later, credit, undated]
    assert outstanding.open_bills(session, until=date(2025, 5, 1)) == [sooner, later]
    assert outstanding.open_bills(session, since=date(2025, 5, 1)) == [later, credit]
    assert outstanding.open_bills(session, vendor="mueller soehne") == [sooner]
    assert outstanding.open_bills(session, vendor="acme") == [later, credit, undated]
    assert outstanding.open_bills(session, vendor="Nobody Ltd") == []
    assert outstanding.undated_bills(session) == [undated]
    assert outstanding.totals(outstanding.open_bills(session)) == [eur("33.00"), Money.of("5.00", "USD")]


def test_drafting_by_the_same_key_again_returns_the_bill(session: Session, anna: int) -> None:
    values = {"key": "mail:1/0", "kind": "invoice", "person_id": anna, "now": NOW}
    file = document(session, anna)
    one = draft(session, document=file, evidence=evidence(total="1.00", currency="EUR"), **values)
    again = draft(session, document=file, evidence=evidence(total="2.00", currency="EUR"), **values)
    assert one.id == again.id and again.total_minor == 100


def test_a_bill_that_is_not_there_is_named_as_such(session: Session, anna: int) -> None:
    for ask in (lifecycle.find, lifecycle.lock):
        with pytest.raises(NoSuchBill):
            ask(session, 4711)


def test_opening_balances_and_unknown_accounts(session: Session, anna: int) -> None:
    opening = double_entry.opening("opening:bank", TODAY, account="bank", balance=eur("1000"))
    booking.post(session, opening, person_id=anna, now=NOW)
    booking.post(session, opening, person_id=anna, now=NOW)
    assert holds(session) == {"bank": "1000.00 EUR", "equity": "-1000.00 EUR"}
    assert holds(session, at=TODAY - timedelta(days=1)) == {}
    with pytest.raises(NoSuchAccount, match=r"There are: .*bank, bank_fees, cash"):
        booking.post(
            session,
            double_entry.opening("o", TODAY, account="piggy", balance=eur("1")),
            person_id=anna,
            now=NOW,
        )
    with pytest.raises(Unbalanced, match="is zero"):
        booking.post(
            session, double_entry.opening("z", TODAY, account="bank", balance=eur("0")), person_id=anna, now=NOW
        )


def test_an_entry_is_reversed_once(session: Session, anna: int) -> None:
    opening = double_entry.opening("opening:bank", TODAY, account="bank", balance=eur("1000"))
    entry = booking.post(session, opening, person_id=anna, now=NOW)
    first = booking.reverse(session, entry, key="r1", person_id=anna, now=NOW)
    assert booking.reverse(session, entry, key="r1", person_id=anna, now=NOW).id == first.id
    for undone, key in ((entry, "r2"), (first, "r3")):
        with pytest.raises(WrongState, match="taken back already"):
            booking.reverse(session, undone, key=key, person_id=anna, now=NOW)
    assert holds(session) == {}
