"""What people are told without asking: reminders, digests, and that each went out once."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Index, UniqueConstraint, text
from sqlmodel import Field

from storage.db.columns import UtcDateTime
from storage.db.tenancy import OfCompany

_STANDS = text("rung_at IS NULL AND cancelled_at IS NULL")


class Snooze(OfCompany, table=True):
    """A person does not want to be reminded of a bill before `until`; None means never again."""

    __table_args__ = (UniqueConstraint("person_id", "bill_id"),)
    id: int = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id")
    bill_id: int = Field(foreign_key="bill.id")
    until: datetime | None = Field(default=None, sa_type=UtcDateTime)


class Alarm(OfCompany, table=True):
    """Somebody asked to be reminded ("on Friday about the Acme bill"), on the chat where they asked.

    `undelivered` counts how often that could not be delivered; it is tried anew from `retry_at` on.
    """

    found_across = True
    __table_args__ = (
        Index("ix_alarm_due", "at"),
        Index("ix_alarm_stands", "at", sqlite_where=_STANDS, postgresql_where=_STANDS),
    )
    id: int = Field(default=None, primary_key=True)
    key: str = Field(unique=True)
    person_id: int = Field(foreign_key="person.id")
    bill_id: int | None = Field(default=None, foreign_key="bill.id")
    text: str = ""
    at: datetime = Field(sa_type=UtcDateTime)
    channel: str
    conversation: str
    rung_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    undelivered: int = 0
    retry_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    cancelled_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class Firing(OfCompany, table=True):
    """Something went out by itself. `key` says what, to whom, and for which scheduled time: it goes out once.

    `message_key` is that of the message which told it. Where that could not be delivered, `undelivered` counts it and
    it counts as not told from `retry_at` on.
    """

    key: str = Field(primary_key=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    scheduled_for: datetime = Field(sa_type=UtcDateTime)
    fired_at: datetime = Field(sa_type=UtcDateTime)
    message_key: str | None = Field(default=None, index=True)
    undelivered: int = 0
    retry_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
