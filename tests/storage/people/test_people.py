"""The owner, invitations, and addresses."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlmodel import Session, func, select

from storage.db.database import Database
from storage.errors import AddressTaken
from storage.models import Invitation, Person, Role
from storage.people import people
from tests.fakes.books.small_company import NOW, owner

LATER = NOW + timedelta(days=6)


@pytest.fixture
def olga(database: Database) -> int:
    return owner(database)


@pytest.fixture
def session(database: Database, olga: int):
    with database.transaction() as session:
        yield session


def members(session: Session) -> int:
    return session.exec(select(func.count()).select_from(Person)).one()


def test_the_owner_stays_the_same_from_start_to_start(session: Session, olga: int) -> None:
    again = people.ensure_owner(session, "Other", [("terminal", "owner"), ("mail", "Olga@Example.com")], NOW)
    assert (again.id, again.name, again.role) == (olga, "Olga", Role.OWNER)
    found = people.find_person(session, "mail", "olga@example.COM ")
    assert found is not None and found.id == olga
    assert people.find_person(session, "mail", "owner") is None  # an address belongs to its channel


def test_an_invited_person_comes_in_by_the_code_once(session: Session, olga: int) -> None:
    code = people.invite(session, "Anna", invited_by=olga, now=NOW)
    assert code not in str(session.exec(select(Invitation)).one().model_dump())
    anna = people.redeem(session, code, "telegram", "4711", LATER, "anna_b")
    assert anna is not None and (anna.name, anna.role) == ("Anna", Role.MEMBER)
    assert people.find_person(session, "telegram", "4711") == anna
    assert people.redeem(session, code, "telegram", "4712", LATER, "mallory") is None
    assert members(session) == 2


@pytest.mark.parametrize("typed", ["{}", " {} ", "lower", "no dashes", "misread"])
def test_a_code_may_be_typed_carelessly(session: Session, olga: int, typed: str) -> None:
    code = people.invite(session, "Anna", invited_by=olga, now=NOW)
    ways = {
        "lower": code.lower(),
        "no dashes": code.replace("-", " "),
        "misread": code.replace("0", "O").replace("1", "l"),
    }
    assert people.redeem(session, ways.get(typed, typed.format(code)), "slack", "U1", LATER) is not None


@pytest.mark.parametrize("code", ["", "AAAA-AAAA-AAAA", "é", "x" * 5000])
def test_a_wrong_code_is_no_good(session: Session, olga: int, code: str) -> None:
    people.invite(session, "Anna", invited_by=olga, now=NOW)
    assert people.redeem(session, code, "slack", "U1", LATER) is None
    assert members(session) == 1


def test_a_code_expires(session: Session, olga: int) -> None:
    code = people.invite(session, "Anna", invited_by=olga, now=NOW, days=7)
    assert people.redeem(session, code, "slack", "U1", NOW + timedelta(days=7)) is None
    assert people.redeem(session, code, "slack", "U1", NOW + timedelta(days=7, seconds=-1)) is not None


@pytest.mark.parametrize(
    ("invited", "display_name", "called"),
    [
        ("anna@example.com", "Anna B.", "Anna B."),
        ("anna@example.com", "", "anna@example.com"),
        ("Anna", "xX_anna_Xx", "Anna"),
        ("anna@example.com", "Olga", "Olga 2"),
        ("anna@example.com", "ОLGA", "ОLGA 2"),
        ("Olga", "", "Olga 2"),
    ],
)
def test_what_a_new_person_is_called(session: Session, olga: int, invited: str, display_name: str, called: str) -> None:
    code = people.invite(session, invited, invited_by=olga, now=NOW)
    person = people.redeem(session, code, "mail", "anna@example.com", LATER, display_name)
    assert person is not None and person.name == called


def test_somebody_known_does_not_use_up_an_invitation(session: Session, olga: int) -> None:
    code = people.invite(session, "Anna", invited_by=olga, now=NOW)
    same = people.redeem(session, code, "terminal", "owner", LATER)
    assert same is not None and same.id == olga
    assert people.redeem(session, code, "slack", "U1", LATER) is not None


def test_a_sign_in_link_adds_an_address_to_somebody_known(session: Session, olga: int) -> None:
    token = people.sign_in_link(session, olga, now=NOW, minutes=10)
    assert people.redeem(session, token, "web", "web-1", NOW + timedelta(minutes=10)) is None
    signed_in = people.redeem(session, token, "web", "web-1", NOW + timedelta(minutes=9))
    assert signed_in is not None and signed_in.id == olga and members(session) == 1
    assert people.redeem(session, token, "web", "web-2", NOW) is None


def test_a_sign_in_link_does_not_turn_one_person_into_another(session: Session, olga: int) -> None:
    anna = people.redeem(session, people.invite(session, "Anna", invited_by=olga, now=NOW), "web", "web-9", NOW)
    token = people.sign_in_link(session, olga, now=NOW, minutes=10)
    assert people.redeem(session, token, "web", "web-9", NOW) is None
    assert people.find_person(session, "web", "web-9") == anna


def test_an_address_of_somebody_else_is_not_given_to_the_owner(session: Session, olga: int) -> None:
    people.redeem(session, people.invite(session, "Anna", invited_by=olga, now=NOW), "mail", "a@example.com", NOW)
    with pytest.raises(AddressTaken, match="belongs to Anna"):
        people.ensure_owner(session, "Olga", [("mail", "A@example.com")], NOW)


def test_codes_are_never_the_same_and_long_enough(session: Session, olga: int) -> None:
    codes = {people.invite(session, "Anna", invited_by=olga, now=NOW) for _ in range(50)}
    assert len(codes) == 50
    # 12 characters of 32 are 60 bits
    assert all(len(code.replace("-", "")) == 12 for code in codes) and len(people.ALPHABET) == 32
