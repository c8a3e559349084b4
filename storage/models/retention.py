"""What is kept longer than its period."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Field

from storage.db.columns import UtcDateTime
from storage.db.tenancy import OfCompany


class LegalHold(OfCompany, table=True):
    """The originals of a vendor, or of one bill, are kept whatever their period, until somebody ends it."""

    id: int = Field(default=None, primary_key=True)
    vendor_id: int | None = Field(default=None, foreign_key="vendor.id", index=True)
    bill_id: int | None = Field(default=None, foreign_key="bill.id", index=True)
    made_by: int = Field(foreign_key="person.id")
    made_at: datetime = Field(sa_type=UtcDateTime)
    ended_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
