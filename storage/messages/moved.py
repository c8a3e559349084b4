"""A group that goes on under another id of its platform: what belongs to it moves along."""

from __future__ import annotations

from sqlmodel import Session, SQLModel, col, delete, select

from storage.db.locks import acquire_lock
from storage.db.tenancy import company_of
from storage.models import Alarm, Conversation, Delivery, Inbound, OutboxItem, Preference, Room


def move_room(session: Session, channel: str, old: str, new: str) -> bool:
    """Everything that is kept of conversations in the room `old` ("-100", "-100:5") is of `new` from now on: what it is
    about, what is allowed there, what waits for it. What was sent keeps its id, since the platform keeps it there.

    Returns whether anything was. Harmless to repeat.
    """
    acquire_lock(session, f"room:{channel}:{old}")
    moved = False
    for table in (Inbound, OutboxItem, Delivery, Alarm, Conversation, Preference):
        for found in _of_room(session, table, channel, old):
            there = new + found.conversation[len(old) :]
            if table is Conversation:
                taken = (col(Conversation.channel) == channel, col(Conversation.conversation) == there)
                session.exec(delete(Conversation).where(*taken))
            found.conversation = there
            moved = True
    room = session.get(Room, (company_of(session), channel, old))
    if room is not None:
        session.merge(
            Room(company_id=room.company_id, channel=channel, room=new, figures=room.figures, documents=room.documents)
        )
        session.delete(room)
        moved = True
    session.flush()
    return moved


def _of_room(session: Session, table: type[SQLModel], channel: str, room: str) -> list[Inbound | OutboxItem]:
    conversation = col(table.conversation)  # type: ignore[attr-defined]
    inside = (conversation == room) | conversation.startswith(f"{room}:", autoescape=True)
    return list(session.exec(select(table).where(table.channel == channel, inside)).all())  # type: ignore[attr-defined,arg-type]
