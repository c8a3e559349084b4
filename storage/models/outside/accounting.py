"""Accounting software that confirmed bills are pushed to, and how far each bill came there."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, Index, UniqueConstraint
from sqlmodel import Field

from storage.db.columns import EnumText, UtcDateTime
from storage.db.tenancy import OfCompany
from storage.sealing.columns import SealedText


class AccountingConnection(OfCompany, table=True):
    """A way into one installation of accounting software ("lexware", "xero").

    `access` is what lets us in, as JSON of the platform's own. `categories` maps codes of our accounts to what these
    are called there, "other" to what everything else is booked on. `refused` is why a person has to connect anew, None
    while it lets us in. `position` and `part` are the place in the log from which on bills are still to be lined up.
    """

    __table_args__ = (UniqueConstraint("company_id", "platform"),)
    id: int = Field(default=None, primary_key=True)
    platform: str
    title: str
    access: str = Field(sa_type=SealedText("accountingconnection.access"))
    categories: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    refused: str | None = None
    created_at: datetime = Field(sa_type=UtcDateTime)
    position: int
    part: int = 0


class PushState(StrEnum):
    """WAITING is tried, and tried again; FAILED waits for a person; WITHDRAWN was taken back there."""

    WAITING = "waiting"
    DONE = "done"
    FAILED = "failed"
    WITHDRAWN = "withdrawn"


class AccountingPush(OfCompany, table=True):
    """A bill on its way into accounting software, as it stands when it is sent.

    `external` is its id there, None while it is not there; `wanted` is the place in the log of the latest event that is
    to be seen there. `next_at` is when it is tried next, `leased_until` for how long a process that tries it has it for
    itself; `reason` is why it is not there.
    """

    __table_args__ = (
        UniqueConstraint("connection_id", "bill_id"),
        Index("ix_accountingpush_next", "connection_id", "state", "next_at"),
    )
    id: int = Field(default=None, primary_key=True)
    connection_id: int = Field(foreign_key="accountingconnection.id")
    bill_id: int = Field(foreign_key="bill.id")
    external: str | None = None
    state: PushState = Field(default=PushState.WAITING, sa_type=EnumText(PushState))
    wanted: int
    queued_at: datetime = Field(sa_type=UtcDateTime)
    next_at: datetime = Field(sa_type=UtcDateTime)
    leased_until: datetime | None = Field(default=None, sa_type=UtcDateTime)
    tries: int = 0
    reason: str = ""
