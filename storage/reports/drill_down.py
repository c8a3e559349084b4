"""The postings that a figure rests on, with the entries that say why they were made."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import func
from sqlmodel import Session, col, select

from storage.db.lists import one_of
from storage.ledger import double_entry
from storage.ledger.money import Money
from storage.models import Account, Entry, EntryKind, Posting


@dataclass(frozen=True)
class SupportingPosting:
    """One posting: when, on which account (its code), how much (debit positive), and the entry's words and kind.

    `undone` says that the entry is a reversal, or was reversed: together with the other it comes to nothing.
    """

    on: date
    account: str
    amount: Money
    description: str
    kind: EntryKind
    undone: bool


_COLUMNS: tuple[Any, ...] = (Posting, Account.code, Entry)


def of_bill(session: Session, bill_id: int) -> list[SupportingPosting]:
    """What made the bill's open amount what it is, oldest first: booking, payments, credits, and what was undone."""
    owed = (*double_entry.CONTROL_ACCOUNT.values(), double_entry.STAFF)
    query = (
        select(*_COLUMNS)
        .join(Account, col(Account.id) == col(Posting.account_id))
        .join(Entry, col(Entry.id) == col(Posting.entry_id))
        .where(Posting.bill_id == bill_id, col(Account.code).in_(owed))
        .order_by(col(Posting.id))
    )
    return _grounds(session, query)


def of_accounts(
    session: Session, codes: Collection[str], *, at: date | None = None, most: int = 10
) -> tuple[list[SupportingPosting], int]:
    """The latest postings on these accounts up to a date, the newest first, and how many there are in all."""
    where = [col(Account.code).in_(codes)] + ([col(Posting.booked_on) <= at] if at else [])
    query = (
        select(*_COLUMNS)
        .join(Account, col(Account.id) == col(Posting.account_id))
        .join(Entry, col(Entry.id) == col(Posting.entry_id))
        .where(*where)
        .order_by(col(Posting.booked_on).desc(), col(Posting.id).desc())
        .limit(most)
    )
    number = session.exec(
        select(func.count())
        .select_from(Posting)
        .join(Account, col(Account.id) == col(Posting.account_id))
        .where(*where)
    ).one()
    return _grounds(session, query), int(number)


def _grounds(session: Session, query: Any) -> list[SupportingPosting]:
    rows = session.exec(query).all()
    entries = [entry.id for _, _, entry in rows]
    reversed_ids = set(session.exec(select(Entry.reverses).where(one_of(Entry.reverses, entries))).all())
    return [
        SupportingPosting(
            posting.booked_on,
            code,
            Money(posting.amount_minor, posting.currency),
            entry.description,
            entry.kind,
            entry.reverses is not None or entry.id in reversed_ids,
        )
        for posting, code, entry in rows
    ]
