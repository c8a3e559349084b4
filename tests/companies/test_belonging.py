"""Who leaves, is removed, or hands the books over: access ends at once, and what they did stays."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlmodel import select

from storage.db.database import Database
from storage.documents.document_store import DocumentStore
from storage.models import Alarm, Audit, Bill, Identity, Person, Role
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


async def agreed(desk: Desk, said: str, sender: str = "owner") -> str:
    """What pressing the button says that something is asked back by."""
    await desk.say(said, sender=sender)
    [label] = [choice.label for reply in desk.replies for choice in reply.choices]
    return await desk.say(f"[{label}]", sender=sender)


@pytest.mark.parametrize("said", REMOVED)
async def test_who_is_removed_is_a_stranger_at_once(desk: Desk, said: str) -> None:
    await desk.say("<acme>", sender="max")
    await desk.say("remind me about acme tomorrow", sender="max")
    assert "removed" in await agreed(desk, said) or "entfernt" in desk.replies[0].text
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
    assert "You have left" in await agreed(desk, "i want to leave the company", "max")
    assert await _is_out(desk, "max")
    code = (await desk.say("invite Max")).partition("join ")[2].split()[0]
    await desk.say(f"join {code}", sender="max")
    assert not await _is_out(desk, "max")


async def test_a_removal_is_taken_back(desk: Desk) -> None:
    await agreed(desk, "remove Max")
    assert await _is_out(desk, "max")
    await desk.say("undo")
    assert not await _is_out(desk, "max")


async def test_an_open_invitation_of_somebody_removed_opens_nothing(desk: Desk) -> None:
    await agreed(desk, "make Max an owner")
    code = (await desk.say("invite Eve", sender="max")).partition("join ")[2].split()[0]
    link = (await desk.say("link my telegram", sender="max")).partition("join ")[2].split()[0].strip("”.")
    await desk.say("make Max a member")
    await agreed(desk, "remove Max")
    for told in (code, link):
        await desk.say(f"join {told}", sender="eve")
        assert await _is_out(desk, "eve")


@pytest.mark.parametrize(
    "said", ["hand over the company to Max", "transfer ownership to Max", "Max übernimmt die Firma"]
)
async def test_the_books_are_handed_over(desk: Desk, said: str) -> None:
    await agreed(desk, said)
    with desk.database.reading() as session:
        roles = {person.name: person.role for person in people.everybody(session)}
    assert roles == {"Olga": Role.APPROVER, "Max": Role.OWNER, "Ada": Role.MEMBER}
    assert "owner" in await desk.say("invite Tom"), "she owns them no more"


IRREVOCABLE = {
    "hand over the company to Max": "owner",
    "make Max an owner": "owner",
    "make Olga a member": "owner",
    "remove Max": "owner",
    "merge Max into Ada": "owner",
    "erase Max": "owner",
    "leave the company": "max",
    "erase me": "owner",
}
"""What there is no way back from for whoever says it, and who does; Ada owns the books as well."""


def _all_that_counts(desk: Desk) -> tuple[object, ...]:
    with desk.database.reading() as session:
        people_ = [(one.name, one.role, one.left_at, one.merged_into) for one in session.exec(select(Person)).all()]
        return (*people_, len(session.exec(select(Audit)).all()), len(session.exec(select(Identity)).all()))


@pytest.mark.parametrize("said", IRREVOCABLE)
async def test_what_cannot_be_taken_back_is_asked_first_and_answered_by_who_was_asked(desk: Desk, said: str) -> None:
    sender = IRREVOCABLE[said]
    await agreed(desk, "make Ada an owner")
    before = _all_that_counts(desk)
    heard = await desk.say(said, sender=sender)
    choices = [choice for reply in desk.replies for choice in reply.choices]
    assert "?" in heard and [choice.style for choice in choices] == ["danger"], heard
    assert _all_that_counts(desk) == before, "nothing is done by saying it"
    refused = await desk.hear(desk._message("ada", choice=choices[0].id))
    assert _all_that_counts(desk) == before and "say it yourself" in refused, "the button is the asker's alone"
    await desk.hear(desk._message(sender, choice=choices[0].id))
    assert _all_that_counts(desk) != before


async def test_a_plain_yes_answers_that_question_and_confirms_nothing_else(desk: Desk) -> None:
    await desk.say("<acme>")
    await desk.say("remove Max")
    assert "removed" in await desk.say("yes")
    with desk.database.reading() as session:
        assert session.exec(select(Bill.state)).all() == ["draft"]


async def test_an_owner_who_left_is_no_other_owner(desk: Desk) -> None:
    """Else the last one who is here could give the books up, and nobody would own them."""
    await agreed(desk, "make Max an owner")
    await agreed(desk, "leave the company", "max")
    for said in ("make Olga a member", "leave the company", "erase me"):
        assert "only owner" in await desk.say(said) or "nobody" in desk.replies[0].text, said
    with desk.database.reading() as session:
        assert people.find_by_id(session, 1).role is Role.OWNER  # type: ignore[union-attr]
