"""What was spent (without VAT that is deducted): by category, vendor, person or month, in a period.

Whole months are read from turnovers; only the days at the edges of a period are counted posting by posting. With a
vendor or person, or by them, postings are counted, which know their party and bill.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import func, or_
from sqlmodel import Session, col, select

from storage.db.lists import one_of
from storage.ledger.money import Money
from storage.models import Account, AccountType, Bill, Entry, EntryKind, Person, Posting, Side, Turnover, Vendor

_BY_DAY: tuple[Any, ...] = (
    Posting.account_id,
    Posting.currency,
    Posting.booked_on,
    func.sum(Posting.amount_minor),
)
_OF_MONTHS: tuple[Any, ...] = (
    Turnover.account_id,
    Turnover.currency,
    Turnover.month,
    Turnover.debit_minor - Turnover.credit_minor,
)


_CANDIDATES = 10  # postings looked at for each bill wanted: a bill may be split, reversed and booked anew


@dataclass(frozen=True)
class Period:
    """The days of a question, both inclusive."""

    since: date
    until: date

    def before(self) -> Period:
        """The period before it: as many whole months where this one is of whole months, else as many days."""
        if self.since.day == 1 and (self.until + timedelta(days=1)).day == 1:
            months = (self.until.year - self.since.year) * 12 + self.until.month - self.since.month + 1
            return Period(_months_before(self.since, months), self.since - timedelta(days=1))
        days = self.until - self.since
        return Period(self.since - days - timedelta(days=1), self.since - timedelta(days=1))


@dataclass(frozen=True)
class Who:
    """With whom, and through whom: of these vendors (ids), without some, of bills that these people sent. None is no
    limit."""

    vendors: Sequence[int] | None = None
    without: Sequence[int] = ()
    people: Sequence[int] | None = None


ANYONE = Who()


@dataclass(frozen=True)
class Spent:
    """What was spent under one name (an account's code, a vendor's name, a month as "2025-03") in one currency."""

    name: str
    amount: Money


@dataclass(frozen=True)
class Item:
    """What one bill added to what was spent."""

    bill: Bill
    amount: Money


def by_category(session: Session, span: Period, accounts: Sequence[Account]) -> list[Spent]:
    """What was spent on each of these accounts, by currency, the largest first."""
    codes = {account.id: account.code for account in accounts}
    sums: dict[tuple[str, str], int] = defaultdict(int)
    for account_id, currency, _, minor in _parts(session, span, tuple(codes)):
        sums[codes[account_id], currency] += int(minor)
    return _ordered(sums)


def by_month(session: Session, span: Period, accounts: Sequence[Account]) -> list[Spent]:
    """What was spent on these accounts in each month of the span, oldest first."""
    sums: dict[tuple[str, str], int] = defaultdict(int)
    for _, currency, month, minor in _parts(session, span, tuple(account.id for account in accounts)):
        sums[f"{month:%Y-%m}", currency] += int(minor)
    return [Spent(name, Money(minor, currency)) for (name, currency), minor in sorted(sums.items())]


def by_vendor(session: Session, span: Period, accounts: Sequence[Account], who: Who = ANYONE) -> list[Spent]:
    """What was spent with each vendor, by currency, the largest first."""
    query = (
        select(Vendor.name, Posting.currency, func.sum(Posting.amount_minor))
        .join(Vendor, col(Vendor.id) == col(Posting.party_id))
        .where(*_within(span, accounts), *_of(who))
        .group_by(col(Vendor.id), Vendor.name, col(Posting.currency))
    )
    sums: dict[tuple[str, str], int] = defaultdict(int)
    for name, currency, minor in session.exec(query).all():
        sums[name, currency] += int(minor)
    return _ordered(sums)


def by_person(session: Session, span: Period, accounts: Sequence[Account], who: Who = ANYONE) -> list[Spent]:
    """What was spent on the bills that each person sent, by name and currency, the largest first; "" without a bill."""
    query = (
        select(Person.name, Posting.currency, func.sum(Posting.amount_minor))
        .select_from(Posting)
        .join(Bill, col(Bill.id) == col(Posting.bill_id), isouter=True)
        .join(Person, col(Person.id) == col(Bill.created_by), isouter=True)
        .where(*_within(span, accounts), *_of(who))
        .group_by(col(Person.id), col(Person.name), col(Posting.currency))
    )
    sums: dict[tuple[str, str], int] = defaultdict(int)
    for name, currency, minor in session.exec(query).all():
        sums[name or "", currency] += int(minor)
    return _ordered(sums)


def among(
    session: Session, span: Period, accounts: Sequence[Account], who: Who, *, monthly: bool = False
) -> list[Spent]:
    """What was spent with or through these, by account code, or by month."""
    codes = {account.id: account.code for account in accounts}
    rows = session.exec(
        select(*_BY_DAY)
        .where(*_within(span, accounts), *_of(who))
        .group_by(col(Posting.account_id), col(Posting.currency), col(Posting.booked_on))
    ).all()
    sums: dict[tuple[str, str], int] = defaultdict(int)
    for account_id, currency, on, minor in rows:
        sums[f"{on:%Y-%m}" if monthly else codes[account_id], currency] += int(minor)
    return sorted(_ordered(sums), key=lambda spent: spent.name) if monthly else _ordered(sums)


def largest_bills(
    session: Session, span: Period, accounts: Sequence[Account], who: Who = ANYONE, most: int = 5
) -> list[Item]:
    """The bills of vendors that added most to what was spent, the largest first; our own invoices are none.

    They are looked for among the largest postings, which an index has in order; what reversals took back is no more.
    """
    where = [*_within(span, accounts), *_of(who), col(Posting.bill_id).is_not(None)]
    candidates = session.exec(
        select(Posting.bill_id)
        .where(*where, col(Posting.currency).in_(_currencies(session)))
        .order_by(col(Posting.amount_minor).desc())
        .limit(most * _CANDIDATES)
    ).all()
    bills = {bill for bill in candidates if bill is not None}
    amount = func.sum(Posting.amount_minor)
    query = (
        select(Bill, Posting.currency, amount)
        .join(Posting, col(Posting.bill_id) == col(Bill.id))
        .where(
            *where,
            one_of(Posting.bill_id, bills),
            col(Bill.side) == Side.PAYABLE,
        )
        .group_by(col(Bill.id), col(Posting.currency))
        .having(amount > 0)
        .order_by(amount.desc(), col(Bill.id))
        .limit(most)
    )
    return [Item(bill, Money(int(minor), currency)) for bill, currency, minor in session.exec(query).all()]


def first_booking(session: Session) -> date | None:
    """The day of the first entry besides opening balances; None while there is none."""
    return session.exec(select(func.min(Entry.booked_on)).where(Entry.kind != EntryKind.OPENING)).one()


def expense_accounts(session: Session) -> list[Account]:
    """Every account that spending is booked on, closed ones too."""
    return list(
        session.exec(select(Account).where(Account.type == AccountType.EXPENSE).order_by(col(Account.id))).all()
    )


def _parts(session: Session, span: Period, ids: Sequence[int]) -> Iterable[tuple[int, str, date, int]]:
    """Account, currency, month and minor units: of the whole months, and of the days before and after them."""
    first, last = _whole_months(span)
    if first <= last:
        yield from session.exec(
            select(*_OF_MONTHS).where(col(Turnover.account_id).in_(ids), col(Turnover.month).between(first, last))
        ).all()
        edges = [Period(span.since, first - timedelta(days=1)), Period(_next_month(last), span.until)]
    else:
        edges = [span]
    currencies = _currencies(session)
    for edge in edges:
        if edge.since > edge.until:
            continue
        # Account and currency are named although they are all, so that the index on them and the date is used.
        rows = session.exec(
            select(*_BY_DAY)
            .where(col(Posting.account_id).in_(ids), col(Posting.currency).in_(currencies))
            .where(col(Posting.booked_on).between(edge.since, edge.until))
            .group_by(col(Posting.account_id), col(Posting.currency), col(Posting.booked_on))
        ).all()
        yield from ((account, currency, on.replace(day=1), int(minor)) for account, currency, on, minor in rows)


def _currencies(session: Session) -> Sequence[str]:
    return session.exec(select(Turnover.currency).distinct()).all()


def _whole_months(span: Period) -> tuple[date, date]:
    """The first days of the first and last month that lie wholly in the span; the first is later where none does."""
    first = span.since if span.since.day == 1 else _next_month(span.since)
    after = (span.until + timedelta(days=1)).replace(day=1)
    return first, _months_before(after, 1)


def _next_month(day: date) -> date:
    return (day.replace(day=1) + timedelta(days=32)).replace(day=1)


def _months_before(first: date, months: int) -> date:
    count = first.year * 12 + first.month - 1 - months
    return date(count // 12, count % 12 + 1, 1)


def _within(span: Period, accounts: Sequence[Account]) -> list[Any]:
    ids = [account.id for account in accounts]
    return [col(Posting.account_id).in_(ids), col(Posting.booked_on).between(span.since, span.until)]


def _of(who: Who) -> list[Any]:
    where: list[Any] = []
    if who.vendors is not None:
        where.append(one_of(Posting.party_id, who.vendors))
    if who.without:
        where.append(or_(col(Posting.party_id).is_(None), ~one_of(Posting.party_id, who.without)))
    if who.people is not None:
        sent = select(Bill.id).where(col(Bill.created_by).in_(who.people))
        where.append(col(Posting.bill_id).in_(sent))
    return where


def _ordered(sums: dict[tuple[str, str], int]) -> list[Spent]:
    """The largest first in each currency; what came to nothing is left out."""
    spent = [Spent(name, Money(minor, currency)) for (name, currency), minor in sums.items() if minor]
    return sorted(spent, key=lambda one: (one.amount.currency, -one.amount.minor, one.name))
