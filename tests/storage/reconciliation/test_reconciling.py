"""Movements become entries: with fees, discounts, parts, several bills at once; none where the books are closed."""

from __future__ import annotations

from datetime import date
from itertools import count

import pytest
from sqlmodel import Session, select

from storage.bank.statements import MovementDraft, StatementDraft, import_statement
from storage.bills import lifecycle
from storage.db.database import Database
from storage.errors import LedgerError
from storage.ledger import accounts, period_closing
from storage.ledger.money import Money
from storage.models import Bill, BillState, Closing, Entry, Movement, MovementState, Side
from storage.payments import bill_payments
from storage.reconciliation import reconciling
from tests.fakes.books.small_company import NOW, invoice, owner

ON = date(2025, 3, 20)
_numbers = count(1)


@pytest.fixture
def person(database: Database) -> int:
    return owner(database)


def owed(session: Session, person: int, total: str, number: str, **values: str | None) -> Bill:
    """A confirmed bill of Acme's."""
    kind = str(values.pop("kind", "invoice"))
    plain = {"subtotal": None, "tax": None, "due_date": "2025-03-25", **values}
    bill = invoice(session, person, kind=kind, total=total, number=number, **plain)
    return lifecycle.confirm(session, bill.id, key=f"confirm-{number}", person_id=person, now=NOW)


def moved(session: Session, person: int, amount: str, text: str, counterparty: str = "Acme GmbH") -> Movement:
    """A movement of the bank, imported and looked at."""
    bank = accounts.account(session, "bank")
    line = MovementDraft(ON, Money.of(amount, "EUR"), text, counterparty)
    draft = StatementDraft("camt.053", f"{next(_numbers):064x}", 0, "EUR", (line,))
    (movement,) = import_statement(session, bank.id, draft, person_id=person, now=NOW).new
    reconciling.reconcile_movements(session, [movement], key=f"import-{movement.id}", person_id=person, now=NOW)
    return movement


def held(session: Session) -> dict[str, str]:
    return {b.code: str(b.amount.decimal) for b in accounts.balances(session) if b.amount.minor}


def test_a_discount_in_time_settles_the_bill(database: Database, person: int):
    with database.transaction() as session:
        bill = owed(session, person, "1000.00", "2025-001")
        bill.discount_minor, bill.discount_until = 2000, date(2025, 3, 22)
        movement = moved(session, person, "-980.00", "Rechnung 2025-001 abzgl. 2 % Skonto")
        assert movement.state is MovementState.BOOKED
        assert bill.state is BillState.PAID
        assert held(session) == {"bank": "-980.00", "expense": "1000.00", "discount_received": "-20.00"}


def test_a_fee_of_the_bank_is_asked_about_and_booked_as_one(database: Database, person: int):
    with database.transaction() as session:
        bill = owed(session, person, "1000.00", "2025-001")
        movement = moved(session, person, "-1007.50", "Rechnung 2025-001 Ausland")
        assert movement.state is MovementState.ASKED
        meant = reconciling.proposal_for(session, movement, [bill.id])
        reconciling.pay_bills(session, movement.id, meant, key="said", person_id=person, now=NOW)
        assert held(session) == {"bank": "-1007.50", "expense": "1000.00", "bank_fees": "7.50"}


def test_a_part_is_asked_about_and_leaves_the_rest_open(database: Database, person: int):
    with database.transaction() as session:
        bill = owed(session, person, "1000.00", "2025-001")
        movement = moved(session, person, "-400.00", "1. Rate Rechnung 2025-001")
        meant = reconciling.proposal_for(session, movement, [bill.id])
        reconciling.pay_bills(session, movement.id, meant, key="said", person_id=person, now=NOW)
        assert (bill.state, bill.open_minor) == (BillState.PART_PAID, 60000)


def test_one_payment_of_two_bills_less_a_credit_note(database: Database, person: int):
    with database.transaction() as session:
        first, second = owed(session, person, "1000.00", "2025-001"), owed(session, person, "70.00", "2025-002")
        credit = owed(session, person, "50.00", "C-2025-9", kind="credit_note")
        movement = moved(session, person, "-1020.00", "2025-001, 2025-002 abzgl C-2025-9")
        assert movement.state is MovementState.BOOKED
        assert [bill.state for bill in (first, second, credit)] == [BillState.PAID] * 3
        taken_back = reconciling.unreconcile(session, movement.id, key="undo", person_id=person, now=NOW)
        assert {bill.id for bill in taken_back} == {first.id, second.id, credit.id}
        assert [bill.open_minor for bill in (first, second, credit)] == [100000, 7000, 5000]
        assert "bank" not in held(session)


def test_a_customer_pays_our_invoice(database: Database, person: int):
    with database.transaction() as session:
        bill = invoice(session, person, number="R-2025-77", total="500.00", subtotal=None, tax=None)
        bill.side = Side.RECEIVABLE
        lifecycle.confirm(session, bill.id, key="ours", person_id=person, now=NOW)
        movement = moved(session, person, "500.00", "Ihre Rechnung R-2025-77")
        assert movement.state is MovementState.BOOKED
        assert bill.state is BillState.PAID
        assert held(session)["bank"] == "500.00"


def test_nothing_is_booked_in_a_closed_period(database: Database, person: int):
    with database.transaction() as session:
        owed(session, person, "1000.00", "2025-001", issue_date="2025-03-02")
        session.add(Closing(until=date(2025, 3, 31), closed_by=person, closed_at=NOW))
        session.flush()
        assert period_closing.closing_in_force(session) is not None
        movement = moved(session, person, "-1000.00", "Rechnung 2025-001")
        assert movement.state is MovementState.ASKED, "it waits for the period to be opened again"
        assert "bank" not in held(session)


def test_a_movement_is_booked_once(database: Database, person: int):
    with database.transaction() as session:
        movement = moved(session, person, "-9.90", "Kontofuehrung", "")
        reconciling.categorise(session, movement.id, "bank_fees", key="said", person_id=person, now=NOW)
        with pytest.raises(LedgerError, match="booked already"):
            reconciling.categorise(session, movement.id, "expense", key="again", person_id=person, now=NOW)
        assert held(session) == {"bank": "-9.90", "bank_fees": "9.90"}
        assert len(session.exec(select(Entry)).all()) == 1


def test_two_movements_do_not_find_the_same_noted_payment(database: Database, person: int):
    with database.transaction() as session:
        bill = owed(session, person, "1000.00", "2025-001")
        bill_payments.pay(
            session, bill.id, key="paid", on=ON, person_id=person, now=NOW, amount=Money(10000, "EUR"), account="bank"
        )
        assert moved(session, person, "-100.00", "Rate", "Acme GmbH").state is MovementState.BOOKED
        assert moved(session, person, "-100.00", "noch eine Rate", "Acme GmbH").state is not MovementState.BOOKED
        assert held(session)["bank"] == "-100.00"
