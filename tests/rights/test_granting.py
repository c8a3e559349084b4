"""The company says what roles may do, who has which, and asks; in both languages, audited and to be taken back."""

from __future__ import annotations

import pytest
from sqlmodel import select

from handlers.language.translation import Language, speaking
from handlers.requests import AssignRole, GrantRight, Invite, ShowRights
from handlers.rights.labels import may_say
from handlers.understand.interpreter import understand
from storage.models import Audit, ChosenRight, Permission, Reach, Role
from storage.people import people, rights
from tests.fakes.books.grammar_scene import BOOKED
from tests.rights.conftest import Office, address

CHANGEABLE = [permission for permission, usual in rights.usual().items() if not usual.fixed]

SAID = [
    ("members may see balances", GrantRight("member", "see_balances", "any")),
    ("members may not see balances", GrantRight("member", "see_balances", "none")),
    ("Mitglieder dürfen Rechnungen sehen", GrantRight("member", "see_bills", "any")),
    ("Mitglieder dürfen nur eigene Rechnungen sehen", GrantRight("member", "see_bills", "own")),
    ("Mitglieder dürfen keine Rechnungen bestätigen", GrantRight("member", "confirm_bills", "none")),
    ("Mitglieder dürfen nicht alle Rechnungen sehen", GrantRight("member", "see_bills", "own")),
    ("members may only see their own bills", GrantRight("member", "see_bills", "own")),
    ("members are allowed to import statements", GrantRight("member", "import_statements", "any")),
    ("allow members to record payments", GrantRight("member", "record_payments", "any")),
    ("do not allow members to confirm bills", GrantRight("member", "confirm_bills", "none")),
    ("Buchhalter dürfen Rechnungen freigeben", GrantRight("accountant", "approve_bills", "any")),
    ("accountants may not close the books", GrantRight("accountant", "close_books", "none")),
    ("approvers may keep the books", GrantRight("approver", "keep_books", "any")),
    ("employees may pay bills", GrantRight("member", "record_payments", "any")),
    ("what may members do?", ShowRights("member")),
    ("Was dürfen Prüfer?", ShowRights("auditor")),
    ("was darf ein Buchhalter?", ShowRights("accountant")),
    ("what may I do?", ShowRights(mine=True)),
    ("was darf ich?", ShowRights(mine=True)),
    ("who may do what?", ShowRights()),
    ("wer darf was?", ShowRights()),
    ("make Anna accountant", AssignRole("Anna Schmidt", "accountant")),
    ("make Anna an auditor", AssignRole("Anna Schmidt", "auditor")),
    ("Anna ist jetzt Buchhalterin", AssignRole("Anna Schmidt", "accountant")),
    ("Anna ist jetzt Prüferin", AssignRole("Anna Schmidt", "auditor")),
    ("invite Ben as approver", Invite("Ben", "approver")),
    ("invite ben@example.com as an accountant", Invite("ben@example.com", "accountant")),
    ("lade Ben als Buchhalter ein", Invite("Ben", "accountant")),
    ("invite Ben", Invite("Ben")),
]


@pytest.mark.parametrize(("said", "meant"), SAID)
def test_it_is_understood(said: str, meant: object) -> None:
    assert understand(said, BOOKED) == meant


@pytest.mark.parametrize("language", ["en", "de"])
def test_what_is_told_of_a_right_can_be_said(language: Language) -> None:
    for permission in CHANGEABLE:
        for reach in Reach:
            if (permission, reach) == (Permission.APPROVE_BILLS, Reach.OWN):
                continue  # whether people approve what they sent is a rule for approvals
            with speaking(language):
                said = may_say(Role.MEMBER, permission, reach)
            assert understand(said, BOOKED) == GrantRight("member", str(permission), str(reach)), said  # type: ignore[arg-type]


async def test_a_right_that_is_given_counts_at_once_and_is_taken_back(office: Office) -> None:
    assert "Only the owner" in await office.tell("max", "balance")
    assert "From now on: members may see balances." in await office.tell("olga", "members may see balances")
    assert "12,400" in await office.tell("max", "balance") or "€" in await office.tell("max", "balance")
    with office.database.reading() as session:
        (step,) = session.exec(select(Audit).where(Audit.action == rights.CHANGED)).all()
        assert step.person_id == 1
        assert step.details == {"role": "member", "permission": "see_balances", "before": "none", "reach": "any"}
    assert "see balances" in await office.tell("max", "what may I do?")
    assert "Kontostände sehen" in await office.tell("max", "was dürfen Mitglieder?")
    assert "I took back the change of what roles may do" in await office.tell("olga", "[Undo]")
    assert "Only the owner" in await office.tell("max", "balance")


async def test_it_is_taken_back_in_words_and_by_nobody_else(office: Office) -> None:
    await office.tell("olga", "members may record payments", channel="terminal")
    with office.database.reading() as session:
        step = session.exec(select(Audit.id).where(Audit.action == rights.CHANGED)).one()
    for who in ("max", "ada", "bea", "udo"):
        await office.tell(who, choice=f"revoke:{step}")
        await office.tell(who, choice=f"takeback:{step}")
    with office.database.reading() as session:
        assert session.exec(select(ChosenRight)).one().reach is Reach.ANY
    assert "what roles may do" in await office.tell("olga", "undo", channel="terminal")
    with office.database.reading() as session:
        assert rights.reach_of(session, Role.MEMBER, Permission.RECORD_PAYMENTS) is Reach.NONE


async def test_what_is_the_owners_stays_the_owners(office: Office) -> None:
    for said in ("owners may not see balances", "Inhaber dürfen keine Rechnungen sehen"):
        assert "cannot be changed" in (answer := await office.tell("olga", said)) or "lässt sich nicht" in answer
    with office.database.reading() as session:
        assert not session.exec(select(ChosenRight)).all()


async def test_somebody_comes_in_with_the_role_of_their_invitation(office: Office) -> None:
    answer = await office.tell("olga", "invite Eve as auditor")
    assert "They come in as auditor" in answer
    code = next(word.strip("“”.,") for word in answer.split() if word.count("-") == 2)
    assert "Welcome, Eve" in await office.tell("eve", f"join {code}", channel="slack")
    with office.database.reading() as session:
        eve = people.find_person(session, "slack", address("eve", "slack"))
        assert eve is not None and eve.role is Role.AUDITOR
    assert "Only the owner" in await office.tell("eve", "<print>", channel="slack")
    assert "€" in await office.tell("eve", "balance", channel="slack")


async def test_a_role_that_is_taken_away_counts_at_once(office: Office) -> None:
    assert "H-100" in await office.tell("ada", "show me H-100")
    await office.tell("olga", "make Ada a member")
    assert "not yours alone" in await office.tell("ada", "show me H-100")
