"""What is delivered later: replies that could not be at once, and events to addresses outside that are told of them.
They wait and are tried again, or were given up."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import JSON, Index, UniqueConstraint
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

    found_across = True
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


class WebhookState(StrEnum):
    """PAUSED by a person; STOPPED since it took nothing for days, its person may not see the books, or (GONE) it said
    that it is no more. What happens meanwhile is sent once it is ACTIVE again."""

    ACTIVE = "active"
    PAUSED = "paused"
    STOPPED = "stopped"
    GONE = "gone"


class Webhook(OfCompany, table=True):
    """An address that is told of events, in a person's name: of those of the `types`, [] for all.

    What is sent is signed with `secret` ("whsec_" and 32 bytes in Base64), until `former_until` with `former_secret`
    as well. `position` and `part` are the place in the log from which on events are still to be lined up for it.
    """

    found_across = True
    id: int = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    url: str = Field(sa_type=SealedText("webhook.url"))
    types: list[str] = Field(default_factory=list, sa_type=JSON)
    secret: str = Field(sa_type=SealedText("webhook.secret"))
    former_secret: str | None = Field(default=None, sa_type=SealedText("webhook.former_secret"))
    former_until: datetime | None = Field(default=None, sa_type=UtcDateTime)
    state: WebhookState = Field(default=WebhookState.ACTIVE, sa_type=EnumText(WebhookState))
    created_at: datetime = Field(sa_type=UtcDateTime)
    position: int
    part: int = 0


class WebhookDeliveryState(StrEnum):
    """WAITING is tried, and tried again; FAILED was given up, and is sent once more only when somebody says so."""

    WAITING = "waiting"
    DELIVERED = "delivered"
    FAILED = "failed"


class WebhookDelivery(OfCompany, table=True):
    """An event on its way to a webhook, by its place in the log; `position` None is a test of the address.

    Of one `subject` ("bill:17") only the first that waits is sent. `next_at` is when it is tried next, `leased_until`
    for how long a process that tries it has it for itself; `status` is the last answer of HTTP, None where there was
    none, and `reason` why it was not delivered.
    """

    __table_args__ = (
        UniqueConstraint("webhook_id", "position", "part"),
        Index("ix_webhookdelivery_next", "webhook_id", "state", "next_at"),
    )
    id: int = Field(default=None, primary_key=True)
    webhook_id: int = Field(foreign_key="webhook.id")
    position: int | None
    part: int = 0
    type: str
    subject: str
    state: WebhookDeliveryState = Field(default=WebhookDeliveryState.WAITING, sa_type=EnumText(WebhookDeliveryState))
    queued_at: datetime = Field(sa_type=UtcDateTime)
    next_at: datetime = Field(sa_type=UtcDateTime)
    leased_until: datetime | None = Field(default=None, sa_type=UtcDateTime)
    tries: int = 0
    status: int | None = None
    reason: str = ""
    ended_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
