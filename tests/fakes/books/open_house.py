"""A company that trusts everybody: for tests in which a colleague's role is not what they are about."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from sqlmodel import Session

from extraction.evidence import Reading
from storage.db.database import Database
from storage.documents.document_store import DocumentStore
from storage.models import ChosenRight, Permission, Reach, Role
from storage.people import people, rights
from tests.fakes.books.desk import Desk
from tests.fakes.books.small_company import NOW


def trust_members(session: Session) -> None:
    """Members may do what an accountant may, and see everything; the owner, who is person 1, chose so."""
    for permission in Permission:
        if Role.ACCOUNTANT in rights.usual()[permission].any and not rights.usual()[permission].fixed:
            session.add(
                ChosenRight(role=Role.MEMBER, permission=permission, reach=Reach.ANY, chosen_by=1, chosen_at=NOW)
            )
    session.flush()


def add_people(database: Database) -> None:
    """Olga is there; Ada may approve, Max is a member, and trusted like an accountant."""
    with database.transaction() as session:
        owner = people.find_person(session, "terminal", "owner")
        assert owner is not None
        for name, role in (("ada", Role.APPROVER), ("max", Role.MEMBER)):
            code = people.invite(session, name.capitalize(), invited_by=owner.id, now=NOW)
            person = people.redeem(session, code, "terminal", name, NOW, name)
            assert person is not None
            people.appoint(session, person, role, by=owner.id, now=NOW)
        trust_members(session)


def desk_of_three(database: Database, folder: Path, papers: Mapping[str, Reading]) -> Desk:
    """Olga's, Ada's and Max's, to which these papers are sent."""
    desk = Desk(database, DocumentStore(folder / "documents", bytes(32)), papers)
    add_people(database)
    return desk
