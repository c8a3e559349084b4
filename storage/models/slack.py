"""Where the Slack app is installed."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Field, SQLModel

from storage.db.columns import UtcDateTime
from storage.sealing.columns import SealedBytes


class SlackInstallation(SQLModel, table=True):
    """A workspace, or an organisation of Enterprise Grid, by its id, that installed the app by OAuth: `sealed` is what
    that gave, the bot's token among it, encrypted."""

    workspace: str = Field(primary_key=True)
    sealed: bytes = Field(sa_type=SealedBytes)
    installed_at: datetime = Field(sa_type=UtcDateTime)


class SlackInstallState(SQLModel, table=True):
    """An installation that somebody began: the SHA-256 of the state that comes back with Slack's answer, once."""

    state_sha256: str = Field(primary_key=True)
    expires_at: datetime = Field(sa_type=UtcDateTime)
