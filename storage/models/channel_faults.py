"""Channels that do not work, for the owner to hear of."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Field, SQLModel

from storage.db.columns import UtcDateTime


class ChannelFault(SQLModel, table=True):
    """A time in which a channel, or one way of it ("mail SMTP"), did not work in a process.

    `lasting` says that it will not pass by itself: a token that was revoked. `seen_at` is when it was seen last,
    `ended_at` None as long as it stands.
    """

    id: int = Field(default=None, primary_key=True)
    channel: str = Field(index=True)
    process: str
    reason: str
    lasting: bool
    since: datetime = Field(sa_type=UtcDateTime)
    seen_at: datetime = Field(sa_type=UtcDateTime)
    ended_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
