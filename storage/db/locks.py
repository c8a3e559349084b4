"""Locks by name, for "look, and add if it is not there" by several processes at once."""

from __future__ import annotations

import hashlib

from sqlalchemy import text
from sqlmodel import Session


def acquire_lock(session: Session, name: str, *, shared: bool = False) -> None:
    """Waits until no other transaction holds `name`, and holds it until this transaction ends.

    Those who hold it `shared` wait only for one who does not. PostgreSQL: an advisory lock. SQLite needs none: a
    writing transaction is alone there (see storage.db.database).
    """
    if session.get_bind().dialect.name == "postgresql":
        number = int.from_bytes(hashlib.sha256(name.encode()).digest()[:8], signed=True)
        lock = "pg_advisory_xact_lock_shared" if shared else "pg_advisory_xact_lock"
        session.connection().execute(text(f"SELECT {lock}(:number)"), {"number": number})
