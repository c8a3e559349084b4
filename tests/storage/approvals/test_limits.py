"""A limit for approvals cannot be dodged: by a correction, another currency, several bills, or a refusal taken back."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlmodel import Session

from storage.approvals import approvals
from storage.bills import amendments
from storage.db.database import Database
from storage.ledger import exchange_rates
from storage.ledger.exchange_rates import Rate
from storage.models import Approval, Bill, Decision, Role
from tests.fakes.books.small_company import NOW, owner
from tests.storage.approvals.test_approvals import agree, booked, rule, staff

NO_TAX = {"subtotal": None, "tax": None}


def waits(session: Session, bill: Bill) -> bool:
    """By both ways to ask: about the bill, and which bills wait."""
    alone = approvals.approval_status(session, bill).waits
    assert (bill.id in [one.id for one in approvals.waiting(session)]) == alone
    return alone


@pytest.mark.parametrize(
    ("currency", "total", "waiting"),
    [("USD", "1099.99", False), ("USD", "1100.00", True), ("JPY", "170000", True), ("MYR", "20.00", True)],
)
def test_another_currency_is_compared_at_the_days_rate_and_looked_at_where_none_is_known(
    database: Database, currency: str, total: str, waiting: bool
) -> None:
    person = owner(database)
    with database.transaction() as session:
        exchange_rates.add(session, [Rate("USD", date(2025, 3, 3), "1.10"), Rate("JPY", date(2025, 3, 3), "160")])
        rule(session, 100_000)
        assert waits(session, booked(session, person, currency=currency, total=total, **NO_TAX)) == waiting


@pytest.mark.parametrize("changes", [{"total": "20.00"}, {"currency": "JPY"}, {"total": "1", "currency": "USD"}])
def test_what_is_lowered_under_the_limit_waits_for_approval_anew(database: Database, changes: dict[str, str]) -> None:
    person = owner(database)
    with database.transaction() as session:
        exchange_rates.add(session, [Rate("USD", date(2025, 3, 3), "1.10"), Rate("JPY", date(2025, 3, 3), "160")])
        who = staff(session, max=Role.MEMBER, ada=Role.APPROVER)
        rule(session, 100_000)
        bill = booked(session, who["max"], total="1200", **NO_TAX)
        agree(session, bill, who["ada"])
        assert not waits(session, bill)
        amendments.amend(session, bill.id, changes, message_key="low", person_id=who["max"], now=NOW)
        assert waits(session, bill)
        agree(session, bill, who["ada"], key="again")
        assert not waits(session, bill)
        assert person


def test_a_misreading_that_is_put_right_needs_nobody(database: Database) -> None:
    person = owner(database)
    with database.transaction() as session:
        rule(session, 100_000)
        bill = booked(session, person, total="12000", **NO_TAX)
        bill.evidence = bill.evidence | {"total": bill.evidence["total"] | {"confidence": 0.4}}
        session.flush()
        amendments.amend(session, bill.id, {"total": "120.00"}, message_key="put right", person_id=person, now=NOW)
        assert not waits(session, bill)


def test_bills_of_one_vendor_and_day_count_together_but_not_with_others(database: Database) -> None:
    person = owner(database)
    with database.transaction() as session:
        rule(session, 100_000)
        half = {"total": "600.00", **NO_TAX}
        first = booked(session, person, number="1", **half)
        assert not waits(session, first)
        other = booked(session, person, number="2", vendor="Globex Ltd", **half)
        later = booked(session, person, number="3", issue_date="2025-03-04", **half)
        assert not any(waits(session, bill) for bill in (first, other, later))
        second = booked(session, person, number="4", total="610.00", **NO_TAX)
        assert waits(session, first) and waits(session, second)
        assert not any(waits(session, bill) for bill in (other, later))


def test_who_agreed_before_a_refusal_was_taken_back_is_asked_again(database: Database) -> None:
    owner(database)
    with database.transaction() as session:
        who = staff(session, max=Role.MEMBER, ada=Role.APPROVER, bea=Role.APPROVER)
        rule(session, 100_000)
        bill = booked(session, who["max"])
        agree(session, bill, who["ada"])
        agree(session, bill, who["bea"], Decision.REFUSED)
        refusal = approvals.approval_status(session, bill).refused
        assert isinstance(refusal, Approval)
        later = NOW + timedelta(hours=1)
        approvals.take_back(session, refusal, person_id=who["bea"], now=later)
        assert waits(session, bill)
        decide = {"person_id": who["ada"], "now": later + timedelta(minutes=1)}
        approvals.decide(session, bill.id, Decision.APPROVED, key="anew", **decide)  # type: ignore[arg-type]
        assert not waits(session, bill)
