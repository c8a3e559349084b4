"""Payments: money that went out or came in for bills, ahead of them or for fees. Transfers of our own are none."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import func, literal, tuple_, union_all
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from storage.db.lists import one_of
from storage.ledger.booking import CONTROL_ACCOUNTS
from storage.ledger.money import Money
from storage.models import Account, Entry, EntryKind, Posting, Side, Vendor

KINDS = (EntryKind.PAYMENT, EntryKind.PREPAYMENT, EntryKind.FEE)


@dataclass(frozen=True)
class PaymentQuery:
    """Which payments: out of our accounts (payable) or into them, on days (both inclusive), to or from some parties
    (ids), on one account (its code). None is no limit."""

    side: Side
    since: date | None = None
    until: date | None = None
    vendors: Sequence[int] | None = None
    account: str | None = None


@dataclass(frozen=True)
class Sum:
    """What moved in one currency, positive, in so many payments."""

    amount: Money
    payments: int


@dataclass(frozen=True)
class Payment:
    """One payment, positive: when, on which account, with whom, and the ids of the bills that it settled.

    `parties` are names, none where it was with nobody known; then `description` says what it was, `entry` which
    entry of the journal.
    """

    on: date
    amount: Money
    account: Account
    parties: tuple[str, ...]
    bills: tuple[int, ...]
    description: str
    entry: int = 0


def sums(session: Session, wanted: PaymentQuery) -> list[Sum]:
    """What moved, by currency."""
    moved = _moved(wanted)
    query = select(moved.c.currency, func.sum(moved.c.minor), func.count()).group_by(moved.c.currency)
    rows = session.exec(query.order_by(moved.c.currency)).all()
    return [Sum(Money(abs(int(minor)), currency), number) for currency, minor, number in rows]


def latest(session: Session, wanted: PaymentQuery, most: int, before: tuple[date, int] | None = None) -> list[Payment]:
    """The last of these payments, the newest first; `before` one of that day and entry, None for the very last."""
    moved = _moved(wanted)
    order = (moved.c.booked_on.desc(), moved.c.entry_id.desc())
    columns: tuple[Any, ...] = tuple(moved.c)
    query: Any = select(*columns)
    if before is not None:
        query = query.where(tuple_(moved.c.booked_on, moved.c.entry_id) < tuple_(literal(before[0]), before[1]))
    rows: Any = session.exec(query.order_by(*order).limit(most)).all()
    accounts = {account.id: account for account in session.exec(select(Account)).all()}
    entries = {row.entry_id for row in rows}
    parties, bills = _parties(session, entries, wanted), _bills(session, entries, wanted)
    return [
        Payment(
            row.booked_on,
            Money(abs(int(row.minor)), row.currency),
            accounts[row.account_id],
            tuple(parties[row.entry_id]),
            tuple(bills[row.entry_id]),
            row.description,
            row.entry_id,
        )
        for row in rows
    ]


def _moved(wanted: PaymentQuery) -> Any:
    """A row for each payment: what moved on the account, or of it what went to the parties that are wanted."""
    whole = _columns(Posting, col(Posting.amount_minor)).where(*_conditions(wanted, Posting))
    if wanted.vendors is None:
        return whole.subquery()
    alone = whole.where(one_of(Posting.party_id, wanted.vendors))
    other = aliased(Posting)
    among = (
        _columns(Posting, -func.sum(other.amount_minor))
        .join(other, col(other.entry_id) == col(Posting.entry_id))
        .where(*_conditions(wanted, Posting), col(Posting.party_id).is_(None), col(other.id) != col(Posting.id))
        .where(one_of(other.party_id, wanted.vendors), col(other.currency) == col(Posting.currency))
        .group_by(
            col(Posting.entry_id),
            col(Posting.booked_on),
            col(Posting.account_id),
            col(Posting.currency),
            col(Entry.description),
        )
    )
    return union_all(alone, among).subquery()


def _columns(held: Any, minor: Any) -> Any:
    columns: tuple[Any, ...] = (
        col(held.entry_id),
        col(held.booked_on),
        col(held.account_id),
        col(held.currency),
        col(Entry.description),
        minor.label("minor"),
    )
    return (
        select(*columns)
        .join(Entry, col(Entry.id) == col(held.entry_id))
        .join(Account, col(Account.id) == col(held.account_id))
    )


def _conditions(wanted: PaymentQuery, held: Any) -> list[Any]:
    reversal = aliased(Entry)
    undone = select(reversal.id).where(col(reversal.reverses) == col(Entry.id)).exists()
    minor = col(held.amount_minor)
    where = [col(Account.liquidity).is_(True), col(Entry.kind).in_(KINDS), ~undone]
    where.append(minor < 0 if wanted.side is Side.PAYABLE else minor > 0)
    if wanted.since is not None:
        where.append(col(held.booked_on) >= wanted.since)
    if wanted.until is not None:
        where.append(col(held.booked_on) <= wanted.until)
    if wanted.account is not None:
        where.append(col(Account.code) == wanted.account)
    return where


def _parties(session: Session, entries: set[int], wanted: PaymentQuery) -> dict[int, list[str]]:
    query = (
        select(Posting.entry_id, Vendor.id, Vendor.name)
        .join(Vendor, col(Vendor.id) == col(Posting.party_id))
        .where(one_of(Posting.entry_id, entries))
        .distinct()
        .order_by(col(Posting.entry_id), col(Vendor.id))
    )
    found: dict[int, list[str]] = defaultdict(list)
    for entry, vendor, name in session.exec(query).all():
        if wanted.vendors is None or vendor in wanted.vendors:
            found[entry].append(name)
    return found


def _bills(session: Session, entries: set[int], wanted: PaymentQuery) -> dict[int, list[int]]:
    query = (
        select(Posting.entry_id, Posting.bill_id, Posting.party_id)
        .join(Account, col(Account.id) == col(Posting.account_id))
        .where(one_of(Posting.entry_id, entries), col(Account.code).in_(CONTROL_ACCOUNTS))
        .distinct()
        .order_by(col(Posting.entry_id), col(Posting.bill_id))
    )
    found: dict[int, list[int]] = defaultdict(list)
    for entry, bill, party in session.exec(query).all():
        if bill is not None and (wanted.vendors is None or party in wanted.vendors):
            found[entry].append(bill)
    return found
