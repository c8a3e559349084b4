"""An event as JSON: what is read in the log, and the body that webhooks get (Standard Webhooks: type, timestamp,
data). It names what it is about, and says no more of it: whoever is told asks for the rest, with their token's rights.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from pydantic import BaseModel, Field

from storage.events.log import Event as Happened


class LogEvent(BaseModel):
    """Something that happened. `id` is the same however often it is told."""

    id: str = Field(examples=["evt_1_42_0"])
    type: str = Field(examples=["bill.confirmed"])
    timestamp: datetime = Field(description="When it happened.")
    company: int
    person: int | None = Field(description="Who did it; null for Billify.")
    subject: str = Field(examples=["bill:17"], description="Of one subject, webhooks are told in the order of the log.")
    data: dict[str, Any] = Field(
        examples=[{"bill": 17}], description="The ids of what it is about: bill, entry, movement, vendor and so on."
    )
    url: str | None = Field(
        examples=["/api/v1/bills/17"], description="Where its bill is read; null where it has none."
    )


def event_of(happened: Happened, company: int) -> LogEvent:
    """The event of a company as it is told."""
    bill = happened.ids.get("bill")
    return LogEvent(
        id=f"evt_{company}_{happened.position}_{happened.part}",
        type=happened.type,
        timestamp=happened.at,
        company=company,
        person=happened.person_id,
        subject=happened.subject,
        data=happened.ids,
        url=f"/api/v1/bills/{bill}" if bill is not None else None,
    )
