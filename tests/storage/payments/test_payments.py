"""What people pay: with a discount, too much, several bills at once, in another currency, ahead of a bill."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from sqlmodel import Session

from storage.bills import amendments, lifecycle, vendors
from storage.errors import NoRate, Overpaid, Unbalanced, Unfit, WrongState
from storage.ledger import accounts, exchange_rates
from storage.ledger.double_entry import Leg
from storage.ledger.exchange_rates import Rate
from storage.ledger.money import Money
from storage.models import Bill, BillState, Side
from storage.payments import allocation, bill_payments, prepayments, settlement
from storage.payments.settlement import Share
from storage.undo import bill_actions
from tests.fakes.books.small_company import TODAY, invoice

IN_TIME, LATE = date(2025, 3, 10), date(2025, 3, 14)


def eur(amount: str) -> Money:
    return Money.of(amount, "EUR")


def usd(amount: str) -> Money:
    return Money.of(amount, "USD")


def holds(session: Session) -> dict[str, str]:
    return {b.code: str(b.amount) for b in accounts.balances(session) if b.amount.minor}


def changed(session: Session, before: dict[str, str]) -> dict[str, str]:
    """The accounts that hold something else than before, with what they hold now."""
    now = holds(session)
    return {code: now.get(code, "0") for code in {*now, *before} if now.get(code) != before.get(code)}


def confirmed(session: Session, who: dict[str, Any], *, kind: str = "invoice", **values: str | None) -> Bill:
    bill = invoice(session, who["person_id"], kind=kind, **values)
    return lifecycle.confirm(session, bill.id, key=f"m:{bill.id}", **who)


def discounted(session: Session, who: dict[str, Any]) -> Bill:
    """119.00 with 19 % VAT, 2 % less if paid until 10 March."""
    bill = confirmed(session, who, subtotal="100.00", tax="19.00", total="119.00")
    told = {"discount": "2%", "discount_until": IN_TIME.isoformat()}
    amendments.amend(session, bill.id, told, message_key=f"d:{bill.id}", **who)
    return bill


# --- discounts ---


@pytest.mark.parametrize("said", [{"amount": eur("116.62")}, {"amount": eur("116.61")}, {"discounted": True}])
def test_the_discounted_amount_in_time_settles_the_bill_and_its_vat_is_corrected(
    session: Session, who: dict[str, Any], said: dict[str, Any]
) -> None:
    bill = discounted(session, who)
    assert bill.discount_minor == 238  # 2 % of 119.00
    paid = bill_payments.pay(session, bill.id, key="p", on=IN_TIME, **said, **who)
    assert bill.state is BillState.PAID
    if said.get("amount") != eur("116.61"):  # a cent less is given as discount, too
        # of 2.38 forgone, 19/119 is VAT: 0.38
        assert (paid.moved, paid.discount) == (eur("-116.62"), eur("2.38"))
        assert holds(session) == {
            "bank": "-116.62 EUR",
            "discount_received": "-2.00 EUR",
            "expense": "100.00 EUR",
            "input_vat:19": "18.62 EUR",
        }
    bill_payments.unpay(session, bill.id, key="u", **who)
    assert bill.open_minor == 11900 and holds(session)["input_vat:19"] == "19.00 EUR"


def test_too_late_it_is_a_part_payment_and_cannot_be_taken_by_itself(session: Session, who: dict[str, Any]) -> None:
    bill = discounted(session, who)
    with pytest.raises(Unfit, match="no discount on"):
        bill_payments.pay(session, bill.id, key="p", on=LATE, discounted=True, **who)
    bill_payments.pay(session, bill.id, key="p", on=LATE, amount=eur("116.62"), **who)
    assert bill.state is BillState.PART_PAID and bill.open_minor == 238


def test_a_discount_in_per_cent_follows_the_total(session: Session, who: dict[str, Any]) -> None:
    bill = discounted(session, who)
    amendments.amend(session, bill.id, {"total": "219.00"}, message_key="t", **who)
    assert bill.discount_minor == 438
    with pytest.raises(Unfit, match="not a discount"):
        amendments.amend(session, bill.id, {"discount": "300%"}, message_key="x", **who)


# --- too much, fees, rounding, several bills ---


@pytest.mark.parametrize(("rest", "account"), [("ahead", "prepaid"), ("fee", "bank_fees"), ("rounding", "rounding")])
def test_more_than_is_open_is_refused_until_somebody_says_what_it_is(
    session: Session, who: dict[str, Any], rest: Any, account: str
) -> None:
    bill = confirmed(session, who)
    with pytest.raises(Overpaid, match=r"1250\.00 EUR is more than the 1249\.50 EUR"):
        bill_payments.pay(session, bill.id, key="p", on=TODAY, amount=eur("1250"), **who)
    bill_payments.pay(session, bill.id, key="p", on=TODAY, amount=eur("1250"), rest=rest, **who)
    assert bill.state is BillState.PAID
    assert holds(session)[account] == "0.50 EUR" and holds(session)["bank"] == "-1250.00 EUR"


def test_a_little_less_may_be_rounding(session: Session, who: dict[str, Any]) -> None:
    bill = confirmed(session, who)
    bill_payments.pay(session, bill.id, key="p", on=TODAY, amount=eur("1249.48"), rest="rounding", **who)
    assert bill.state is BillState.PAID and holds(session)["rounding"] == "-0.02 EUR"


def test_one_movement_pays_two_bills_less_a_credit_note_with_the_banks_fee(
    session: Session, who: dict[str, Any]
) -> None:
    one, two = confirmed(session, who), confirmed(session, who, number="2", total="300.00", tax=None)
    credit = confirmed(session, who, kind="credit_note", number="3", total="49.50", tax=None)
    shares = [Share(one.id, eur("1249.50")), Share(two.id, eur("100.00")), Share(credit.id, eur("49.50"))]
    how: dict[str, Any] = {"key": "s", "account": "bank", "on": TODAY, "extra": [Leg("bank_fees", eur("1.50"))], **who}
    # 1,249.50 + 100.00 - 49.50 + 1.50
    with pytest.raises(Unbalanced):
        settlement.book_settlement(session, shares, moved=eur("-1300.00"), **how)
    for _ in range(2):  # repeated
        entry = settlement.book_settlement(session, shares, moved=eur("-1301.50"), **how)
    assert [one.state, two.state, credit.state] == [BillState.PAID, BillState.PART_PAID, BillState.PAID]
    assert holds(session)["bank"] == "-1301.50 EUR" and two.open_minor == 20000
    bill_payments.unpay(session, two.id, key="u", **who)
    assert [one.open_minor, two.open_minor, credit.open_minor] == [124950, 30000, 4950]
    last = bill_actions.last_undoable(session, one.id)
    assert last is not None and last.action == "confirmed"
    assert settlement.reverse_settlement(
        session, entry, key=f"u/unpay/{two.id}", **who
    )  # the same again changes nothing


def test_a_movement_without_a_bill_is_booked_on_a_category(session: Session, who: dict[str, Any]) -> None:
    fee = Leg("bank_fees", eur("5.00"))
    settlement.book_settlement(session, [], key="f", account="bank", on=TODAY, moved=eur("-5.00"), extra=[fee], **who)
    assert holds(session) == {"bank": "-5.00 EUR", "bank_fees": "5.00 EUR"}


# --- several currencies ---


def test_a_bill_in_dollars_paid_in_euros_books_both_amounts_and_the_gain(session: Session, who: dict[str, Any]) -> None:
    bill = confirmed(session, who, currency="USD", subtotal=None, tax=None, total="100.00")  # of 3 March
    with pytest.raises(NoRate, match="billify rates"):
        bill_payments.pay(session, bill.id, key="p", on=TODAY, amount=eur("92.00"), **who)
    exchange_rates.add(session, [Rate("USD", date(2025, 3, 3), "1.0500"), Rate("USD", date(2025, 3, 21), "1.0900")])
    bill_payments.pay(session, bill.id, key="p", on=TODAY, amount=eur("92.00"), **who)
    assert bill.state is BillState.PAID
    # 100 USD were 95.24 EUR on 3 March; 92.00 were paid: a gain of 3.24
    amounts = {(b.code, str(b.amount)) for b in accounts.balances(session) if b.amount.minor}
    assert amounts == {
        ("bank", "-92.00 EUR"),
        ("exchange", "95.24 EUR"),
        ("exchange", "-100.00 USD"),
        ("exchange_gain", "-3.24 EUR"),
        ("expense", "100.00 USD"),
    }
    assert all(sums.debit == sums.credit for sums in accounts.trial_balance(session).values())
    bill_payments.unpay(session, bill.id, key="u", **who)
    assert holds(session) == {"expense": "100.00 USD", "payable": "-100.00 USD"}


def test_a_part_in_euros_settles_its_worth_and_a_slip_is_refused(session: Session, who: dict[str, Any]) -> None:
    exchange_rates.add(session, [Rate("USD", date(2025, 3, 3), "1.0500"), Rate("USD", date(2025, 3, 21), "1.0000")])
    bill = confirmed(session, who, currency="USD", subtotal=None, tax=None, total="100.00")
    with pytest.raises(Overpaid):
        bill_payments.pay(session, bill.id, key="p", on=TODAY, amount=eur("920.00"), **who)
    bill_payments.pay(session, bill.id, key="p", on=TODAY, amount=eur("50.00"), **who)
    assert bill.open_minor == 5000
    # 50 USD were 47.62 EUR on 3 March
    assert ("exchange_loss", eur("2.38")) in {(b.code, b.amount) for b in accounts.balances(session)}


def test_an_account_kept_in_euros_pays_no_dollars(session: Session, who: dict[str, Any]) -> None:
    accounts.account(session, "bank").currency = "EUR"
    bill = confirmed(session, who, currency="USD", subtotal=None, tax=None, total="100.00")
    with pytest.raises(Unfit, match="Say how much EUR moved"):
        bill_payments.pay(session, bill.id, key="p", on=TODAY, **who)
    with pytest.raises(Unfit, match="Say how much EUR moved"):
        bill_payments.pay(session, bill.id, key="p", on=TODAY, amount=usd("100"), **who)


# --- our own invoices, set-offs, prepayments ---


def test_what_a_customer_owes_us_comes_in(session: Session, who: dict[str, Any]) -> None:
    bill = invoice(session, who["person_id"], vendor="Us Ltd", buyer="Globex Ltd")
    amendments.amend(session, bill.id, {"side": "receivable"}, message_key="a", **who)
    assert (bill.side, bill.vendor) == (Side.RECEIVABLE, "Globex Ltd")
    lifecycle.confirm(session, bill.id, key="c", **who)
    assert holds(session) == {"income": "-1050.00 EUR", "output_vat:19": "-199.50 EUR", "receivable": "1249.50 EUR"}
    paid = bill_payments.pay(session, bill.id, key="p", on=TODAY, **who)
    assert paid.moved == eur("1249.50") and bill.state is BillState.PAID and "receivable" not in holds(session)
    bill_payments.unpay(session, bill.id, key="u", **who)
    amendments.undo(session, "a", **who)
    assert (bill.side, bill.vendor, holds(session)["payable"]) == (Side.PAYABLE, "Us Ltd", "-1249.50 EUR")


def test_a_credit_note_and_a_prepayment_are_set_off_and_taken_back(session: Session, who: dict[str, Any]) -> None:
    bill = confirmed(session, who)
    credit = confirmed(session, who, kind="credit_note", number="C-1", total="49.50", tax=None)
    vendor = vendors.ensure_vendor(session, "Acme GmbH")
    prepayments.prepay(session, vendor, eur("200"), key="a", account="bank", on=TODAY, **who)
    before = holds(session)
    for _ in range(2):  # repeated
        _, applied = allocation.allocate(session, bill.id, key="s", on=TODAY, **who)
    assert sorted(part.amount.minor for part in applied) == [-20000, -4950, 24950]
    assert credit.state is BillState.PAID and bill.open_minor == 100000  # 1,249.50 - 49.50 - 200.00
    assert prepayments.remaining(session, vendor.id, Side.PAYABLE, "EUR").minor == 0
    assert changed(session, before) == {"prepaid": "0", "payable": "-1000.00 EUR"}
    with pytest.raises(WrongState, match="nothing of Acme GmbH to set"):
        allocation.allocate(session, bill.id, key="again", on=TODAY, **who)
    allocation.take_back(session, credit.id, key="b", **who)
    assert holds(session) == before and (bill.open_minor, credit.open_minor) == (124950, 4950)


def test_a_payment_whose_surplus_was_used_cannot_be_taken_back_first(session: Session, who: dict[str, Any]) -> None:
    bill, later = confirmed(session, who), confirmed(session, who, number="2", total="500.00", tax=None)
    bill_payments.pay(session, bill.id, key="p", on=TODAY, amount=eur("1300"), rest="ahead", **who)
    allocation.allocate(session, later.id, key="s", on=TODAY, **who)
    with pytest.raises(WrongState, match="have used this prepayment"):
        bill_payments.unpay(session, bill.id, key="u", **who)
    assert bill.state is BillState.PAID
    allocation.take_back(session, later.id, key="b", **who)
    bill_payments.unpay(session, bill.id, key="u", **who)
    assert (bill.open_minor, later.open_minor) == (124950, 50000)


def test_only_what_is_more_than_open_is_kept_for_later_bills(session: Session, who: dict[str, Any]) -> None:
    bill, before = confirmed(session, who), holds(session)
    with pytest.raises(Unfit, match="nothing is left for later bills"):
        bill_payments.pay(session, bill.id, key="p", on=TODAY, amount=eur("0.01"), rest="ahead", **who)
    assert holds(session) == before and bill.open_minor == 124950


@pytest.mark.parametrize("side", list(Side))
def test_what_is_beyond_a_credit_note_pays_for_no_later_bill(session: Session, who: dict[str, Any], side: Side) -> None:
    credit = invoice(session, who["person_id"], kind="credit_note", number="C-1", total="49.50", tax=None)
    credit.side = side
    lifecycle.confirm(session, credit.id, key="m", **who)
    before = holds(session)
    with pytest.raises(Unfit, match="is a credit note"):
        bill_payments.pay(session, credit.id, key="p", on=TODAY, amount=eur("60.00"), rest="ahead", **who)
    assert holds(session) == before
    bill_payments.pay(session, credit.id, key="p", on=TODAY, amount=eur("50.00"), rest="rounding", **who)
    assert credit.state is BillState.PAID
