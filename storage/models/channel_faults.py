"""Channels that do not work and backups that were tried, for the owner to hear of and `billify doctor` to tell."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import BigInteger, Field, SQLModel

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


class BackupRun(SQLModel, table=True):
    """A backup that was begun: `name` and the counts once it is whole, `fault` where it failed, neither while it is
    made or after whoever made it died. `left_out` are documents that could not be copied."""

    id: int = Field(default=None, primary_key=True)
    begun_at: datetime = Field(sa_type=UtcDateTime, index=True)
    ended_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    name: str | None = None
    fault: str | None = None
    rows: int = Field(default=0, sa_type=BigInteger)
    files: int = 0
    left_out: int = 0
