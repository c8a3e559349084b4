"""The passkeys with which people sign in on the web: kept, named, used and removed.

They end with the person's web address or membership, as sessions do (`identities.unlink`, `leaving.remove`).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from storage import audit
from storage.db.locks import acquire_lock
from storage.errors import WrongState
from storage.models import Passkey

MOST = 20
"""Passkeys of one person."""
LONGEST_NAME = 60


@dataclass(frozen=True)
class PublicKey:
    """What a device made: base64url as in `Passkey`, and its count."""

    credential_id: str
    public_key: str
    sign_count: int


def handle(session: Session, person_id: int) -> str | None:
    """What devices know the person by, which says nothing (WebAuthn 14.6.1); None before their first passkey."""
    known = select(Passkey.user_handle).where(Passkey.person_id == person_id).order_by(col(Passkey.id))
    return session.exec(known).first()


def add(session: Session, person_id: int, made: PublicKey, user_handle: str, name: str, *, now: datetime) -> Passkey:
    """Keeps a passkey. Raises: WrongState for too many."""
    acquire_lock(session, f"passkeys:{person_id}")
    if len(of_person(session, person_id)) >= MOST:
        raise WrongState("You have {n} passkeys. Remove one first.", n=MOST)
    kept = Passkey(
        person_id=person_id,
        name=" ".join(name.split())[:LONGEST_NAME],
        credential_id=made.credential_id,
        public_key=made.public_key,
        user_handle=user_handle,
        sign_count=made.sign_count,
        created_at=now,
    )
    session.add(kept)
    session.flush()
    _record(session, "added passkey", kept, now)
    return kept


def of_person(session: Session, person_id: int) -> list[Passkey]:
    """A person's passkeys, the oldest first."""
    return list(session.exec(select(Passkey).where(Passkey.person_id == person_id).order_by(col(Passkey.id))).all())


def company_of(session: Session, credential_id: str) -> int | None:
    """The company in which a passkey lets somebody in; for a session of the installation."""
    return session.exec(select(Passkey.company_id).where(Passkey.credential_id == credential_id)).first()


def find(session: Session, credential_id: str) -> Passkey | None:
    """The passkey of this id, which nobody else uses until this transaction ends; None for none of ours."""
    return session.exec(select(Passkey).where(Passkey.credential_id == credential_id).with_for_update()).one_or_none()


def note_use(session: Session, used: Passkey, sign_count: int, *, now: datetime) -> bool:
    """Notes what the device counts. False where it counts no further than before: then there are two of it, and
    somebody copied the passkey (WebAuthn 6.1.1); this stands in the audit."""
    if (sign_count or used.sign_count) and sign_count <= used.sign_count:
        _record(session, "refused passkey", used, now)
        return False
    used.sign_count, used.used_at = sign_count, now
    session.flush()
    return True


def remove(session: Session, person_id: int, passkey_id: int, *, now: datetime) -> None:
    """Nobody signs in by it any more. What is not that person's stays."""
    for one in of_person(session, person_id):
        if one.id == passkey_id:
            _record(session, "removed passkey", one, now)
            session.delete(one)
    session.flush()


def remove_all(session: Session, person_id: int, *, now: datetime) -> None:
    """The person signs in by none any more."""
    for one in of_person(session, person_id):
        remove(session, person_id, one.id, now=now)


def _record(session: Session, what: str, one: Passkey, now: datetime) -> None:
    audit.record(session, what, person_id=one.person_id, now=now, details={"passkey": one.id, "name": one.name})
