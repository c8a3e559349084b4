"""The tables of the ledger's database.

Amounts are integers of minor units (BigInteger) beside their ISO 4217 currency; times are aware UTC; enums are
strings. Entries and postings are only ever added: a correction is a reversal and a new entry. An `id` is given by the
database when the row is flushed.
"""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, BigInteger, CheckConstraint, Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from storage.columns import EnumText, UtcDateTime

# Every constraint has a name, so that a migration can find it again (SQLite gives none by itself).
SQLModel.metadata.naming_convention = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}

# --- people ---


class Role(StrEnum):
    OWNER = "owner"
    MEMBER = "member"


class Person(SQLModel, table=True):
    """Somebody of the company, whatever channels they write on."""

    id: int = Field(default=None, primary_key=True)
    name: str
    role: Role = Field(sa_type=EnumText(Role))
    created_at: datetime = Field(sa_type=UtcDateTime)


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
    (a sign-in link); otherwise redeeming it creates a person called `name`.
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


# --- what was said ---


class Inbound(SQLModel, table=True):
    """A message that was served, with the replies it got: serving it again returns these."""

    key: str = Field(primary_key=True)
    channel: str
    conversation: str
    person_id: int | None = Field(default=None, foreign_key="person.id")
    served_at: datetime = Field(sa_type=UtcDateTime)
    replies: str


class Delivery(SQLModel, table=True):
    """A reply that was sent: its key, the platform's id of it, and the bill that it speaks of."""

    __table_args__ = (Index("ix_delivery_sent", "channel", "sent_id"),)
    key: str = Field(primary_key=True)
    channel: str
    conversation: str
    sent_id: str
    bill_id: int | None = Field(default=None, foreign_key="bill.id")
    final: bool = False
    sent_at: datetime = Field(sa_type=UtcDateTime)


class Conversation(SQLModel, table=True):
    """What a conversation is about: the bill that "it" means, and a question of ours that is open."""

    __table_args__ = (UniqueConstraint("channel", "conversation"),)
    id: int = Field(default=None, primary_key=True)
    channel: str
    conversation: str
    bill_id: int | None = Field(default=None, foreign_key="bill.id")
    pending: dict[str, Any] | None = Field(default=None, sa_type=JSON)


class Post(SQLModel, table=True):
    """One bubble of a chat that has no platform to keep it (web, terminal); JSON of a Message or a Reply."""

    __table_args__ = (Index("ix_post_chat", "channel", "conversation", "changed_at"),)
    id: int = Field(default=None, primary_key=True)
    key: str = Field(unique=True)
    channel: str
    conversation: str
    message: str | None = None
    reply: str | None = None
    changed_at: datetime = Field(sa_type=UtcDateTime)


class Worker(SQLModel, table=True):
    """A process that serves messages, and when it was last alive."""

    name: str = Field(primary_key=True)
    seen_at: datetime = Field(sa_type=UtcDateTime)


# --- documents and bills ---


class Document(SQLModel, table=True):
    """An original that somebody sent, by the SHA-256 of its bytes (they lie in the document store)."""

    id: int = Field(default=None, primary_key=True)
    sha256: str = Field(unique=True)
    name: str
    media_type: str
    sent_by: int = Field(foreign_key="person.id")
    message_key: str
    received_at: datetime = Field(sa_type=UtcDateTime)


class Vendor(SQLModel, table=True):
    """Whom we buy from. `match_key` is the name without case, marks and legal form, for finding it again."""

    id: int = Field(default=None, primary_key=True)
    name: str
    match_key: str = Field(unique=True)


class BillState(StrEnum):
    """The life of a bill. HELD waits for a decision about a likely duplicate; VOID is final."""

    HELD = "held"
    DRAFT = "draft"
    CONFIRMED = "confirmed"
    PART_PAID = "part-paid"
    PAID = "paid"
    VOID = "void"


