"""Who may agree to a payment, and what a decision rests on."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import Session

from storage.approvals import approval_rules, approvals
from storage.approvals.approvals import payment_obstacle
from storage.bills import amendments, lifecycle, vendor_ibans
from storage.db.database import Database
from storage.errors import LastOwner, NotYours, WrongState
from storage.ledger.money import Money
from storage.models import Bill, Decision, Matter, Role
from storage.people import company, people
from tests.fakes.books.small_company import NOW, invoice, owner

IBAN, OTHER = "DE89370400440532013000", "DE02120300000000202051"


def staff(session: Session, **roles: Role) -> dict[str, int]:
    """People of these roles beside the owner, by name."""
    found = {}
    for name, role in roles.items():
        code = people.invite(session, name, invited_by=1, now=NOW)
        person = people.redeem(session, code, "terminal", name, NOW, name)
        assert person is not None
        people.appoint(session, person, role, by=1, now=NOW)
        found[name] = person.id
    return found


NEXT = {"number": "2", "issue_date": "2025-03-15", "total": "99.00", "subtotal": None, "tax": None}


def booked(session: Session, person: int, **values: str | None) -> Bill:
    bill = invoice(session, person, **values)
    return lifecycle.confirm(session, bill.id, key=f"c{bill.id}", person_id=person, now=NOW)


def rule(session: Session, least: int = 100_000, steps: int = 1, role: Role = Role.APPROVER, **more: str) -> None:
    category, currency = more.get("category"), more.get("currency", "EUR")
    least_money = Money(least, currency)
    approval_rules.require(session, least_money, steps=steps, role=role, category=category, person_id=1, now=NOW)


def agree(session: Session, bill: Bill, person: int, decision: Decision = Decision.APPROVED, key: str = "k") -> None:
    approvals.decide(session, bill.id, decision, key=f"{key}{person}", person_id=person, now=NOW)


def test_without_a_rule_nobody_has_to_agree(database: Database) -> None:
    person = owner(database)
    with database.transaction() as session:
        bill = booked(session, person)
        assert payment_obstacle(session, bill) is None and approvals.waiting(session) == []
        with pytest.raises(WrongState, match="needs no approval"):
            agree(session, bill, person)


def test_two_steps_take_two_people_none_of_whom_sent_it(database: Database) -> None:
    owner(database)
    with database.transaction() as session:
        who = staff(session, max=Role.MEMBER, ada=Role.APPROVER, eve=Role.APPROVER)
        rule(session, steps=2)
        bill = booked(session, who["ada"])
        assert "0 of 2" in str(payment_obstacle(session, bill))
        for person in (who["max"], who["ada"]):
            with pytest.raises(NotYours):
                agree(session, bill, person)
        agree(session, bill, who["eve"])
        agree(session, bill, who["eve"], key="again")
        assert "1 of 2" in str(payment_obstacle(session, bill)), "one person is one step"
        agree(session, bill, 1)
        assert payment_obstacle(session, bill) is None and approvals.waiting(session) == []


def test_the_company_may_let_people_approve_their_own(database: Database) -> None:
    person = owner(database)
    with database.transaction() as session:
        rule(session)
        bill = booked(session, person)
        with pytest.raises(NotYours):
            agree(session, bill, person)
        company.describe(session, approve_own=True)
        agree(session, bill, person)
        assert payment_obstacle(session, bill) is None


def test_a_refusal_stands_until_it_is_taken_back(database: Database) -> None:
    owner(database)
    with database.transaction() as session:
        who = staff(session, max=Role.MEMBER)
        rule(session)
        bill = booked(session, who["max"])
        agree(session, bill, 1, Decision.REFUSED)
        assert str(payment_obstacle(session, bill)) == "Olga refused Acme GmbH 2024-117."
        assert approvals.waiting(session) == []
        (refused,) = approvals.decisions(session, bill, Matter.PAYMENT)
        approvals.take_back(session, refused, person_id=1, now=NOW)
        assert [waiting.id for waiting in approvals.waiting(session)] == [bill.id]


@pytest.mark.parametrize("change", [{"total": "1300.00", "tax": None, "subtotal": None}, {"vendor": "Globex"}])
def test_a_correction_asks_anew_and_undoing_it_does_not(database: Database, change: dict[str, str | None]) -> None:
    owner(database)
    with database.transaction() as session:
        who = staff(session, max=Role.MEMBER)
        rule(session)
        bill = booked(session, who["max"])
        agree(session, bill, 1)
        amendments.amend(session, bill.id, change, message_key="m", person_id=who["max"], now=NOW)
        assert payment_obstacle(session, bill) is not None
        amendments.undo(session, "m", person_id=who["max"], now=NOW)
        assert payment_obstacle(session, bill) is None


def test_rules_are_by_amount_and_category_and_the_strictest_counts(database: Database) -> None:
    person = owner(database)
    with database.transaction() as session:
        rule(session, 0, 1, Role.APPROVER, category="travel")
        rule(session, 200_000, 2, Role.OWNER)
        small = booked(session, person)
        assert approvals.approval_status(session, small).steps == 0
        travel = booked(session, person, number="T-1", category="travel", total="150.00", subtotal=None, tax=None)
        assert approvals.approval_status(session, travel).steps == 1
        large = booked(session, person, number="L-1", category="travel", total="2500.00", subtotal=None, tax=None)
        far = approvals.approval_status(session, large)
        assert (far.steps, far.role) == (2, Role.OWNER)
        rule(session, 0, 0, category="travel")
        rule(session, 0, 0)
        assert approval_rules.in_force(session) == []


def test_an_amount_that_cannot_be_compared_is_looked_at(database: Database) -> None:
    person = owner(database)
    with database.transaction() as session:
        rule(session, 100_000)
        bill = booked(session, person, currency="JPY", total="50", subtotal=None, tax=None)
        assert approvals.approval_status(session, bill).waits


def test_a_changed_account_takes_a_second_person(database: Database) -> None:
    owner(database)
    with database.transaction() as session:
        who = staff(session, max=Role.MEMBER, ada=Role.APPROVER)
        first = booked(session, who["max"], iban=IBAN)
        assert payment_obstacle(session, first) is None, "the first account is taken for theirs"
        second = booked(session, who["max"], **NEXT, iban=OTHER)
        refusal = str(payment_obstacle(session, second))
        assert OTHER in refusal and IBAN in refusal
        with pytest.raises(NotYours, match="second person"):
            approvals.trust_iban(session, second.id, key="t", person_id=who["max"], now=NOW)
        approvals.trust_iban(session, second.id, key="t", person_id=who["ada"], now=NOW)
        assert payment_obstacle(session, second) is None
        assert vendor_ibans.trusted_ibans(session, second.vendor_id or 0) == [IBAN, OTHER]


def test_alone_one_decides_alone(database: Database) -> None:
    person = owner(database)
    with database.transaction() as session:
        booked(session, person, iban=IBAN)
        second = booked(session, person, **NEXT, iban=OTHER)
        approvals.trust_iban(session, second.id, key="t", person_id=person, now=NOW)
        assert payment_obstacle(session, second) is None


def test_somebody_owns_the_books_always(database: Database) -> None:
    person = owner(database)
    with database.transaction() as session:
        olga = people.find_by_id(session, person)
        assert olga is not None
        with pytest.raises(LastOwner):
            people.appoint(session, olga, Role.MEMBER, by=person, now=NOW)
        staff(session, ada=Role.OWNER)
        people.appoint(session, olga, Role.MEMBER, by=person, now=NOW)
        assert people.find_called(session, "OLG") == [olga]


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    steps=st.integers(1, 3),
    decided=st.lists(st.tuples(st.sampled_from(["a", "b", "c", "d"]), st.sampled_from(list(Decision))), max_size=8),
)
def test_it_may_be_paid_once_enough_different_people_agree_and_nobody_refuses(
    database: Database, steps: int, decided: list[tuple[str, Decision]]
) -> None:
    owner(database)
    with pytest.raises(ZeroDivisionError), database.transaction() as session:  # undone at the end
        who = staff(session, a=Role.APPROVER, b=Role.OWNER, c=Role.APPROVER, d=Role.OWNER)
        rule(session, steps=steps)
        bill = booked(session, 1)
        latest: dict[str, Decision] = {}
        for n, (name, decision) in enumerate(decided):
            agree(session, bill, who[name], decision, key=f"{n}-")
            latest[name] = decision
        agreed = [decision for decision in latest.values() if decision is Decision.APPROVED]
        expected = len(agreed) >= steps and Decision.REFUSED not in latest.values()
        assert (payment_obstacle(session, bill) is None) == expected
        1 / 0  # noqa: B018
