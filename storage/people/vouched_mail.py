"""Who comes in because an identity provider vouches for their mail address (OpenID Connect, `email_verified`)."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session, col, select

from storage.db.locks import acquire_lock
from storage.models import Invitation, Person, Role
from storage.people import people
from storage.people.addresses import normalised


def person_of(session: Session, address: str, called: str, *, now: datetime) -> Person | None:
    """Who is known by exactly this address, else who was invited by it and comes in now, called as they are there;
    None for anybody else. Nobody becomes an owner so: such an invitation takes its code.

    An address with letters beyond ASCII before its @ is nobody's here: folding case makes one of what providers may
    take for two ("K" and the Kelvin sign).
    """
    if not address.rpartition("@")[0].isascii():
        return None
    known = people.find_person(session, "mail", address)
    if known is not None:  # it may be that of the address without its detail, which nobody vouched for
        return known if normalised(address) in people.addresses(session, known.id, "mail") else None
    acquire_lock(session, f"identity:mail:{normalised(address)}")
    invitation = _invited(session, normalised(address), now)
    if invitation is None:
        return None
    return people.come_in(session, invitation, "mail", address, now, called)


def _invited(session: Session, address: str, now: datetime) -> Invitation | None:
    """The newest open invitation of this address."""
    query = select(Invitation).where(
        col(Invitation.redeemed_at).is_(None),
        Invitation.expires_at > now,
        col(Invitation.person_id).is_(None),
        Invitation.role != Role.OWNER,
        col(Invitation.name).contains("@"),
    )
    found = session.exec(query.order_by(col(Invitation.id).desc()).with_for_update()).all()
    return next((one for one in found if normalised(one.name) == address), None)
