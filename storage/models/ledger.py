"""Double entry: the chart of accounts, entries and their postings, and what was done by whom."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, BigInteger, Boolean, Column, Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from storage.db.columns import EnumText, UtcDateTime
from storage.db.tenancy import OfCompany


class AccountType(StrEnum):
    ASSET = "asset"
    LIABILITY = "liability"
    EQUITY = "equity"
    INCOME = "income"
    EXPENSE = "expense"


class Account(OfCompany, table=True):
    """An account of the chart. `code` is what the program names it by.

    A liquidity account (bank or cash) holds money of `currency`; a bank account may have its `iban` and `bic`, or
    the `number` that statements name it by where that is no IBAN. `opened_on` is the first day for which somebody
    told what was on it, None where it is counted from zero. `words` are what bills of an expense category speak of,
    for suggesting it. A closed account takes no new postings. `charted` is its number in the tax adviser's charts, by
    chart ("skr03"), where somebody told it.
    """

    __table_args__ = (
        UniqueConstraint("company_id", "code"),
        Index("ix_account_iban", "company_id", "iban", unique=True),
    )

    id: int = Field(default=None, primary_key=True)
    code: str
    name: str
    type: AccountType = Field(sa_type=EnumText(AccountType))
    liquidity: bool = Field(default=False, sa_column=Column("purse", Boolean, nullable=False))
    currency: str | None = None
    iban: str | None = None
    bic: str | None = None
    number: str | None = None
    opened_on: date | None = None
    words: list[str] = Field(default_factory=list, sa_type=JSON)
    charted: dict[str, str] = Field(default_factory=dict, sa_type=JSON)
    closed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class EntryKind(StrEnum):
    """What an entry records."""

    CONFIRMATION = "confirmation"
    PAYMENT = "payment"
    ALLOCATION = "allocation"
    PREPAYMENT = "prepayment"
    TRANSFER = "transfer"
    FEE = "fee"
    OPENING = "opening"
    VALUATION = "valuation"
    REVERSAL = "reversal"


class Entry(OfCompany, table=True):
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


class Posting(OfCompany, table=True):
    """One leg of an entry: debit positive, credit negative, in minor units of its currency.

    `bill_id` is the bill whose open amount a leg on payables or receivables changes. `booked_on` and `party_id` repeat
    the entry's date and the bill's party, so that questions about a period or a party need no join. `tax_code` is how
    it
    is treated for VAT (`storage.ledger.tax_codes`), None for what VAT has nothing to do with, and for what was booked
    before treatments were. `cost_object` is the key of the project, cost centre or person that it is for ("project:3"),
    None for none.
    """

    __table_args__ = (
        Index("ix_posting_account", "account_id", "currency", "booked_on", "amount_minor"),
        Index("ix_posting_bill", "bill_id", "account_id"),
        Index("ix_posting_party", "party_id", "account_id", "booked_on"),
        Index("ix_posting_taxed", "company_id", "booked_on", "tax_code"),
        Index("ix_posting_cost_object", "company_id", "cost_object", "booked_on"),
    )
    id: int = Field(default=None, primary_key=True)
    entry_id: int = Field(foreign_key="entry.id", index=True)
    account_id: int = Field(foreign_key="account.id")
    amount_minor: int = Field(sa_type=BigInteger)
    currency: str
    booked_on: date
    bill_id: int | None = Field(default=None, foreign_key="bill.id")
    party_id: int | None = Field(default=None, foreign_key="vendor.id")
    tax_code: str | None = None
    cost_object: str | None = None


class CostObject(OfCompany, table=True):
    """A project or a cost centre ("project", "cost_centre") that costs are told apart by."""

    __table_args__ = (UniqueConstraint("company_id", "kind", "name"),)
    id: int = Field(default=None, primary_key=True)
    kind: str
    name: str
    closed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class Turnover(OfCompany, table=True):
    """What was posted to an account in one currency and month (its first day), kept with each posting.

    Balances are sums of turnovers, so they stay as fast after a million postings as after ten.
    """

    __table_args__ = (UniqueConstraint("account_id", "currency", "month"),)
    id: int = Field(default=None, primary_key=True)
    account_id: int = Field(foreign_key="account.id")
    currency: str
    month: date
    debit_minor: int = Field(default=0, sa_type=BigInteger)
    credit_minor: int = Field(default=0, sa_type=BigInteger)


class ExchangeRate(SQLModel, table=True):
    """How much of a currency one euro buys on a day, as the source printed it (a decimal), such as the ECB."""

    __table_args__ = (UniqueConstraint("currency", "on_day", "source"),)
    id: int = Field(default=None, primary_key=True)
    currency: str
    on_day: date
    per_euro: str
    source: str = "ECB"


class Closing(OfCompany, table=True):
    """Nothing is booked on or before `until` any more, unless the closing is taken back."""

    id: int = Field(default=None, primary_key=True)
    until: date
    closed_by: int = Field(foreign_key="person.id")
    closed_at: datetime = Field(sa_type=UtcDateTime)
    reopened_by: int | None = Field(default=None, foreign_key="person.id")
    reopened_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class Audit(OfCompany, table=True):
    """Who did what and when, in words; only ever added to.

    `message_key` is the key of the message that asked for it, None where none did.
    """

    __table_args__ = (
        Index("ix_audit_person", "person_id", "id"),
        Index("ix_audit_action", "company_id", "action"),
    )
    id: int = Field(default=None, primary_key=True)
    at: datetime = Field(sa_type=UtcDateTime, index=True)
    person_id: int | None = Field(default=None, foreign_key="person.id")
    action: str
    bill_id: int | None = Field(default=None, foreign_key="bill.id", index=True)
    details: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    message_key: str | None = Field(default=None, index=True)


class AuditLink(OfCompany, table=True):
    """A link of the chain that holds the audit: it shows that nothing before it was changed, removed or moved.

    It is of the step `audit_id`, or (None) of changes that no step was recorded for. `changes` are those that led to
    it, of each row ("bill:17") the columns as [old, new]; `channel` is that of the message, None where none asked.
    `hash` is over the other columns, with `previous`, the hash of the link before; of what erasure may blot out, the
    step's details and the changes, it is over their digests. Hashes are SHA-256 in hexadecimal digits, `position`
    counts from 1 in each company.
    """

    __table_args__ = (UniqueConstraint("company_id", "position"),)
    id: int = Field(default=None, primary_key=True)
    position: int
    audit_id: int | None = Field(default=None, foreign_key="audit.id", unique=True)
    at: datetime = Field(sa_type=UtcDateTime, index=True)
    person_id: int | None = Field(default=None, foreign_key="person.id")
    channel: str | None = None
    message_key: str | None = Field(default=None, index=True)
    changes: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    step_sha256: str | None = None
    details_sha256: str | None = None
    changes_sha256: str
    previous: str
    hash: str
