"""The addresses by which a person writes: joining a further one, giving one up, and what a person is called."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlmodel import Session, col, select

from storage import audit
from storage.db.locks import acquire_lock
from storage.errors import Unfit, WrongState
from storage.models import ChannelAccount, Identity, Invitation, Person
from storage.people import passkeys, people, web_sessions
from storage.people.access import tokens

MINUTES = 15
"""For how long a code joins a further address to a person."""
LONGEST_NAME = 80


def link_code(session: Session, person_id: int, *, now: datetime) -> str:
    """A code such as "K7QM-2XWP-9TRD" with which one further address becomes this person's, once, for a while."""
    code = people.random_code()
    people.add_invitation(session, code, "", now, timedelta(minutes=MINUTES), person_id=person_id)
    return people.printed(code)


def owner_of_code(session: Session, code: str, now: datetime) -> Person | None:
    """The person whom a code that is still good joins an address to; None for any other code."""
    query = select(Invitation).where(Invitation.code_sha256 == people.code_hash(code))
    found = session.exec(query).one_or_none()
    if found is None or found.person_id is None or found.redeemed_at is not None or found.expires_at <= now:
        return None
    return session.get(Person, found.person_id)


def identities_of(session: Session, person_id: int) -> list[Identity]:
    """The person's addresses, in the order in which they were linked."""
    query = select(Identity).where(Identity.person_id == person_id)
    return list(session.exec(query.order_by(col(Identity.id))).all())


def unlink(session: Session, person_id: int, channel: str, *, now: datetime) -> int:
    """The person no longer writes on a channel; how many addresses they gave up.

    Raises: WrongState where they could write nowhere any more but on this machine's terminal.
    """
    acquire_lock(session, f"identities:{person_id}")
    known = identities_of(session, person_id)
    gone = [one for one in known if one.channel == channel]
    if gone and all(one.channel in (channel, "terminal", tokens.CHANNEL) for one in known):
        raise WrongState("You write to me nowhere else, so this stays. Link another channel first.")
    for one in gone:
        details = {"channel": one.channel, "address": one.address}
        session.delete(one)
        audit.record(session, "unlinked", person_id=person_id, now=now, details=details)
    if gone and channel == web_sessions.CHANNEL:
        web_sessions.end_all(session, person_id, now=now)
        passkeys.remove_all(session, person_id, now=now)
    session.flush()
    return len(gone)


def rename(session: Session, person: Person, name: str, *, by: int, now: datetime) -> None:
    """Calls a person otherwise. Raises: Unfit for what is no name."""
    name = " ".join(name.split())
    if not name or len(name) > LONGEST_NAME or not any(sign.isalpha() for sign in name):
        raise Unfit("“{value}” is not a {field}.", value=name, field="name")
    details = {"person": person.id, "name": name, "before": person.name}
    person.name = name
    session.flush()
    audit.record(session, "renamed person", person_id=by, now=now, details=details)


def record_account(session: Session, channel: str, name: str, now: datetime) -> None:
    """Notes what we are called on a platform."""
    acquire_lock(session, f"account:{channel}")
    session.merge(ChannelAccount(channel=channel, name=name, seen_at=now))
    session.flush()


def account_name(session: Session, channel: str) -> str | None:
    """What we are called on a platform, None while that is not known."""
    found = session.get(ChannelAccount, channel)
    return found.name if found else None
