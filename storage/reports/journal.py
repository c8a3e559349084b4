"""The journal of a period, as it is handed on: entries with their postings, and the bills that they are about."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from sqlmodel import Session, col, or_, select

from storage.ledger.money import Money
from storage.models import Account, AccountType, Bill, BillState, Document, Entry, EntryKind, Posting, Vendor


@dataclass(frozen=True)
class Line:
    """One posting: account, amount (debit positive), and the party that it concerns, if any."""

    code: str
    name: str
    type: AccountType
    amount: Money
    party_id: int | None
    party: str


@dataclass(frozen=True)
class JournalEntry:
    """An entry with its lines; `number` is that of the bill that it is about, "" for none."""

    id: int
    kind: EntryKind
    booked_on: date
    description: str
    number: str
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Original:
    """A bill, and the file that it came in."""

    bill: Bill
    name: str
    sha256: str


def journal(session: Session, since: date, until: date) -> Iterator[JournalEntry]:
    """The entries of a period, both days inclusive, by accounting date and in the order of booking."""
    numbers = _numbers(session, since, until)
    rows = session.exec(
        select(Entry, Posting, Account, Vendor)
        .join(Posting, col(Posting.entry_id) == col(Entry.id))
        .join(Account, col(Account.id) == col(Posting.account_id))
        .join(Vendor, col(Vendor.id) == col(Posting.party_id), isouter=True)
        .where(col(Entry.booked_on).between(since, until))
        .order_by(col(Entry.booked_on), col(Entry.id), col(Posting.id))
    )
    for _, group in groupby(rows, key=lambda row: row[0].id):
        legs = list(group)
        entry = legs[0][0]
        yield JournalEntry(
            id=entry.id,
            kind=entry.kind,
            booked_on=entry.booked_on,
            description=entry.description,
            number=numbers.get(entry.bill_id, ""),
            lines=tuple(
                Line(
                    code=account.code,
                    name=account.name,
                    type=account.type,
                    amount=Money(posting.amount_minor, posting.currency),
                    party_id=posting.party_id,
                    party=party.name if party else "",
                )
                for _, posting, account, party in legs
            ),
        )


def _numbers(session: Session, since: date, until: date) -> dict[int | None, str]:
    """The numbers of the bills that entries of the period are about, by the bills' ids."""
    query = select(Bill.id, Bill.number).join(Entry, col(Entry.bill_id) == col(Bill.id))
    query = query.where(col(Entry.booked_on).between(since, until), col(Bill.number).is_not(None)).distinct()
    return {id_: number for id_, number in session.exec(query).all() if number}


def originals_of(session: Session, since: date, until: date) -> list[Original]:
    """The bills of the period that are no drafts, by date of issue (else of confirmation), with their files,
    those first that were read."""
    sources = or_(col(Document.id) == col(Bill.document_id), col(Document.form_of) == col(Bill.document_id))
    query = select(Bill, Document).join(Document, sources)
    query = query.where(col(Bill.state).not_in((BillState.HELD, BillState.DRAFT, BillState.VOID)))
    rows = sorted(session.exec(query).all(), key=lambda row: row[1].id != row[0].document_id)
    found = [Original(bill, document.name, document.sha256) for bill, document in rows]
    within = [original for original in found if since <= accounting_date(original.bill) <= until]
    return sorted(within, key=lambda original: (accounting_date(original.bill), original.bill.id))


def accounting_date(bill: Bill) -> date:
    """The accounting date of a confirmed bill: of issue, else the day on which it was confirmed."""
    if bill.issue_date:
        return bill.issue_date
    return (bill.confirmed_at or bill.created_at).date()
