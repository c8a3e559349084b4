"""Who goes: their ways in end at once, and what they did stays theirs."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session, col, select

from storage import audit
from storage.db.locks import acquire_lock
from storage.errors import AddressTaken, WrongState
from storage.models import Alarm, Identity, Invitation, Person, Role
from storage.people import passkeys, people, web_sessions
from storage.people.access import tokens, webhooks


def remove(session: Session, person: Person, *, by: int, now: datetime) -> None:
    """The person belongs to the company no more: no address is theirs, no code of theirs opens anything, nothing is
    told to them. Raises: LastOwner where nobody would own the books."""
    acquire_lock(session, "people")
    people.check_owned_without(session, person)
    known = session.exec(select(Identity).where(Identity.person_id == person.id).order_by(col(Identity.id))).all()
    details = {
        "person": person.id,
        "name": person.name,
        "addresses": [[one.channel, one.address] for one in known],
    }
    for identity in known:
        session.delete(identity)
    theirs = (Invitation.person_id == person.id) | (Invitation.invited_by == person.id)
    for code in session.exec(select(Invitation).where(theirs, col(Invitation.redeemed_at).is_(None))).all():
        code.expires_at = min(now, code.expires_at)
    waiting = (col(Alarm.rung_at).is_(None), col(Alarm.cancelled_at).is_(None))
    for alarm in session.exec(select(Alarm).where(Alarm.person_id == person.id, *waiting)).all():
        alarm.cancelled_at = now
    web_sessions.end_all(session, person.id, now=now)
    passkeys.remove_all(session, person.id, now=now)
    tokens.revoke_all(session, person.id, by=by, now=now)
    webhooks.remove_all(session, person.id, by=by, now=now)
    person.left_at = now
    session.flush()
    audit.record(session, "removed", person_id=by, now=now, details=details)


def take_back(session: Session, person_id: int, addresses: list[list[str]], *, by: int, now: datetime) -> None:
    """The person belongs to the company again, on the channels that were theirs. Raises: AddressTaken where somebody
    else is written to there by now; WrongState where they are here."""
    person = session.get_one(Person, person_id)
    if person.left_at is None:
        raise WrongState("{name} is here.", name=person.name)
    person.left_at = None
    for channel, address in addresses:
        if (holder := people.find_person(session, channel, address)) is not None:
            raise AddressTaken("{address} belongs to {name}.", address=address, name=holder.name)
        session.add(Identity(person_id=person_id, channel=channel, address=address, linked_at=now))
    session.flush()
    audit.record(session, "returned", person_id=by, now=now, details={"person": person_id, "name": person.name})


def hand_over(session: Session, owner: Person, to: Person, *, now: datetime) -> None:
    """Another person owns the books, and who did is an approver. Raises: WrongState for one and the same."""
    if owner.id == to.id:
        raise WrongState("{name} owns the books already.", name=to.name)
    people.appoint(session, to, Role.OWNER, by=owner.id, now=now)
    people.appoint(session, owner, Role.APPROVER, by=owner.id, now=now)
