"""The company whose books these are."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlmodel import Session

from storage import audit
from storage.db.locks import acquire_lock
from storage.errors import Unfit
from storage.models import Company

NAMELESS = "My company"


def company(session: Session) -> Company:
    """The company's profile; an unsaved one with the defaults, where nothing was said yet."""
    return session.get(Company, 1) or Company(name=NAMELESS)


def ensure_company(session: Session, name: str) -> Company:
    """The profile, begun with this name where there is none. Safe with several processes starting at once."""
    acquire_lock(session, "company")
    found = session.get(Company, 1) or Company(name=name)
    session.add(found)
    session.flush()
    return found


def mail_address(session: Session) -> str:
    """The address of ours that people write to; "" before the first start."""
    return company(session).mail_address


def describe(session: Session, **columns: Any) -> Company:
    """Sets columns of the profile; the others stay."""
    found = ensure_company(session, NAMELESS)
    for name, value in columns.items():
        setattr(found, name, value)
    session.flush()
    return found


def change(session: Session, field: str, value: str, *, person_id: int, now: datetime) -> Company:
    """Somebody says what the company's name, VAT id or country is. Raises: Unfit when it is no such thing."""
    value = " ".join(value.split())
    if field == "vat_id":
        value = "".join(c for c in value.upper() if c.isalnum())
    if not value or (field == "country" and not (len(value) == 2 and value.isalpha())):
        raise Unfit("“{value}” is not a {field}.", value=value, field=field.replace("_", " "))
    old = getattr(company(session), field)
    changed = describe(session, **{field: value.upper() if field == "country" else value})
    audit.record(session, "described", person_id=person_id, now=now, details={"field": field, "old": old})
    return changed


def allow_own_approval(session: Session, allowed: bool, *, person_id: int, now: datetime) -> None:
    """Whether people may approve bills that they sent themselves."""
    before = company(session).approve_own
    describe(session, approve_own=allowed)
    audit.record(session, "own approval", person_id=person_id, now=now, details={"before": before})
