"""Replies that could not be delivered at once: they wait and are tried again, or were given up."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import Index
from sqlmodel import Field

from storage.db.columns import EnumText, UtcDateTime
from storage.db.tenancy import OfCompany
from storage.sealing.columns import SealedText


class OutboxState(StrEnum):
    """WAITING is tried again; FAILED was refused for good, came back, or was tried for too long; TOLD says that the
    person heard of it elsewhere."""

    WAITING = "waiting"
    DELIVERED = "delivered"
    FAILED = "failed"
    TOLD = "told"


class OutboxItem(OfCompany, table=True):
    """A reply that waits to be delivered. `key` is its idempotency key; `message` and `reply` are JSON.

    `away` says that the platform could not be reached at all, rather than that it put this reply off; `reason` is what
    it said last. `next_at` is when it is tried next, or until when a process that tries it now has it for itself.
    `quiet` ones say nothing new, such as a card that changes in place: nobody is told where they fail.
    """

    __table_args__ = (Index("ix_outboxitem_next", "state", "next_at"),)
    key: str = Field(primary_key=True)
    channel: str
    conversation: str
    address: str
    person_id: int | None = Field(default=None, foreign_key="person.id")
    subject: str = ""
    message: str = Field(sa_type=SealedText("outboxitem.message"))
    reply: str = Field(sa_type=SealedText("outboxitem.reply"))
    state: OutboxState = Field(sa_type=EnumText(OutboxState))
    queued_at: datetime = Field(sa_type=UtcDateTime)
    next_at: datetime = Field(sa_type=UtcDateTime)
    tries: int = 0
    away: bool = False
    quiet: bool = False
    reason: str = ""
    ended_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
