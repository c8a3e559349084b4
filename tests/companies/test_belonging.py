"""Who leaves, is removed, or hands the books over: access ends at once, and what they did stays."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlmodel import select

from storage.db.database import Database
from storage.documents.document_store import DocumentStore
from storage.models import Alarm, Bill, Role
from storage.people import people
from tests.companies.conftest import PAPERS
from tests.fakes.books.desk import Desk

REMOVED = [
    "remove Max",
    "kick Max out of the team",
    "Max left the company",
    "revoke Max access",
    "entferne Max",
    "Max hat gekündigt",
]


@pytest.fixture
async def desk(database: Database, tmp_path: Path) -> Desk:
    """Olga owns the books; Max and Ada are there."""
    opened = Desk(database, DocumentStore(tmp_path / "documents", bytes(32)), PAPERS)
    for name in ("max", "ada"):
        code = (await opened.say(f"invite {name.capitalize()}")).partition("join ")[2].split()[0]
        await opened.say(f"join {code}", sender=name)
    return opened


async def _is_out(desk: Desk, name: str) -> bool:
    return "invitation" in await desk.say("what's due", sender=name)


@pytest.mark.parametrize("said", REMOVED)
async def test_who_is_removed_is_a_stranger_at_once(desk: Desk, said: str) -> None:
    await desk.say("<acme>", sender="max")
    await desk.say("remind me about acme tomorrow", sender="max")
    assert "removed" in await desk.say(said) or "entfernt" in desk.replies[0].text
    assert await _is_out(desk, "max")
    assert "invitation" in await desk.say("[Confirm]", sender="max"), "buttons are dead"
    assert "Max" not in await desk.say("who is here")
    with desk.database.reading() as session:
        assert session.exec(select(Bill.state)).all() == ["draft"], "what was sent stays"
        assert all(alarm.cancelled_at for alarm in session.exec(select(Alarm)).all())
    assert not await _is_out(desk, "ada")


async def test_only_an_owner_removes_and_hands_over(desk: Desk) -> None:
    for said in ("remove Ada", "remove Olga", "hand over the company to Max", "Max is the new owner"):
        assert "owner" in await desk.say(said, sender="max"), said
    assert not await _is_out(desk, "ada")
    with desk.database.reading() as session:
        assert [person.role for person in people.everybody(session)] == [Role.OWNER, Role.MEMBER, Role.MEMBER]


async def test_the_only_owner_stays(desk: Desk) -> None:
    for said in ("leave the company", "remove Olga", "ich möchte die Firma verlassen"):
        assert "only owner" in await desk.say(said) or "Einzige" in desk.replies[0].text, said
    assert not await _is_out(desk, "owner")


async def test_leaving_and_coming_back(desk: Desk) -> None:
    assert "You have left" in await desk.say("i want to leave the company", sender="max")
    assert await _is_out(desk, "max")
    code = (await desk.say("invite Max")).partition("join ")[2].split()[0]
    await desk.say(f"join {code}", sender="max")
    assert not await _is_out(desk, "max")


async def test_a_removal_is_taken_back(desk: Desk) -> None:
    await desk.say("remove Max")
    assert await _is_out(desk, "max")
    await desk.say("undo")
    assert not await _is_out(desk, "max")


async def test_an_open_invitation_of_somebody_removed_opens_nothing(desk: Desk) -> None:
    await desk.say("make Max an owner")
    code = (await desk.say("invite Eve", sender="max")).partition("join ")[2].split()[0]
    link = (await desk.say("link my telegram", sender="max")).partition("join ")[2].split()[0].strip("”.")
    await desk.say("make Max a member")
    await desk.say("remove Max")
    for told in (code, link):
        await desk.say(f"join {told}", sender="eve")
        assert await _is_out(desk, "eve")


@pytest.mark.parametrize(
    "said", ["hand over the company to Max", "transfer ownership to Max", "Max übernimmt die Firma"]
)
async def test_the_books_are_handed_over(desk: Desk, said: str) -> None:
    await desk.say(said)
    with desk.database.reading() as session:
        roles = {person.name: person.role for person in people.everybody(session)}
    assert roles == {"Olga": Role.APPROVER, "Max": Role.OWNER, "Ada": Role.MEMBER}
    assert "owner" in await desk.say("invite Tom"), "she owns them no more"
