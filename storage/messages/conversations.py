"""What a conversation is about: the bill that “it” means, a question of ours, what was said last."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlmodel import Session, select

from storage.db.locks import acquire_lock
from storage.models import Conversation


@dataclass(frozen=True)
class ConversationFocus:
    """What a conversation is about: the bill that "it" means, an open question of ours, and what was said last (both
    JSON), each or None."""

    bill_id: int | None = None
    pending: dict[str, Any] | None = None
    last: dict[str, Any] | None = None


def focus(session: Session, channel: str, conversation: str) -> ConversationFocus:
    """What the conversation is about; nothing, if it is new."""
    found = _conversation(session, channel, conversation)
    return ConversationFocus() if found is None else ConversationFocus(found.bill_id, found.pending, found.last)


def set_focus(
    session: Session,
    channel: str,
    conversation: str,
    *,
    bill_id: int | None = None,
    pending: dict[str, Any] | None = None,
    last: dict[str, Any] | None = None,
) -> None:
    """From now on the conversation is about this, and nothing else."""
    acquire_lock(session, f"conversation:{channel}:{conversation}")
    found = _conversation(session, channel, conversation) or Conversation(channel=channel, conversation=conversation)
    found.bill_id, found.pending, found.last = bill_id, pending, last
    session.add(found)
    session.flush()


def _conversation(session: Session, channel: str, conversation: str) -> Conversation | None:
    query = select(Conversation).where(Conversation.channel == channel, Conversation.conversation == conversation)
    return session.exec(query).one_or_none()
