"""Who belongs to the company, and how each of them likes it."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import JSON, UniqueConstraint
from sqlmodel import Field, SQLModel

from storage.db.columns import EnumText, UtcDateTime


class Role(StrEnum):
    OWNER = "owner"
    APPROVER = "approver"
    MEMBER = "member"


class Person(SQLModel, table=True):
    """Somebody of the company, whatever channels they write on.

    `merged_into` is who they turned out to be, where they had come in twice: then nobody writes as this one any more.
    """

    id: int = Field(default=None, primary_key=True)
    name: str
    role: Role = Field(sa_type=EnumText(Role))
    created_at: datetime = Field(sa_type=UtcDateTime)
    merged_into: int | None = Field(default=None, foreign_key="person.id")


class ChannelAccount(SQLModel, table=True):
    """What we are called on a platform, for links to us: the name of the Telegram bot, of the Slack workspace."""

    channel: str = Field(primary_key=True)
    name: str
    seen_at: datetime = Field(sa_type=UtcDateTime)


class Identity(SQLModel, table=True):
    """An address on a channel that belongs to a person: a Telegram user id, a mail address, …"""

    __table_args__ = (UniqueConstraint("channel", "address"),)
    id: int = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    channel: str
    address: str
    linked_at: datetime = Field(sa_type=UtcDateTime)


class Invitation(SQLModel, table=True):
    """A code that links one unknown address to a person, once.

    Only the code's SHA-256 is kept. `person_id` is set when the code links a further address of somebody known
    (a sign-in link); otherwise redeeming it creates a person called `name`. `address` is the mail address that it was
    sent to, to see whether the person reads it; None for any.
    """

    id: int = Field(default=None, primary_key=True)
    code_sha256: str = Field(unique=True)
    name: str
    person_id: int | None = Field(default=None, foreign_key="person.id")
    invited_by: int | None = Field(default=None, foreign_key="person.id")
    created_at: datetime = Field(sa_type=UtcDateTime)
    expires_at: datetime = Field(sa_type=UtcDateTime)
    redeemed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    redeemed_by: str | None = None
    address: str | None = None


class Preference(SQLModel, table=True):
    """How one person likes it; None is the company's way. Times are of the person's own zone.

    `language` is "en" or "de" (None: as they write), `zone` an IANA name. The digest comes on `digest_weekday` (0 is
    Monday) at `digest_hour`; `channel` and `conversation` say where what nobody asked for goes, None where the person
    wrote last. `remind_before` and `remind_after` are days; `muted` turns reminders off.
    """

    person_id: int = Field(primary_key=True, foreign_key="person.id")
    language: str | None = None
    zone: str | None = None
    channel: str | None = None
    conversation: str | None = None
    digest: bool = True
    digest_weekday: int | None = None
    digest_hour: int | None = None
    remind_before: list[int] | None = Field(default=None, sa_type=JSON)
    remind_after: list[int] | None = Field(default=None, sa_type=JSON)
    quiet_from: int | None = None
    quiet_until: int | None = None
    muted: bool = False


class Company(SQLModel, table=True):
    """The company whose books these are; one row. `country` is ISO 3166 alpha-2, None while unknown.

    Its IBANs stand with its bank accounts. Hours are of the company's time zone. `approve_own` says whether people may
    approve bills that they sent themselves. `mail_address` is the one of ours that people write to.
    """

    id: int = Field(default=1, primary_key=True)
    name: str
    country: str | None = None
    vat_id: str | None = None
    approve_own: bool = False
    remind_before: list[int] = Field(default_factory=lambda: [14, 7, 1], sa_type=JSON)
    remind_after: list[int] = Field(default_factory=lambda: [1, 7], sa_type=JSON)
    quiet_from: int = 20
    quiet_until: int = 8
    digest_weekday: int = 0
    digest_hour: int = 9
    mail_address: str = ""
