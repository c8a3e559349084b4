"""Discounts of two steps: each is taken in its time, and both follow the bill."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from sqlmodel import Session

from storage.bills import amendments, discounts, lifecycle
from storage.ledger.money import Money
from storage.models import Bill, BillState
from storage.payments import bill_payments, payment_orders
from tests.fakes.books.small_company import invoice

FIRST, LATER = date(2025, 3, 24), date(2025, 3, 31)
OFFERED = {
    "discount": "3%",
    "discount_until": FIRST.isoformat(),
    "later_discount": "2%",
    "later_discount_until": LATER.isoformat(),
}


def offered(session: Session, who: dict[str, Any], **told: str | None) -> Bill:
    """A confirmed bill over 100.00 euros, due on 30 April, with 3 % until 24 March and 2 % until the 31st."""
    values = {"subtotal": None, "tax": None, "total": "100.00", "due_date": "2025-04-30"}
    bill = invoice(session, who["person_id"], iban="DE89370400440532013000", **values, **(OFFERED | told))
    return lifecycle.confirm(session, bill.id, key=f"m:{bill.id}", **who)


@pytest.mark.parametrize(
    ("on", "rest"),
    [(FIRST, "97.00"), (date(2025, 3, 25), "98.00"), (LATER, "98.00"), (date(2025, 4, 1), None)],
)
def test_each_step_holds_until_its_day(session: Session, who: dict[str, Any], on: date, rest: str | None) -> None:
    bill = offered(session, who)
    due = discounts.discounted_rest(bill, on)
    assert due == (Money.of(rest, "EUR") if rest else None)
    if due:
        bill_payments.pay(session, bill.id, key="p", on=on, amount=due, **who)
        assert bill.state is BillState.PAID


@pytest.mark.parametrize(
    ("today", "amount", "on"),
    [
        (date(2025, 3, 21), "97.00", FIRST),
        (date(2025, 3, 25), "98.00", LATER),
        (date(2025, 4, 1), "100.00", date(2025, 4, 30)),
    ],
)
def test_a_payment_file_pays_at_the_end_of_the_step_that_holds(
    session: Session, who: dict[str, Any], today: date, amount: str, on: date
) -> None:
    offered(session, who)
    (transfer,), left_out = payment_orders.plan(session, today)
    assert (transfer.amount, transfer.on, left_out) == (Money.of(amount, "EUR"), on, [])


def test_both_steps_follow_a_corrected_total(session: Session, who: dict[str, Any]) -> None:
    bill = offered(session, who)
    amendments.amend(session, bill.id, {"total": "200.00"}, message_key="t", **who)
    assert [(str(step.off), step.until, step.said) for step in discounts.steps(bill)] == [
        ("6.00 EUR", FIRST, "3%"),
        ("4.00 EUR", LATER, "2%"),
    ]


@pytest.mark.parametrize(
    "told",
    [
        {"discount": "2%"},  # no more than later
        {"discount_until": "2025-04-01"},  # after the later one
        {"discount_until": None},  # whenever it is paid
        {"later_discount_until": None},
    ],
)
def test_a_later_step_that_is_no_step_down_does_not_count(
    session: Session, who: dict[str, Any], told: dict[str, str | None]
) -> None:
    assert len(discounts.steps(offered(session, who, **told))) == 1


def test_without_the_first_step_there_is_no_later_one(session: Session, who: dict[str, Any]) -> None:
    assert discounts.steps(offered(session, who, discount=None)) == ()
