"""What was said and sent, and what conversations are about."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from storage.db.columns import UtcDateTime


class Inbound(SQLModel, table=True):
    """A message that was served, with the replies it got: serving it again returns these."""

    key: str = Field(primary_key=True)
    channel: str
    conversation: str
    person_id: int | None = Field(default=None, foreign_key="person.id")
    served_at: datetime = Field(sa_type=UtcDateTime)
    replies: str


class Enclosure(SQLModel, table=True):
    """A file in the document store that a reply of ours carries: a chart, a payment file, a page's picture."""

    sha256: str = Field(primary_key=True)
    kept_at: datetime = Field(sa_type=UtcDateTime)


class Delivery(SQLModel, table=True):
    """A reply that was sent: its key, the platform's id of it, and the bill that it speaks of."""

    __table_args__ = (Index("ix_delivery_sent", "channel", "sent_id"),)
    key: str = Field(primary_key=True)
    channel: str
    conversation: str
    sent_id: str
    bill_id: int | None = Field(default=None, foreign_key="bill.id", index=True)
    final: bool = False
    sent_at: datetime = Field(sa_type=UtcDateTime)


class Conversation(SQLModel, table=True):
    """What a conversation is about: the bill that "it" means, and a question of ours that is open.

    `last` is the question that was answered last and the bills that the answer named, in their order: follow-ups
    ("and next month?", "pay the second") lean on it.
    """

    __table_args__ = (UniqueConstraint("channel", "conversation"),)
    id: int = Field(default=None, primary_key=True)
    channel: str
    conversation: str
    bill_id: int | None = Field(default=None, foreign_key="bill.id")
    pending: dict[str, Any] | None = Field(default=None, sa_type=JSON)
    last: dict[str, Any] | None = Field(default=None, sa_type=JSON)


class Post(SQLModel, table=True):
    """One bubble of a chat that has no platform to keep it (web, terminal); JSON of a Message or a Reply."""

    __table_args__ = (Index("ix_post_chat", "channel", "conversation", "changed_at"),)
    id: int = Field(default=None, primary_key=True)
    key: str = Field(unique=True)
    channel: str
    conversation: str
    message: str | None = None
    reply: str | None = None
    changed_at: datetime = Field(sa_type=UtcDateTime)


class Worker(SQLModel, table=True):
    """A process that serves messages, and when it was last alive."""

    name: str = Field(primary_key=True)
    seen_at: datetime = Field(sa_type=UtcDateTime)
