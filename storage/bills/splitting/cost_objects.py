"""Projects and cost centres: what costs are told apart by, beside their category. People are cost objects as well."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from sqlmodel import Session, col, select

from storage import audit
from storage.db.locks import acquire_lock
from storage.db.savepoints import atomic
from storage.errors import Unfit, WrongState
from storage.ledger.account_naming import plain_words
from storage.models import CostObject
from storage.people import people

Kind = Literal["project", "cost_centre"]
PERSON = "person"
ADDED = "added cost object"
MOST_LETTERS = 60


def key_of(found: CostObject) -> str:
    """ "project:3", by which postings name it."""
    return f"{found.kind}:{found.id}"


def person_key(person_id: int) -> str:
    """ "person:2"."""
    return f"{PERSON}:{person_id}"


def in_use(session: Session) -> list[CostObject]:
    """Every project and cost centre, in the order in which they were added."""
    query = select(CostObject).where(col(CostObject.closed_at).is_(None))
    return list(session.exec(query.order_by(col(CostObject.id))).all())


def called(session: Session, name: str, kind: Kind | None = None) -> list[CostObject]:
    """Those of this name, whatever its case and accents."""
    wanted = plain_words(name)
    return [one for one in in_use(session) if kind in (None, one.kind) and plain_words(one.name) == wanted]


def name_of(session: Session, key: str) -> str:
    """Its name, or the person's; the key itself where there is none."""
    kind, _, number = key.partition(":")
    if not number.isdigit():
        return key
    if kind == PERSON:
        return people.name_of(session, int(number)) or key
    found = session.get(CostObject, int(number))
    return found.name if found else key


@atomic
def add(session: Session, kind: Kind, name: str, *, person_id: int, now: datetime) -> CostObject:
    """A further one. Raises: WrongState when there is one of this name; Unfit for what is no name."""
    acquire_lock(session, "cost objects")
    name = " ".join(name.split())
    if not plain_words(name) or len(name) > MOST_LETTERS:
        raise Unfit("“{name}” is no name for a project or cost centre.", name=name)
    if called(session, name, kind):
        raise WrongState("“{name}” is here already.", name=name)
    made = CostObject(kind=kind, name=name)
    session.add(made)
    session.flush()
    audit.record(session, ADDED, person_id=person_id, now=now, details={"cost_object": made.id, "name": name})
    return made


def close(session: Session, cost_object_id: int, now: datetime) -> None:
    """It is no longer offered; what was booked for it stays."""
    found = session.get_one(CostObject, cost_object_id)
    found.closed_at = now
    found.name = f"{found.name} ({found.id})"  # the name is free again
    session.flush()
