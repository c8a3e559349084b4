"""Further addresses of somebody known, until it is shown that they read what is sent there."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from storage.db.locks import acquire_lock
from storage.models import Invitation
from storage.people import people


def ask(session: Session, person_id: int, address: str, *, now: datetime, life: timedelta) -> Invitation:
    """Notes that a person says that a mail address is theirs; the code for it is made when it is sent."""
    for earlier in session.exec(_open(now).where(Invitation.person_id == person_id)).all():
        if earlier.address == address:
            return earlier
    made = people.add_link(session, people.random_code(), person_id, now=now, life=life)
    made.address = address
    session.flush()
    return made


def waiting(session: Session, now: datetime) -> list[Invitation]:
    """Those that are still to be confirmed, oldest first."""
    return list(session.exec(_open(now).order_by(col(Invitation.id))).all())


def renew_code(session: Session, link_id: int, *, now: datetime) -> str | None:
    """The code to send, new each time since only its SHA-256 is kept; None where nothing is to be confirmed."""
    found = session.exec(_open(now).where(Invitation.id == link_id)).one_or_none()
    if found is None:
        return None
    code = people.random_code()
    found.code_sha256 = people.code_hash(code)
    session.flush()
    return people.printed(code)


def confirm(session: Session, code: str, person_id: int, *, now: datetime) -> str | None:
    """Links the address whose code this is to the person who asked for it; None where it is no such code, or another's.

    Raises: AddressTaken when somebody else has the address by now.
    """
    query = _open(now).where(Invitation.code_sha256 == people.code_hash(code), Invitation.person_id == person_id)
    found = session.exec(query.with_for_update()).one_or_none()
    if found is None or found.address is None:
        return None
    acquire_lock(session, f"identity:mail:{found.address}")
    people.link_address(session, person_id, "mail", found.address, by=person_id, now=now)
    found.redeemed_at, found.redeemed_by = now, f"mail:{found.address}"
    session.flush()
    return found.address


def is_code(session: Session, text: str, person_id: int, *, now: datetime) -> bool:
    """Whether a text is the code, and nothing else, that was sent to an address of this person's."""
    query = _open(now).where(Invitation.code_sha256 == people.code_hash(text), Invitation.person_id == person_id)
    return len(text) <= 40 and session.exec(query).first() is not None


def _open(now: datetime) -> SelectOfScalar[Invitation]:
    return select(Invitation).where(
        col(Invitation.address).is_not(None), col(Invitation.redeemed_at).is_(None), Invitation.expires_at > now
    )
