"""What of the installation leads to a company: where people speak for which, and what is bound to one."""

from __future__ import annotations

from sqlmodel import Field, SQLModel


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
