"""Who has to agree before a bill is paid, and who did."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import BigInteger, Index
from sqlmodel import Field

from storage.db.columns import EnumText, UtcDateTime
from storage.db.tenancy import OfCompany
from storage.models.people import Role


class ApprovalRule(OfCompany, table=True):
    """Bills of at least `min_minor` of `currency` (of `category`, None for any) need `steps` people with `role`."""

    id: int = Field(default=None, primary_key=True)
    min_minor: int = Field(default=0, sa_type=BigInteger)
    currency: str
    category: str | None = None
    steps: int = 1
    role: Role = Field(default=Role.OWNER, sa_type=EnumText(Role))
    made_by: int = Field(foreign_key="person.id")
    made_at: datetime = Field(sa_type=UtcDateTime)
    ended_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class Decision(StrEnum):
    """What somebody decided about a bill."""

    APPROVED = "approved"
    REFUSED = "refused"


class Matter(StrEnum):
    """What was decided: that the bill may be paid, or that a vendor's changed IBAN is theirs."""

    PAYMENT = "payment"
    IBAN = "iban"


class Approval(OfCompany, table=True):
    """One person's decision. It stands until it is taken back (`undone_at`), or the bill is no longer what it was:
    `basis` names what was decided about, the vendor, the total and the account."""

    __table_args__ = (Index("ix_approval_bill", "bill_id", "matter"),)
    id: int = Field(default=None, primary_key=True)
    key: str = Field(unique=True)
    bill_id: int = Field(foreign_key="bill.id")
    matter: Matter = Field(sa_type=EnumText(Matter))
    decision: Decision = Field(sa_type=EnumText(Decision))
    person_id: int = Field(foreign_key="person.id")
    basis: str
    note: str = ""
    decided_at: datetime = Field(sa_type=UtcDateTime)
    undone_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class Budget(OfCompany, table=True):
    """How much may be spent on a category (its code), net, in each "month", "quarter" or "year"; until it is ended."""

    id: int = Field(default=None, primary_key=True)
    category: str
    interval: str
    amount_minor: int = Field(sa_type=BigInteger)
    currency: str
    made_by: int = Field(foreign_key="person.id")
    made_at: datetime = Field(sa_type=UtcDateTime)
    ended_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
