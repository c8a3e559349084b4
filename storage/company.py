"""The company whose books these are."""

from __future__ import annotations

from typing import Any

from sqlmodel import Session

from storage.locks import hold
from storage.models import Company

NAMELESS = "My company"


def company(session: Session) -> Company:
    """The company's profile; an unsaved one with the defaults, where nothing was said yet."""
    return session.get(Company, 1) or Company(name=NAMELESS)


def ensure_company(session: Session, name: str) -> Company:
    """The profile, begun with this name where there is none. Safe with several processes starting at once."""
    hold(session, "company")
    found = session.get(Company, 1) or Company(name=name)
    session.add(found)
    session.flush()
    return found


def describe(session: Session, **columns: Any) -> Company:
    """Sets columns of the profile; the others stay."""
    found = ensure_company(session, NAMELESS)
    for name, value in columns.items():
        setattr(found, name, value)
    session.flush()
    return found
