"""Bank statements, and the payment files that are uploaded at the bank. Terms are those of ISO 20022."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, BigInteger, Index, UniqueConstraint, text
from sqlmodel import Field

from storage.db.columns import EnumText, UtcDateTime
from storage.db.tenancy import OfCompany

_UNDER_WAY = text("finished_at IS NULL")


class Statement(OfCompany, table=True):
    """A bank statement that was imported. `sha256` is that of its file, `part` its place in it, from 0.

    Balances are minor units of `currency`, None where the format has none.
    """

    __table_args__ = (UniqueConstraint("company_id", "sha256", "part"),)
    id: int = Field(default=None, primary_key=True)
    account_id: int = Field(foreign_key="account.id", index=True)
    format: str
    number: str | None = None
    sha256: str
    part: int = 0
    currency: str
    since: date | None = None
    until: date | None = None
    opening_minor: int | None = Field(default=None, sa_type=BigInteger)
    closing_minor: int | None = Field(default=None, sa_type=BigInteger)
    imported_by: int = Field(foreign_key="person.id")
    imported_at: datetime = Field(sa_type=UtcDateTime)


class StatementImport(OfCompany, table=True):
    """A long import, whose movements are added a few at a time, beside everything else.

    `parts` are the file's statements: their place in it, their `statement` row, its account and currency; `columns` how
    a table's columns are read, None for other formats. `doubts` is what is to be said at the end, `done` how many of
    the `total` movements were looked at. `lease_until` is how long the worker that does it may be trusted to live.
    """

    found_across = True
    __table_args__ = (
        UniqueConstraint("company_id", "sha256"),
        Index("ix_statementimport_under_way", "id", sqlite_where=_UNDER_WAY, postgresql_where=_UNDER_WAY),
    )
    id: int = Field(default=None, primary_key=True)
    sha256: str
    person_id: int = Field(foreign_key="person.id")
    channel: str
    conversation: str
    address: str
    parts: list[dict[str, Any]] = Field(default_factory=list, sa_type=JSON)
    columns: dict[str, Any] | None = Field(default=None, sa_type=JSON)
    doubts: list[str] = Field(default_factory=list, sa_type=JSON)
    language: str = "en"
    total: int
    done: int = 0
    begun_at: datetime = Field(sa_type=UtcDateTime)
    lease_until: datetime | None = Field(default=None, sa_type=UtcDateTime)
    finished_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    failed: bool = False


class MovementState(StrEnum):
    """Where a movement stands: NEW is unmatched, ASKED waits for a person, BOOKED has its entry."""

    NEW = "new"
    ASKED = "asked"
    BOOKED = "booked"
    IGNORED = "ignored"


class Movement(OfCompany, table=True):
    """A line of a statement: money that came in (positive) or went out (negative).

    `key` is what makes it one and the same in every file that has it: the bank's reference, else date, amount, text
    and how many such lines stood before it. `proposals` holds the bills that it may pay, best first, with the reasons;
    `declined` what a person said it is not ("bill:17", "entry:5", "transfer"), which is not proposed again.
    """

    __table_args__ = (UniqueConstraint("account_id", "key"), Index("ix_movement_state", "state", "booked_on"))
    id: int = Field(default=None, primary_key=True)
    statement_id: int = Field(foreign_key="statement.id", index=True)
    account_id: int = Field(foreign_key="account.id")
    key: str
    booked_on: date
    value_on: date | None = None
    amount_minor: int = Field(sa_type=BigInteger)
    currency: str
    counterparty: str | None = None
    counterparty_iban: str | None = None
    reference: str | None = None
    text: str = ""
    state: MovementState = Field(default=MovementState.NEW, sa_type=EnumText(MovementState))
    entry_id: int | None = Field(default=None, foreign_key="entry.id", index=True)
    proposals: list[dict[str, Any]] = Field(default_factory=list, sa_type=JSON)
    declined: list[str] = Field(default_factory=list, sa_type=JSON)


class CsvMapping(OfCompany, table=True):
    """How the columns of a bank's CSV are to be read: asked once, known by the header's `fingerprint` from then on."""

    __table_args__ = (UniqueConstraint("company_id", "fingerprint"),)
    id: int = Field(default=None, primary_key=True)
    fingerprint: str
    account_id: int = Field(foreign_key="account.id")
    columns: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    made_by: int = Field(foreign_key="person.id")
    made_at: datetime = Field(sa_type=UtcDateTime)


class PaymentOrder(OfCompany, table=True):
    """A credit-transfer file (pain.001) that was made: its message id, and the original in the document store."""

    id: int = Field(default=None, primary_key=True)
    message_id: str = Field(unique=True)
    account_id: int = Field(foreign_key="account.id")
    sha256: str
    made_by: int = Field(foreign_key="person.id")
    made_at: datetime = Field(sa_type=UtcDateTime)
    withdrawn_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class PaymentInstruction(OfCompany, table=True):
    """One transfer of a payment order: which bill, how much (minor units of EUR), under which end-to-end id."""

    id: int = Field(default=None, primary_key=True)
    order_id: int = Field(foreign_key="paymentorder.id", index=True)
    bill_id: int = Field(foreign_key="bill.id", index=True)
    end_to_end_id: str = Field(unique=True)
    amount_minor: int = Field(sa_type=BigInteger)
    iban: str
