"""A rule for approvals that too few people can satisfy says so when it is made, with the way out."""

from __future__ import annotations

from pathlib import Path

import pytest

from storage.db.database import Database
from storage.documents.document_store import DocumentStore
from storage.models import Role
from storage.people import people
from tests.fakes.books.desk import NOW, Desk, paper, play
from tests.fakes.books.small_company import ACME

ALONE = "As it is, nobody can approve a bill that Olga sent"
TOO_FEW = "As it is, nobody can satisfy this: 2 people have to approve, and only Olga may."

DIALOGUES = {
    "alone": [
        ("bills from 500 need approval", ("Bills from €500.00", ALONE, "invite Ada as owner")),
        ("approval rules", (ALONE,)),
        ("people may approve their own bills", ("no: As it is",)),
    ],
    "two are needed": [
        ("bills from 500 need two approvals", (TOO_FEW,)),
        ("people may approve their own bills", (TOO_FEW,)),
    ],
    "in German": [
        ("Rechnungen ab 500 brauchen Freigabe", ("kann niemand eine Rechnung freigeben, die Olga geschickt",))
    ],
    "no rule": [("approval rules", ("Bills need no approval", "no: As it is"))],
}


@pytest.fixture
def desk(database: Database, tmp_path: Path) -> Desk:
    return Desk(database, DocumentStore(tmp_path / "documents", bytes(32)), {"acme": paper(**ACME)})


@pytest.mark.parametrize("name", DIALOGUES)
async def test_it_is_said_when_the_rule_is_made(desk: Desk, name: str) -> None:
    await play(desk, DIALOGUES[name])


@pytest.mark.parametrize(("role", "told"), [(Role.MEMBER, True), (Role.OWNER, False)])
async def test_another_of_that_role_is_enough(desk: Desk, role: Role, *, told: bool) -> None:
    with desk.database.transaction() as session:
        people.redeem(session, people.invite(session, "Ada", invited_by=1, now=NOW, role=role), "terminal", "ada", NOW)
    assert (ALONE in await desk.say("bills from 500 need approval")) is told


async def test_what_is_said_is_so(desk: Desk) -> None:
    await play(
        desk,
        [
            ("bills from 500 need approval", (ALONE,)),
            ("<acme>", ()),
            ("confirm", ()),
            ("approve", ("no: It may be paid",)),
            ("people may approve their own bills", ()),
            ("approve Acme", ("It may be paid",)),
        ],
    )
