"""What somebody tried and may not, to be told to the owner where that matters."""

from __future__ import annotations

from sqlmodel import Session

from handlers.context import Context
from storage.mail import owner_notes
from storage.models import Permission
from storage.people import rights

ATTEMPT = "attempt"
"""The kind of the owner's note."""


def note(session: Session, context: Context, permission: Permission) -> None:
    """Notes what `config/rights.toml` has the owner told of, of each person and permission once a day."""
    if not rights.usual()[permission].told:
        return
    asker = context.asker
    values = {"name": asker.name, "role": str(asker.role), "permission": str(permission)}
    key = f"{ATTEMPT}/{asker.id}/{permission}/{context.now.date()}"
    owner_notes.note(session, key, ATTEMPT, values, now=context.now)
