"""Who belongs to the company, and how each of them likes it."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import JSON, Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from storage.db.columns import EnumText, UtcDateTime
from storage.db.tenancy import OfCompany
from storage.sealing.columns import SealedText


class Role(StrEnum):
    """What somebody is to the company; `config/rights.toml` says what each may do."""

    OWNER = "owner"
    ACCOUNTANT = "accountant"
    APPROVER = "approver"
    MEMBER = "member"
    AUDITOR = "auditor"


class Person(OfCompany, table=True):
    """Somebody of the company, whatever channels they write on.

    `invited_by` is who let them in, None for the first owner. `merged_into` is who they turned out to be, where they
    had come in twice: then nobody writes as this one any more.
    `left_at` is since when they belong to the company no more, None while they do.
    Of one who was erased only this row stays, for what they did.
    """

    id: int = Field(default=None, primary_key=True)
    name: str
    role: Role = Field(sa_type=EnumText(Role))
    created_at: datetime = Field(sa_type=UtcDateTime)
    invited_by: int | None = Field(default=None, foreign_key="person.id")
    merged_into: int | None = Field(default=None, foreign_key="person.id")
    left_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    erased_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class ChannelAccount(SQLModel, table=True):
    """What we are called on a platform, for links to us: the name of the Telegram bot, of the Slack workspace."""

    channel: str = Field(primary_key=True)
    name: str
    seen_at: datetime = Field(sa_type=UtcDateTime)


class Identity(OfCompany, table=True):
    """An address on a channel that belongs to a person: a Telegram user id, a mail address, …"""

    found_across = True
    __table_args__ = (UniqueConstraint("company_id", "channel", "address"), Index("ix_identity_linked", "linked_at"))
    id: int = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    channel: str
    address: str
    linked_at: datetime = Field(sa_type=UtcDateTime)


class Invitation(OfCompany, table=True):
    """A code that links one unknown address to a person, once.

    Only the code's SHA-256 is kept. `person_id` is set when the code links a further address of somebody known
    (a sign-in link); otherwise redeeming it creates a person called `name` with `role`. `address` is the mail address
    that it was sent to, to see whether the person reads it; None for any.
    """

    found_across = True
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
    role: Role = Field(default=Role.MEMBER, sa_type=EnumText(Role))


class Preference(OfCompany, table=True):
    """How one person likes it; None is the company's way. Times are of the person's own zone.

    `language` is "en" or "de" (None: as they write), `zone` an IANA name. The digest comes on `digest_weekday` (0 is
    Monday) at `digest_hour`; `channel` and `conversation` say where what nobody asked for goes, None where the person
    wrote last. `iban` is where they are paid back what they laid out. `remind_before` and `remind_after` are days;
    `muted` turns reminders off.
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
    iban: str | None = Field(default=None, sa_type=SealedText("preference.iban"))


class Company(SQLModel, table=True):
    """A company whose books are kept here; an installation begins with one. `country` is ISO 3166 alpha-2, None while
    unknown.

    Its IBANs stand with its bank accounts. Hours are of the company's time zone. `approve_own` says whether people may
    approve bills that they sent themselves. `mail_address` is the one of ours that people write to;
    `currency` (ISO 4217) and `zone` (IANA) are None where those of the installation's settings are the company's.
    `vat_basis` says when VAT is due: "accrual" (Soll-Versteuerung) by invoices, "cash" (Ist-Versteuerung) by payments.
    The tax adviser's program knows the company by `datev_adviser` and `datev_client`, keeps it in `datev_chart`
    ("skr03"
    or "skr04"), and gets corrections as `datev_corrections`: "pairs" of booking and reversal, or "net" without both.
    """

    id: int = Field(default=None, primary_key=True)
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
    currency: str | None = None
    zone: str | None = None
    vat_basis: str = "accrual"
    datev_chart: str = "skr03"
    datev_adviser: str | None = None
    datev_client: str | None = None
    datev_corrections: str = "pairs"