class Bill(SQLModel, table=True):
    """What a document says we owe (or, for a credit note, are owed), as it stands after corrections.

    `evidence` holds for each known field its value as normalised text, confidence, page, box, source ("person" once
    somebody corrected it) and reason (see extraction.evidence); the columns are derived from these values, see
    storage.facts. Amounts are minor units of `currency`, never negative, and None where nothing is known: also while
    the currency is unknown, for then only the text in `evidence` says what was read. A credit note is owed to us.
    `open_minor` is what remains to be paid; it is kept with each posting and equals the payable's balance, so it is
    0 before the bill is confirmed. `key` names the document within the message that brought it. `number_key` is the
    number without marks and look-alike letters. `duplicate_of` stays set once it was decided to keep both.
    `picture_sha256` names the PNG on which the values that were read are outlined.
    """

    __table_args__ = (
        CheckConstraint("open_minor >= 0", name="open_not_negative"),
        Index("ix_bill_state_due", "state", "due_date"),
        Index("ix_bill_total", "total_minor", "issue_date"),
    )
    id: int = Field(default=None, primary_key=True)
    key: str = Field(unique=True)
    document_id: int = Field(foreign_key="document.id", index=True)
    part: int = 0
    kind: str
    state: BillState = Field(sa_type=EnumText(BillState))
    vendor_id: int | None = Field(default=None, foreign_key="vendor.id", index=True)
    vendor: str | None = None
    number: str | None = None
    number_key: str | None = Field(default=None, index=True)
    issue_date: date | None = None
    due_date: date | None = None
    currency: str | None = None
    subtotal_minor: int | None = Field(default=None, sa_type=BigInteger)
    tax_minor: int | None = Field(default=None, sa_type=BigInteger)
    tip_minor: int | None = Field(default=None, sa_type=BigInteger)
    total_minor: int | None = Field(default=None, sa_type=BigInteger)
    open_minor: int = Field(default=0, sa_type=BigInteger)
    iban: str | None = None
    payment_reference: str | None = None
    evidence: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    duplicate_of: int | None = Field(default=None, foreign_key="bill.id")
    picture_sha256: str | None = None
    created_by: int = Field(foreign_key="person.id")
    created_at: datetime = Field(sa_type=UtcDateTime)
    confirmed_by: int | None = Field(default=None, foreign_key="person.id")
    confirmed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class Amendment(SQLModel, table=True):
    """One correction of one field by a person; what Undo takes back and what vendors' memory is made of.

    `old` and `new` are normalised text as in evidence; None means the field was, or became, unknown. Amendments
    made by one message share `message_key` and are undone together. `old_evidence` is what undoing puts back.
    """

    id: int = Field(default=None, primary_key=True)
    bill_id: int = Field(foreign_key="bill.id", index=True)
    field: str
    old: str | None = None
    new: str | None = None
    old_evidence: dict[str, Any] | None = Field(default=None, sa_type=JSON)
    message_key: str = Field(index=True)
    person_id: int = Field(foreign_key="person.id")
    made_at: datetime = Field(sa_type=UtcDateTime)
    undone_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


# --- double entry ---


class AccountType(StrEnum):
    ASSET = "asset"
    LIABILITY = "liability"
    EQUITY = "equity"
    INCOME = "income"
    EXPENSE = "expense"


class Account(SQLModel, table=True):
    """An account of the chart. `code` is what the program names it by."""

    id: int = Field(default=None, primary_key=True)
    code: str = Field(unique=True)
    name: str
    type: AccountType = Field(sa_type=EnumText(AccountType))


class EntryKind(StrEnum):
    """What an entry records."""

    CONFIRMATION = "confirmation"
    PAYMENT = "payment"
    OPENING = "opening"
    REVERSAL = "reversal"


class Entry(SQLModel, table=True):
    """A journal entry: postings that sum to zero per currency. Never changed; `reverses` names the one it undoes.

    `key` makes booking idempotent: the same key is booked once. `booked_on` is the accounting date.
    """

    id: int = Field(default=None, primary_key=True)
    key: str = Field(unique=True)
    kind: EntryKind = Field(sa_type=EnumText(EntryKind))
    booked_on: date = Field(index=True)
    recorded_at: datetime = Field(sa_type=UtcDateTime)
    description: str
    bill_id: int | None = Field(default=None, foreign_key="bill.id", index=True)
    person_id: int | None = Field(default=None, foreign_key="person.id")
    reverses: int | None = Field(default=None, foreign_key="entry.id", unique=True)


class Posting(SQLModel, table=True):
    """One leg of an entry: debit positive, credit negative, in minor units of its currency."""

    __table_args__ = (Index("ix_posting_account", "account_id", "currency"),)
    id: int = Field(default=None, primary_key=True)
    entry_id: int = Field(foreign_key="entry.id", index=True)
    account_id: int = Field(foreign_key="account.id")
    amount_minor: int = Field(sa_type=BigInteger)
    currency: str


class Audit(SQLModel, table=True):
    """Who did what and when, in words; only ever added to."""

    id: int = Field(default=None, primary_key=True)
    at: datetime = Field(sa_type=UtcDateTime, index=True)
    person_id: int | None = Field(default=None, foreign_key="person.id")
    action: str
    bill_id: int | None = Field(default=None, foreign_key="bill.id", index=True)
    details: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
