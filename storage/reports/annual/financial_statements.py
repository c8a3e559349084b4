"""Profit and loss of a period and the balance sheet at its end, beside those of the period before, in one currency.

Both tie: what is owned is what is owed and the company's own, to which the result of the period belongs. No entries
close a year; what was earned before the period is brought forward.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

from sqlmodel import Session

from storage.ledger import accounts, double_entry
from storage.ledger.money import Money
from storage.models import Account, AccountType
from storage.reports.annual.translation import BooksAt, Translated, in_own, translate
from storage.reports.spending import Period

Section = Literal["income", "costs", "assets", "liabilities", "equity"]
REALISED, UNREALISED, FORWARD, RESULT = "realised", "unrealised", "forward", "result"
"""Lines that are no account: differences of other currencies that were settled, and that were not; what was earned
before the period, and in it."""
_SECTIONS: dict[AccountType, Section] = {
    AccountType.INCOME: "income",
    AccountType.EXPENSE: "costs",
    AccountType.ASSET: "assets",
    AccountType.LIABILITY: "liabilities",
    AccountType.EQUITY: "equity",
}
_CREDIT = ("income", "liabilities", "equity")


@dataclass(frozen=True)
class StatementLine:
    """A line of a section: an account's code (or one of the names above) with its amount in the sign that people
    expect, of this period and of the one before."""

    code: str
    name: str
    now: Money
    before: Money


@dataclass(frozen=True)
class FinancialStatements:
    """Statements in one currency. `span` and `before` are the two periods; balances are of their last days. `unbooked`
    is what of the unrealised differences no valuation has booked."""

    currency: str
    span: Period
    before: Period
    sections: dict[Section, tuple[StatementLine, ...]]
    unbooked: Money

    def total(self, section: Section) -> tuple[Money, Money]:
        """What a section comes to, now and before."""
        return self._sum(self.sections[section])

    @property
    def result(self) -> tuple[Money, Money]:
        """Income less costs, now and before; negative for a loss."""
        (income, income_before), (costs, costs_before) = self.total("income"), self.total("costs")
        return income - costs, income_before - costs_before

    def _sum(self, lines: Iterable[StatementLine]) -> tuple[Money, Money]:
        now = before = Money(0, self.currency)
        for line in lines:
            now, before = now + line.now, before + line.before
        return now, before


def financial_statements(
    session: Session, period: Period, currency: str, *, until: date | None = None
) -> tuple[FinancialStatements, ...]:
    """The statements in a currency, then those of each currency by itself of which an exchange rate is missing.

    Of a period that is not over only what is there `until` that day, beside all of the period before it.
    """
    span = replace(period, until=min(period.until, until or period.until))
    spans = (span, period.before())
    days = _days(spans)
    ours = translate(session, currency, days)
    apart = [in_own(session, other, days) for other in ours.apart]
    chart = accounts.chart(session)
    booked = {
        balance.amount.currency: balance.amount.minor
        for balance in accounts.balances(session, at=span.until, codes=(double_entry.VALUATION,))
    }
    return tuple(_made(books, spans, chart, booked.get(books.currency, 0)) for books in (ours, *apart))


def _days(spans: Sequence[Period]) -> tuple[date, ...]:
    """The last days before each period and of it."""
    return tuple(day for span in spans for day in (span.since - timedelta(days=1), span.until))


def _made(
    books: Translated, spans: tuple[Period, Period], chart: Sequence[Account], booked: int
) -> FinancialStatements:
    opened, closed, opened_before, closed_before = (books.at[day] for day in _days(spans))
    at = ((opened, closed), (opened_before, closed_before))
    sections: dict[Section, list[StatementLine]] = {section: [] for section in _SECTIONS.values()}
    for account in chart:
        section = _SECTIONS[account.type]
        sign = -1 if section in _CREDIT else 1
        now, before = (sign * _amount(account, start, end) for start, end in at)
        if now or before:
            sections[section].append(_line(account.code, account.name, books.currency, now, before))
    profits = [(_profit(start, chart), _profit(end, chart) - _profit(start, chart)) for start, end in at]
    for code, moved in (
        (REALISED, [end.realised - start.realised for start, end in at]),
        (UNREALISED, [end.gain - start.gain for start, end in at]),
    ):
        if any(moved):
            sections["income"].append(_line(code, code, books.currency, *moved))
    for code, of_each in ((FORWARD, [forward for forward, _ in profits]), (RESULT, [won for _, won in profits])):
        sections["equity"].append(_line(code, code, books.currency, *of_each))
    return FinancialStatements(
        books.currency,
        *spans,
        {section: tuple(lines) for section, lines in sections.items()},
        Money(closed.gain - booked, books.currency),
    )


def _amount(account: Account, start: BooksAt, end: BooksAt) -> int:
    """Debit positive: what was booked within the period on an account of results, else what it is worth at the end."""
    if account.type in (AccountType.INCOME, AccountType.EXPENSE):
        return end.cost[account.code] - start.cost[account.code]
    return end.cost[account.code] + end.unrealised[account.code]


def _profit(books: BooksAt, chart: Collection[Account]) -> int:
    """All that was earned until then, a loss negative."""
    of_results = (AccountType.INCOME, AccountType.EXPENSE)
    booked = sum(books.cost[account.code] for account in chart if account.type in of_results)
    return books.realised + books.gain - booked


def _line(code: str, name: str, currency: str, now: int, before: int) -> StatementLine:
    return StatementLine(code, name, Money(now, currency), Money(before, currency))
