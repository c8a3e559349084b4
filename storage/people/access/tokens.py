"""Tokens with which a program acts in a person's name, and the secret addresses of what is only read.

A token is told once, when it is made; only the SHA-256 of its secret half is kept. It is worth nothing once it was
revoked, its day is over, or its person is no longer of the company.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Literal

from sqlmodel import Session, col, select

from storage import audit
from storage.db.locks import acquire_lock
from storage.errors import Unfit, WrongState
from storage.models import AccessToken, Identity, Person
from storage.people import people

CHANNEL = "api"
"""The channel on which a token's person speaks."""
PREFIX = "bfy_"
"""How a token begins, so that scanners of leaked secrets know it."""
Kind = Literal["api", "calendar", "table"]
DAYS = 90
"""For how many days a token is good where nobody said."""
LONGEST_DAYS = 366
LONGEST_NAME = 60
MOST = 50
"""So many tokens one person has at most."""

RESOURCES = (
    "bills", "documents", "parties", "payments", "statements", "entries", "reports", "people", "reminders", "audit",
    "events", "webhooks", "assistant",
)  # fmt: skip
SCOPES = tuple(f"{resource}:{deed}" for resource in RESOURCES for deed in ("read", "write"))
READING = tuple(scope for scope in SCOPES if scope.endswith(":read"))
_NOTED_EVERY = timedelta(minutes=5)
_NOBODYS = hashlib.sha256(b"nobody's").hexdigest()


def issue(
    session: Session,
    person_id: int,
    name: str,
    *,
    kind: Kind = "api",
    scopes: Sequence[str] = READING,
    days: int | None = DAYS,
    now: datetime,
) -> tuple[AccessToken, str]:
    """A new token of a person, and what it reads, which is told this once. `days` None: until it is revoked.

    Raises: Unfit for a name, scopes or days that there cannot be; WrongState where the person has too many.
    """
    name = " ".join(name.split())
    if not name or len(name) > LONGEST_NAME:
        raise Unfit("“{value}” is not a {field}.", value=name, field="name")
    if unknown := [scope for scope in scopes if scope not in SCOPES]:
        raise Unfit("There is no scope “{value}”. There are: {known}.", value=unknown[0], known=", ".join(SCOPES))
    if days is not None and not 0 < days <= LONGEST_DAYS:
        raise Unfit("A token is good for 1 to {most} days.", most=LONGEST_DAYS)
    acquire_lock(session, f"tokens:{person_id}")
    if len(tokens_of(session, person_id, now=now)) >= MOST:
        raise WrongState("You have {n} tokens already. Revoke those that nobody uses.", n=MOST)
    public, secret = secrets.token_hex(6), secrets.token_urlsafe(32)
    made = AccessToken(
        public=public,
        secret_sha256=_hash(secret),
        person_id=person_id,
        address=_address_of(session, person_id, now),
        kind=kind,
        name=name,
        scopes=sorted(set(scopes), key=SCOPES.index),
        created_at=now,
        expires_at=now + timedelta(days=days) if days is not None else None,
    )
    session.add(made)
    session.flush()
    details = {"token": made.id, "name": name, "kind": kind, "scopes": made.scopes}
    audit.record(session, "issued token", person_id=person_id, now=now, details=details)
    return made, f"{PREFIX}{public}_{secret}"


def find(session: Session, presented: str, *, now: datetime) -> AccessToken | None:
    """The token that somebody brings; None where it is none, was revoked, is over, or its person is gone."""
    public, secret = _halves(presented)
    held = session.exec(
        select(AccessToken)
        .join(Identity, col(Identity.address) == col(AccessToken.address))
        .where(
            AccessToken.public == public,
            Identity.channel == CHANNEL,
            Identity.person_id == AccessToken.person_id,
        )
    ).one_or_none()
    # as long for one that there is not: nothing is learned from how long it takes
    alike = hmac.compare_digest(held.secret_sha256 if held else _NOBODYS, _hash(secret))
    if held is None or not alike or (held.expires_at is not None and held.expires_at <= now):
        return None
    return held


def company_of(session: Session, presented: str) -> int | None:
    """The company of a token; for a session of the installation."""
    public, _ = _halves(presented)
    return session.exec(select(AccessToken.company_id).where(AccessToken.public == public)).first()


def tokens_of(session: Session, person_id: int, *, now: datetime) -> list[AccessToken]:
    """A person's tokens that are still good, the oldest first."""
    query = select(AccessToken).where(AccessToken.person_id == person_id).order_by(col(AccessToken.id))
    return [one for one in session.exec(query).all() if one.expires_at is None or one.expires_at > now]


def everybodys(session: Session, *, now: datetime) -> list[tuple[AccessToken, Person]]:
    """The company's tokens that are still good, with whose they are, the oldest first."""
    query = select(AccessToken, Person).join(Person, col(Person.id) == col(AccessToken.person_id))
    found = session.exec(query.order_by(col(AccessToken.id))).all()
    return [(one, whose) for one, whose in found if one.expires_at is None or one.expires_at > now]


def revoke(session: Session, token: AccessToken, *, by: int | None, now: datetime) -> None:
    """Nobody gets in by it any more."""
    details = {"token": token.id, "name": token.name}
    session.delete(token)
    session.flush()
    audit.record(session, "revoked token", person_id=by, now=now, details=details)


def revoke_all(session: Session, person_id: int, *, by: int | None, now: datetime) -> int:
    """Ends all of a person's; how many there were."""
    held = session.exec(select(AccessToken).where(AccessToken.person_id == person_id)).all()
    for each in held:
        revoke(session, each, by=by, now=now)
    return len(held)


def is_to_be_noted(token: AccessToken, now: datetime) -> bool:
    """Whether it is some time since it was noted that a token is used."""
    return token.used_at is None or now - token.used_at >= _NOTED_EVERY


def note_use(session: Session, token_id: int, *, now: datetime) -> None:
    """It was used now."""
    if (held := session.get(AccessToken, token_id)) is not None:
        held.used_at = now
        session.flush()


def _address_of(session: Session, person_id: int, now: datetime) -> str:
    """The address under which the person's programs speak, linked with the first token."""
    known = people.addresses(session, person_id, CHANNEL)
    address = known[0] if known else f"person-{person_id}"
    if not known:
        people.link_address(session, person_id, CHANNEL, address, by=person_id, now=now)
    return address


def _halves(presented: str) -> tuple[str, str]:
    """The half by which it is found, and the secret one."""
    public, _, secret = presented.removeprefix(PREFIX).partition("_")
    return public[:64], secret[:256]


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()
