"""Redirected payments: whatever a hostile employee or mail tries, nothing is paid to a new account without a second
person; and what is ordinary waits for nobody."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlmodel import Session

from storage.approvals import approvals
from storage.bank import bank_accounts
from storage.bills import amendments, duplicates, lifecycle, setting_aside, vendor_ibans
from storage.bills.vendors import look_alike
from storage.db.database import Database
from storage.errors import NotYours, Unfit, WrongState
from storage.models import Bill, Decision, MailOutcome, MailRecord, Person, Role
from storage.payments import payment_orders
from storage.people import people
from storage.people.oneness import are_two
from tests.fakes.books.small_company import NOW, TODAY, document, invoice, owner
from tests.storage.approvals.test_approvals import IBAN, NEXT, OTHER, agree, booked, rule, staff


def confirmed(session: Session, bill: Bill, person: int) -> Bill:
    return lifecycle.confirm(session, bill.id, key=f"c{bill.id}", person_id=person, now=NOW)


def amend(session: Session, bill: Bill, person: int, key: str = "m", **changes: str | None) -> None:
    amendments.amend(session, bill.id, changes, message_key=key, person_id=person, now=NOW)


def paid_to(session: Session) -> set[str | None]:
    return {transfer.bill.iban for transfer in payment_orders.plan(session, TODAY)[0]}


def typed_on_first(session: Session, max_: int) -> None:
    amend(session, booked(session, max_), max_, iban=OTHER)


def changed_on_booked(session: Session, max_: int) -> None:
    amend(session, booked(session, max_, iban=IBAN), max_, iban=OTHER)


def kept_new(session: Session, max_: int) -> None:
    booked(session, max_, iban=IBAN)
    forged = invoice(session, max_, iban=OTHER)
    duplicates.replace_existing(session, forged.id, person_id=max_, now=NOW)
    confirmed(session, forged, max_)


def kept_both(session: Session, max_: int) -> None:
    booked(session, max_)
    forged = invoice(session, max_, iban=OTHER)
    duplicates.keep_both(session, forged.id, person_id=max_, now=NOW)
    confirmed(session, forged, max_)


def set_aside_first(session: Session, max_: int) -> None:
    fake = booked(session, max_, iban=OTHER)
    setting_aside.void(session, fake.id, person_id=max_, now=NOW)
    amend(session, booked(session, max_, **NEXT), max_, iban=OTHER)


def account_of_another(session: Session, max_: int) -> None:
    first = booked(session, max_, vendor="Evil Ltd", iban=OTHER, number="E-1")
    lifecycle.unconfirm(session, first.id, key="u", person_id=max_, now=NOW)
    booked(session, max_, **NEXT, iban=OTHER)


def looks_alike(session: Session, max_: int) -> None:
    booked(session, max_, iban=IBAN)
    booked(session, max_, **NEXT, vendor="Αcme GmbH", iban=OTHER)


def other_domain(session: Session, max_: int) -> None:
    for n, domain in enumerate(("acme.example", "acme-billing.example")):
        file = document(session, max_)
        record = MailRecord(
            key=f"k{n}",
            sender=f"a@{domain}",
            arrived_at=NOW,
            outcome=MailOutcome.TAKEN_IN,
            message_key=file.message_key,
        )
        session.add(record)
        values = {"iban": OTHER, **NEXT} if n else {}
        confirmed(session, invoice(session, max_, file=file, **values), max_)


WAYS = (
    typed_on_first, changed_on_booked, kept_new, kept_both, set_aside_first, account_of_another, looks_alike,
    other_domain,
)  # fmt: skip


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
def test_nothing_goes_to_a_new_account_without_the_second_person(database: Database, way) -> None:  # type: ignore[no-untyped-def]
    owner(database)
    with database.transaction() as session:
        who = staff(session, max=Role.APPROVER, ada=Role.APPROVER)
        way(session, who["max"])
        assert OTHER not in paid_to(session)
        held = [bill for bill in approvals.waiting(session) if bill.iban == OTHER]
        assert held
        for bill in held:
            with pytest.raises(NotYours):
                approvals.trust_iban(session, bill.id, key=f"x{bill.id}", person_id=who["max"], now=NOW)
            approvals.trust_iban(session, bill.id, key=f"t{bill.id}", person_id=who["ada"], now=NOW)
        assert OTHER in paid_to(session)


def test_the_ordinary_waits_for_nobody(database: Database) -> None:
    person = owner(database)
    with database.transaction() as session:
        who = staff(session, max=Role.MEMBER)
        booked(session, person, iban=IBAN)
        booked(session, who["max"], **NEXT, iban=IBAN)
        typed = booked(session, who["max"], **{**NEXT, "number": "3", "total": "12.00"})
        amend(session, typed, who["max"], iban=IBAN)
        booked(session, who["max"], **{**NEXT, "number": "4"}, vendor="Globex Ltd", iban=OTHER)
        assert approvals.waiting(session) == [] and paid_to(session) == {IBAN, OTHER}


def test_a_correction_by_the_second_person_starts_again(database: Database) -> None:
    person = owner(database)
    with database.transaction() as session:
        who = staff(session, ada=Role.APPROVER)
        bill = booked(session, who["ada"])
        amend(session, bill, person, iban=OTHER)
        with pytest.raises(NotYours):
            approvals.trust_iban(session, bill.id, key="t", person_id=person, now=NOW)
        approvals.trust_iban(session, bill.id, key="t", person_id=who["ada"], now=NOW)
        assert paid_to(session) == {OTHER}


@pytest.mark.parametrize("total", ["1249.51", "1249.49"])
def test_a_refused_bill_stays_refused_whatever_comes_after(database: Database, total: str) -> None:
    owner(database)
    with database.transaction() as session:
        who = staff(session, max=Role.MEMBER, ada=Role.APPROVER)
        bill = booked(session, who["max"], iban=IBAN)
        agree(session, bill, 1, Decision.REFUSED)
        amend(session, bill, who["max"], total=total, subtotal=None, tax=None)
        assert "refused" in str(approvals.payment_obstacle(session, bill))
        agree(session, bill, who["ada"])
        assert paid_to(session) == set(), "an approver does not lift what the owner refused"
        amendments.undo(session, "m", person_id=who["max"], now=NOW)
        assert paid_to(session) == set()
        again = invoice(session, who["max"], iban=IBAN)
        duplicates.replace_existing(session, again.id, person_id=who["max"], now=NOW)
        confirmed(session, again, who["max"])
        assert paid_to(session) == set()
        setting_aside.void(session, again.id, person_id=who["max"], now=NOW)
        third = booked(session, who["max"], iban=IBAN)
        assert paid_to(session) == set()
        agree(session, third, 1, key="lifted")
        assert paid_to(session) == {IBAN}


def test_who_corrected_the_amount_does_not_approve_while_there_are_others(database: Database) -> None:
    person = owner(database)
    with database.transaction() as session:
        who = staff(session, max=Role.MEMBER, ada=Role.APPROVER)
        rule(session, 0)
        bill = booked(session, who["max"])
        amend(session, bill, person, total="1300.00", subtotal=None, tax=None)
        with pytest.raises(NotYours):
            agree(session, bill, person)
        agree(session, bill, who["ada"])
        assert approvals.payment_obstacle(session, bill) is None


@pytest.mark.parametrize(
    ("one", "other", "two"),
    [
        (Person(id=2, name="Max", role=Role.MEMBER), Person(id=3, name="Max's phone", role=Role.APPROVER), False),
        (Person(id=2, name="Max", role=Role.MEMBER), Person(id=3, name="Max (Handy)", role=Role.APPROVER), False),
        (Person(id=2, name="Max", role=Role.MEMBER), Person(id=3, name="Мах 2", role=Role.APPROVER), False),
        (Person(id=2, name="Max", role=Role.MEMBER), Person(id=3, name="Eve", role=Role.APPROVER, invited_by=2), False),
        (Person(id=1, name="Olga", role=Role.OWNER), Person(id=3, name="Ada", role=Role.APPROVER, invited_by=1), True),
        (Person(id=2, name="Max Berg", role=Role.MEMBER), Person(id=3, name="Max Ott", role=Role.APPROVER), True),
    ],
)
def test_who_counts_as_two(one: Person, other: Person, two: bool) -> None:
    assert are_two(one, other) is two and are_two(other, one) is two


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("Acme GmbH", "Асme GmbH", True), ("Acme GmbH", "Acne GmbH", True), ("Acme GmbH", "Acme Ltd", True),
        ("Hetzner", "Hetzrier", False), ("Corner AG", "Comer AG", True), ("DHL", "DPD", False),
        ("Filiale 12", "Filiale 13", False), ("Globex", "Initech", False),
        ("Acme GmbH", "Acme Deutschland GmbH", True), ("Acme GmbH", "Acme-GmbH International", True),
        ("Acme GmbH", "Acme GmbH (Buchhaltung)", True), ("The Globex Ltd", "Globex Payments Inc.", True),
        ("Acme GmbH", "Acme Werkzeuge GmbH", False), ("Payments GmbH", "Billing AG", False),
        ("DB AG", "DB Holding", False),
    ],
)  # fmt: skip
def test_names_that_a_reader_takes_for_one_another(one: str, other: str, alike: bool) -> None:
    assert look_alike(one, other) is alike


def test_our_account_is_no_vendors_and_theirs_is_not_ours(database: Database) -> None:
    person = owner(database)
    with database.transaction() as session:
        who = {"person_id": person, "now": NOW + timedelta(hours=1)}
        booked(session, person, iban=IBAN)
        with pytest.raises(WrongState, match="cannot be ours"):
            bank_accounts.add(session, "", cash=False, iban=IBAN, currency=None, **who)
        bank_accounts.add(session, "", cash=False, iban=OTHER, currency=None, **who)
        bill = booked(session, person, **NEXT)
        with pytest.raises(Unfit, match="our own account"):
            amend(session, bill, person, iban=OTHER)
        assert vendor_ibans.our_account(session, OTHER) and people.names(session) == ("Olga",)
