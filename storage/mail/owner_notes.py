"""What the owner is to be told about mail, once: what a mail service asks, a mailbox that cannot be written to."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select

from storage.db.locks import acquire_lock
from storage.db.tenancy import company_of
from storage.models import OwnerNote


def note(session: Session, key: str, kind: str, values: dict[str, Any], *, now: datetime) -> bool:
    """Notes it; False where a note of this key was made before. `values` must survive JSON."""
    acquire_lock(session, f"note:{key}")
    if session.get(OwnerNote, (company_of(session), key)) is not None:
        return False
    session.add(OwnerNote(key=key, kind=kind, values=values, noted_at=now))
    session.flush()
    return True


def find(session: Session, key: str) -> OwnerNote | None:
    """The note of this key."""
    return session.get(OwnerNote, (company_of(session), key))


def since(session: Session, moment: datetime) -> list[OwnerNote]:
    """The notes made since then, oldest first."""
    query = select(OwnerNote).where(OwnerNote.noted_at >= moment)
    return list(session.exec(query.order_by(col(OwnerNote.noted_at), col(OwnerNote.key))).all())


def forget(session: Session, key: str) -> None:
    """Forgets a note, so that the same is told again when it happens again."""
    if found := session.get(OwnerNote, (company_of(session), key)):
        session.delete(found)
        session.flush()
