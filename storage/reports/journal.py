"""The journal of a period, as it is handed on: entries with their postings, and the bills that they are about."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import groupby
from typing import Any

from sqlalchemy import ColumnElement, Select, func
from sqlalchemy import select as sa_select
from sqlalchemy.orm import defer
from sqlmodel import Session, and_, col, or_, select

from storage.db.columns import UtcDateTime
from storage.ledger.money import Money
from storage.models import Account, AccountType, Bill, BillState, Document, Entry, EntryKind, Posting, Vendor

AT_ONCE = 2_000
"""Rows that are fetched at once: a ledger's journal is longer than what fits in memory as rows of the database."""


@dataclass(frozen=True, slots=True)
class Line:
    """One posting: account, amount (debit positive), the party that it concerns, if any, and how it is treated for VAT
    (`storage.ledger.tax_codes`)."""

    code: str
    name: str
    type: AccountType
    amount: Money
    party_id: int | None
    party: str
    tax: str | None = None


@dataclass(frozen=True, slots=True)
class JournalEntry:
    """An entry with its lines; `number` is that of the bill that it is about, "" for none, `bill_id` its id.
    `reverses` is
    the id of the entry that it takes back."""

    id: int
    kind: EntryKind
    booked_on: date
    description: str
    number: str
    lines: tuple[Line, ...]
    bill_id: int | None = None
    reverses: int | None = None


@dataclass(frozen=True)
class Original:
    """A bill, and the file that it came in."""

    bill: Bill
    name: str
    sha256: str


def journal(session: Session, since: date, until: date) -> Iterator[JournalEntry]:
    """The entries of a period, both days inclusive, by accounting date and in the order of booking."""
    accounts = {account.id: account for account in session.exec(select(Account)).all()}
    rows = session.execute(
        _columns()
        .join(Posting, col(Posting.entry_id) == col(Entry.id))
        .join(Vendor, col(Vendor.id) == col(Posting.party_id), isouter=True)
        .join(Bill, col(Bill.id) == col(Entry.bill_id), isouter=True)
        .where(col(Entry.booked_on).between(since, until))
        .order_by(col(Entry.booked_on), col(Entry.id), col(Posting.id))
        .execution_options(yield_per=AT_ONCE)
    )
    for of_entry, legs in groupby(rows, key=lambda row: tuple(row[:7])):
        id_, kind, booked_on, description, number, bill_id, reverses = of_entry
        lines = tuple(_line(accounts[leg[7]], *leg[8:]) for leg in legs)
        yield JournalEntry(id_, kind, booked_on, description, number or "", lines, bill_id, reverses)


def _columns() -> Select[*tuple[Any, ...]]:
    """What the journal says of each posting: the entry's columns, then its own."""
    of_entry = (col(Entry.id), col(Entry.kind), col(Entry.booked_on), col(Entry.description), col(Bill.number))
    about = (col(Entry.bill_id), col(Entry.reverses))
    own = (col(Posting.account_id), col(Posting.amount_minor), col(Posting.currency), col(Posting.party_id))
    return sa_select(*of_entry, *about, *own, col(Vendor.name), col(Posting.tax_code)).select_from(Entry)


def _line(
    account: Account, minor: int, currency: str, party_id: int | None, party: str | None, tax: str | None
) -> Line:
    return Line(account.code, account.name, account.type, Money(minor, currency), party_id, party or "", tax)


def originals_of(session: Session, since: date, until: date) -> list[Original]:
    """The bills of the period that are no drafts, by date of issue (else of confirmation), with their files,
    those first that were read."""
    sources = or_(col(Document.id) == col(Bill.document_id), col(Document.form_of) == col(Bill.document_id))
    query = select(Bill, Document).join(Document, sources)
    query = query.where(col(Bill.state).not_in((BillState.HELD, BillState.DRAFT, BillState.VOID)))
    query = query.where(col(Document.discarded_at).is_(None), _may_be_of(since, until))
    query = query.options(defer(Bill.evidence), defer(Bill.taxes))  # type: ignore[arg-type]
    rows = sorted(session.exec(query).all(), key=lambda row: row[1].id != row[0].document_id)
    found = [Original(bill, document.name, document.sha256) for bill, document in rows]
    within = [original for original in found if since <= accounting_date(original.bill) <= until]
    return sorted(within, key=lambda original: (accounting_date(original.bill), original.bill.id))


def _may_be_of(since: date, until: date) -> ColumnElement[bool]:
    """Whether the accounting date may lie in the period, as a condition of a query; confirmed is roughly a day."""
    day = timedelta(days=1)
    booked = func.coalesce(Bill.confirmed_at, Bill.created_at, type_=UtcDateTime)
    first, last = (datetime.combine(moment, time(), UTC) for moment in (since - day, until + 2 * day))
    undated = and_(col(Bill.issue_date).is_(None), booked >= first, booked <= last)
    return or_(col(Bill.issue_date).between(since, until), undated)


def accounting_date(bill: Bill) -> date:
    """The accounting date of a confirmed bill: of issue, else the day on which it was confirmed."""
    if bill.issue_date:
        return bill.issue_date
    return (bill.confirmed_at or bill.created_at).date()
