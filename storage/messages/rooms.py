"""Places that several people read: what the company allows there."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session

from storage import audit
from storage.db.locks import acquire_lock
from storage.db.tenancy import company_of
from storage.models import Room


def room_of(conversation: str) -> str:
    """The channel or group that a conversation is in, without its thread or topic ("C100:1742.5" → "C100")."""
    return conversation.partition(":")[0]


def find_room(session: Session, channel: str, conversation: str) -> Room:
    """What is allowed where the conversation is; an unsaved one that allows nothing, where nothing was said."""
    room = room_of(conversation)
    return session.get(Room, (company_of(session), channel, room)) or Room(channel=channel, room=room)


def allow(session: Session, channel: str, conversation: str, *, person_id: int, now: datetime, **allowed: bool) -> Room:
    """Says whether `figures` are told, or `documents` read, where the conversation is; the other stays."""
    acquire_lock(session, f"room:{channel}:{room_of(conversation)}")
    found = find_room(session, channel, conversation)
    before = {name: getattr(found, name) for name in allowed}
    for name, value in allowed.items():
        setattr(found, name, value)
    session.add(found)
    session.flush()
    details = {"channel": channel, "room": found.room, "before": before, "allowed": allowed}
    audit.record(session, "allowed in room", person_id=person_id, now=now, details=details)
    return found
