"""What we invoiced, net of VAT, and the result of a period: income less costs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, func
from sqlmodel import Session, col, select

from storage.db.lists import one_of
from storage.ledger import double_entry
from storage.ledger.money import Money
from storage.models import Account, AccountType, Bill, Posting, Side
from storage.reports import spending
from storage.reports.spending import Item, Period, Spent, Who


@dataclass(frozen=True)
class Result:
    """One currency: income and costs of a period, both net and positive; of the income, what no invoice brought."""

    income: Money
    costs: Money
    besides: Money

    @property
    def profit(self) -> Money:
        """What is left; negative for a loss."""
        return self.income - self.costs


def invoice_accounts(session: Session) -> list[Account]:
    """The accounts that our own invoices are booked on, closed ones too."""
    return [account for account in _income_accounts(session) if account.code not in double_entry.AUTOMATIC]


def by_customer(session: Session, span: Period, customers: Sequence[int] | None = None) -> list[Spent]:
    """What each customer (of these ids, None all) was invoiced, by currency, the largest first."""
    found = _turned(spending.by_vendor(session, span, invoice_accounts(session), Who(customers)))
    return sorted(found, key=lambda one: (one.amount.currency, -one.amount.minor, one.name))


def by_month(session: Session, span: Period, customers: Sequence[int] | None = None) -> list[Spent]:
    """What was invoiced in each month of the span, oldest first."""
    accounts = invoice_accounts(session)
    if customers is None:
        return _turned(spending.by_month(session, span, accounts))
    return _turned(spending.among(session, span, accounts, Who(customers), monthly=True))


def largest_invoices(
    session: Session, span: Period, customers: Sequence[int] | None = None, most: int = 5
) -> list[Item]:
    """Our own invoices that brought most income, net, the largest first."""
    amount = -func.sum(Posting.amount_minor)
    accounts = [account.id for account in invoice_accounts(session)]
    booked = col(Posting.booked_on).between(span.since, span.until)
    where: list[ColumnElement[bool]] = [col(Posting.account_id).in_(accounts), booked]
    if customers is not None:
        where.append(one_of(Posting.party_id, customers))
    query = (
        select(Bill, Posting.currency, amount)
        .join(Posting, col(Posting.bill_id) == col(Bill.id))
        .where(*where, col(Bill.side) == Side.RECEIVABLE)
        .group_by(col(Bill.id), col(Posting.currency))
        .having(amount > 0)
        .order_by(amount.desc(), col(Bill.id))
        .limit(most)
    )
    return [Item(bill, Money(int(minor), currency)) for bill, currency, minor in session.exec(query).all()]


def results(session: Session, span: Period) -> list[Result]:
    """Income and costs of the period, by currency."""
    income = _turned(spending.by_category(session, span, _income_accounts(session)))
    costs = spending.by_category(session, span, spending.expense_accounts(session))
    besides = [one for one in income if one.name in double_entry.AUTOMATIC]
    currencies = sorted({one.amount.currency for one in (*income, *costs)})
    return [Result(_sum(income, currency), _sum(costs, currency), _sum(besides, currency)) for currency in currencies]


def _income_accounts(session: Session) -> list[Account]:
    query = select(Account).where(Account.type == AccountType.INCOME).order_by(col(Account.id))
    return list(session.exec(query).all())


def _turned(found: Sequence[Spent]) -> list[Spent]:
    """Income is a credit: here it is positive."""
    return [Spent(one.name, -one.amount) for one in found if one.amount.minor]


def _sum(found: Sequence[Spent], currency: str) -> Money:
    return sum((one.amount for one in found if one.amount.currency == currency), Money(0, currency))
