"""Mail: what became of each one, what waits in quarantine, whose mail is taken in, how far a mailbox was read."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, BigInteger, Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from storage.db.columns import EnumText, UtcDateTime
from storage.db.tenancy import OfCompany
from storage.sealing.columns import SealedBytes


class MailOutcome(StrEnum):
    """What became of a mail when it arrived. What is made of one that was taken in stands with its message."""

    TAKEN_IN = "taken_in"
    QUARANTINED = "quarantined"
    IGNORED = "ignored"
    BOUNCE = "bounce"
    REFUSED = "refused"
    EARLIER = "earlier"


class MailRecord(OfCompany, table=True):
    """A mail that arrived. `key` is its identity (see `bot.channels.mail.intake.mail_key`), the same for a repeat.

    `recipient` is the address of ours that it was sent to, "" where unknown. `reason` is a code that
    `handlers.mailbox.fates` words; `detail` what there is to say besides. `message_key` is that of the message which
    it became. `repeats` counts how often it came again; `said_at` is what its Date says, `bytes` the size of the whole.
    """

    __table_args__ = (
        UniqueConstraint("company_id", "key"),
        Index("ix_mailrecord_arrived_at", "arrived_at"),
        Index("ix_mailrecord_sender", "sender"),
    )
    id: int = Field(default=None, primary_key=True)
    key: str
    message_id: str = ""
    sender: str = ""
    sender_name: str = ""
    subject: str = ""
    recipient: str = ""
    way: str = ""
    bytes: int = 0
    said_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    arrived_at: datetime = Field(sa_type=UtcDateTime)
    outcome: MailOutcome = Field(sa_type=EnumText(MailOutcome))
    reason: str = ""
    detail: str = ""
    person_id: int | None = Field(default=None, foreign_key="person.id")
    message_key: str | None = Field(default=None, index=True)
    repeats: int = 0


class QuarantineState(StrEnum):
    """Where a mail in quarantine stands; WAITING until somebody decides or it is forgotten."""

    WAITING = "waiting"
    RELEASED = "released"
    TAKEN_IN = "taken_in"
    DISCARDED = "discarded"
    EXPIRED = "expired"


class QuarantinedMail(OfCompany, table=True):
    """A mail that waits unread. `sha256` is the raw mail in the document store, None once it was discarded.

    `person_id` is whose mail it would be: the person that it claims to be from, or who forwarded it; None for a
    stranger's. RELEASED: somebody decided to take it in, and its channel does so next, answering at the place given.
    `as_person` says that the person owns up to having written it, so that its words count, too.
    """

    found_across = True
    __table_args__ = (Index("ix_quarantinedmail_state", "state"), Index("ix_quarantinedmail_held", "held_at"))
    id: int = Field(default=None, primary_key=True)
    mail_id: int = Field(foreign_key="mailrecord.id", unique=True)
    sha256: str | None = Field(default=None, index=True)
    bytes: int = 0
    reason: str
    person_id: int | None = Field(default=None, foreign_key="person.id")
    held_at: datetime = Field(sa_type=UtcDateTime)
    state: QuarantineState = Field(default=QuarantineState.WAITING, sa_type=EnumText(QuarantineState))
    decided_by: int | None = Field(default=None, foreign_key="person.id")
    decided_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    channel: str | None = None
    address: str | None = None
    conversation: str | None = None
    as_person: bool = False


class IntakeAddress(OfCompany, table=True):
    """A plus-address of ours for one company or vendor: billify+`tag`@… Mail of its allowed senders is taken in for
    `person_id` without asking."""

    __table_args__ = (UniqueConstraint("company_id", "tag"),)
    id: int = Field(default=None, primary_key=True)
    tag: str
    name: str
    person_id: int = Field(foreign_key="person.id")
    created_at: datetime = Field(sa_type=UtcDateTime)
    closed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class SenderKind(StrEnum):
    """What a rule about senders compares: a whole address, a domain with those below it, or who forwarded the mail."""

    ADDRESS = "address"
    DOMAIN = "domain"
    FORWARDER = "forwarder"


class SenderRule(OfCompany, table=True):
    """Mail of these senders is always taken in for `person_id`, or never (`accept` False). With `intake_id` it counts
    at that intake address only."""

    __table_args__ = (Index("ix_senderrule_value", "value"),)
    id: int = Field(default=None, primary_key=True)
    kind: SenderKind = Field(sa_type=EnumText(SenderKind))
    value: str
    accept: bool
    intake_id: int | None = Field(default=None, foreign_key="intakeaddress.id")
    person_id: int = Field(foreign_key="person.id")
    created_by: int = Field(foreign_key="person.id")
    created_at: datetime = Field(sa_type=UtcDateTime)


class MailboxFolder(SQLModel, table=True):
    """How far a folder of an IMAP mailbox was read (RFC 3501, 2.3.1.1).

    Mails with a UID below `next_uid` are done, except those in `left`, which are tried again. `newest` is the latest
    INTERNALDATE among the mails that were there at first sight, which are not ours to answer: None for an empty folder.
    Older ones were asked for from the day `since` on, None for none.
    """

    __table_args__ = (UniqueConstraint("account", "folder"),)
    id: int = Field(default=None, primary_key=True)
    account: str
    folder: str
    uid_validity: int = Field(sa_type=BigInteger)
    next_uid: int = Field(sa_type=BigInteger)
    left: list[int] = Field(default_factory=list, sa_type=JSON)
    newest: datetime | None = Field(default=None, sa_type=UtcDateTime)
    since: date | None = None
    first_seen_at: datetime = Field(sa_type=UtcDateTime)
    read_at: datetime = Field(sa_type=UtcDateTime)


class SentMail(OfCompany, table=True):
    """A mail of ours that goes out. `key` is its reply's; `answer` is False for what nobody asked for."""

    __table_args__ = (Index("ix_sentmail_address", "address", "sent_at"),)
    key: str = Field(primary_key=True)
    message_id: str = Field(index=True)
    address: str
    subject: str = ""
    answer: bool = True
    sent_at: datetime = Field(sa_type=UtcDateTime)


class OwnerNote(OfCompany, table=True):
    """Something about mail that owners are told. `key` says what, so that it is told once; `values` fill the text
    of its `kind` (`handlers.mailbox.owner_notes`)."""

    found_across = True
    __table_args__ = (Index("ix_ownernote_noted", "noted_at"),)
    company_id: int = Field(default=None, primary_key=True)
    key: str = Field(primary_key=True)
    kind: str
    values: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    noted_at: datetime = Field(sa_type=UtcDateTime)


class OAuthAccount(SQLModel, table=True):
    """A mailbox that we were let into by its service (RFC 6749): `sealed` is the refresh token with the access token,
    encrypted, which expires at `expires_at`. `refused` is why the service lets us in no more, None while it does."""

    user: str = Field(primary_key=True)
    provider: str
    sealed: bytes = Field(sa_type=SealedBytes)
    expires_at: datetime = Field(sa_type=UtcDateTime)
    refused: str | None = None
