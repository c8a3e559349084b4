"""What is the installation's own: where people speak for which company, what is bound to one, what is switched on or
off for one before it is for all, and which versions of Billify may work on this database."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Field, SQLModel

from storage.db.columns import UtcDateTime
from storage.db.tenancy import OfCompany


class ChosenCompany(SQLModel, table=True):
    """In this conversation somebody of several companies speaks for this one."""

    channel: str = Field(primary_key=True)
    conversation: str = Field(primary_key=True)
    chosen_id: int = Field(foreign_key="company.id")


class ChannelBinding(SQLModel, table=True):
    """What comes in there is of this company: a Slack workspace's id, a mail address of ours, a Telegram bot."""

    channel: str = Field(primary_key=True)
    place: str = Field(primary_key=True)
    bound_id: int = Field(foreign_key="company.id")


class CompanyFlag(OfCompany, table=True):
    """Something is switched on or off for this company, whatever is usual (`storage.people.access.flags`)."""

    company_id: int = Field(default=None, primary_key=True)
    name: str = Field(primary_key=True)
    turned_on: bool
    changed_at: datetime = Field(sa_type=UtcDateTime)


class SchemaRelease(SQLModel, table=True):
    """The schema was brought to this revision, by a version of Billify; programs that know the revision `oldest`, or
    any later one, may go on working on it."""

    revision: str = Field(primary_key=True)
    version: str
    oldest: str
    at: datetime = Field(sa_type=UtcDateTime)
