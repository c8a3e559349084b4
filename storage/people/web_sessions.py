"""Who is signed in on the web: a session for each browser, which lives here and not in its cookie.

The cookie carries a token, of which only the SHA-256 is kept; so a copy of it is worth nothing once the session was
ended, by its person, or because the person or their web address is no more.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Collection
from datetime import datetime, timedelta

from sqlmodel import Session, col, delete, select
from sqlmodel.sql.expression import SelectOfScalar

from storage import audit
from storage.db.lists import one_of
from storage.models import Identity, WebSession
from storage.people import people

CHANNEL = "web"
LIFE = timedelta(days=30)
"""For how long a browser stays signed in that is not used."""
_NOTED_EVERY = timedelta(minutes=5)
_LONGEST_AGENT = 300


def begin(session: Session, address: str, user_agent: str, *, now: datetime, by: str = "") -> str:
    """Signs the person of a web address in; the token for their browser, which is told this once. `by` says in the
    audit what they came in by, "" for a link or code."""
    identity = session.exec(select(Identity).where(Identity.channel == CHANNEL, Identity.address == address)).one()
    session.exec(delete(WebSession).where(col(WebSession.expires_at) <= now))
    token = secrets.token_urlsafe(32)
    made = WebSession(
        token_sha256=_hash(token),
        person_id=identity.person_id,
        address=address,
        user_agent=user_agent[:_LONGEST_AGENT],
        created_at=now,
        seen_at=now,
        expires_at=now + LIFE,
    )
    session.add(made)
    session.flush()
    details = {"session": made.id} | ({"by": by} if by else {})
    audit.record(session, "signed in", person_id=identity.person_id, now=now, details=details)
    return token


def begin_for(session: Session, person_id: int, user_agent: str, *, now: datetime, by: str) -> str:
    """Signs in somebody known, who is given a web address where they have none; the token, as `begin` gives it."""
    if not (theirs := people.addresses(session, person_id, CHANNEL)):
        passing = f"passing-{secrets.token_hex(8)}"
        people.link_address(session, person_id, CHANNEL, passing, by=person_id, now=now)
        theirs = [people.give_lasting_address(session, CHANNEL, passing)]
    return begin(session, theirs[0], user_agent, now=now, by=by)


def find(session: Session, token: str, *, now: datetime) -> WebSession | None:
    """The session of a token; None where it was ended or is over, or its person no longer has the address."""
    return session.exec(_lasting([_hash(token)], now)).one_or_none()


def lasting(session: Session, tokens: Collection[str], *, now: datetime) -> set[str]:
    """Those of the tokens of which `find` knows the session."""
    by_hash = {_hash(token): token for token in tokens}
    return {by_hash[found.token_sha256] for found in session.exec(_lasting(by_hash.keys(), now)).all()}


def _lasting(hashes: Collection[str], now: datetime) -> SelectOfScalar[WebSession]:
    return (
        select(WebSession)
        .join(Identity, col(Identity.address) == col(WebSession.address))
        .where(
            Identity.channel == CHANNEL,
            Identity.person_id == WebSession.person_id,
            one_of(WebSession.token_sha256, hashes),
            WebSession.expires_at > now,
        )
    )


def company_of(session: Session, token: str) -> int | None:
    """The company of the session of a token; for a session of the installation."""
    return session.exec(select(WebSession.company_id).where(WebSession.token_sha256 == _hash(token))).first()


def is_to_be_noted(found: WebSession, now: datetime) -> bool:
    """Whether it is some time since it was noted that a session is used."""
    return now - found.seen_at >= _NOTED_EVERY


def note_use(session: Session, session_id: int, *, now: datetime) -> None:
    """A session that is used goes on."""
    found = session.get(WebSession, session_id)
    if found is not None:
        found.seen_at, found.expires_at = now, now + LIFE
        session.flush()


def sessions_of(session: Session, person_id: int, *, now: datetime) -> list[WebSession]:
    """Where a person is signed in, the oldest first."""
    query = select(WebSession).where(WebSession.person_id == person_id, WebSession.expires_at > now)
    return list(session.exec(query.order_by(col(WebSession.id))).all())


def end(session: Session, found: WebSession, *, now: datetime) -> None:
    """Signs a browser out."""
    audit.record(session, "signed out", person_id=found.person_id, now=now, details={"session": found.id})
    session.delete(found)
    session.flush()


def end_all(session: Session, person_id: int, *, now: datetime) -> int:
    """Signs a person out in every browser; how many there were."""
    open_now = sessions_of(session, person_id, now=now)
    for each in open_now:
        end(session, each, now=now)
    return len(open_now)


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
