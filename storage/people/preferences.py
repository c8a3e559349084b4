"""How each person likes it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlmodel import Session, select

from storage import audit
from storage.db.locks import acquire_lock
from storage.models import Preference


def preference(session: Session, person_id: int) -> Preference:
    """What the person chose; an unsaved one, the company's way in everything, where they chose nothing."""
    return session.get(Preference, person_id) or Preference(person_id=person_id)


def all_preferences(session: Session) -> dict[int, Preference]:
    """What each person chose, by their id; who chose nothing is left out."""
    return {chosen.person_id: chosen for chosen in session.exec(select(Preference)).all()}


def choose(session: Session, person_id: int, **columns: Any) -> Preference:
    """Sets columns of the person's preference; the others stay."""
    acquire_lock(session, f"preference:{person_id}")
    chosen = preference(session, person_id)
    for name, value in columns.items():
        setattr(chosen, name, value)
    session.add(chosen)
    session.flush()
    return chosen


def change(session: Session, person_id: int, now: datetime, **columns: Any) -> Preference:
    """The same, said by the person, who may take it back."""
    found = preference(session, person_id)
    before = {name: getattr(found, name) for name in columns}
    chosen = choose(session, person_id, **columns)
    details = {"before": before, "chosen": columns}
    audit.record(session, "chose", person_id=person_id, now=now, details=details)
    return chosen
