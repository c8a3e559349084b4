"""What every export is made from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

from sqlmodel import Session

from storage.bank import opening_balances
from storage.ledger import accounts, exchange_rates, period_closing
from storage.ledger.accounts import Balance
from storage.models import Account
from storage.people import company
from storage.reports import journal
from storage.reports.journal import JournalEntry, Original


@dataclass(frozen=True)
class AdviserBooks:
    """What a tax adviser's program needs beside the books: its numbers of the company, the `chart` and how
    corrections are
    handed over (`storage.models.Company`), the numbers of our accounts that people told, the parties' names by their
    ids,
    and what one unit of the company's `currency` buys of others on a day. `closed` is the last day on which nothing
    more is
    booked."""

    chart: str = "skr03"
    adviser: str | None = None
    client: str | None = None
    corrections: str = "pairs"
    currency: str = "EUR"
    numbers: dict[str, str] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    rates: dict[tuple[str, date], Decimal] = field(default_factory=dict)
    closed: date | None = None


@dataclass(frozen=True)
class Books:
    """The books from `since` to `until`, both inclusive: what there was before, what happened, what there is then.

    `adviser` is what only a tax adviser's program needs.
    `untold` are the bank and cash accounts among these that are counted from zero (`storage.bank.opening_balances`).
    """

    company: str
    since: date
    until: date
    before: tuple[Balance, ...]
    entries: tuple[JournalEntry, ...]
    after: tuple[Balance, ...]
    originals: tuple[Original, ...]
    untold: tuple[Account, ...] = ()
    adviser: AdviserBooks = field(default_factory=AdviserBooks)


def books_of(session: Session, since: date, until: date, currency: str = "EUR") -> Books:
    """Reads a period. Accounts that hold nothing before or after are left out of `before` and `after`."""
    held = {at: accounts.balances(session, at=at) for at in (since - timedelta(days=1), until)}
    before, after = (tuple(balance for balance in held[at] if balance.amount.minor) for at in held)
    moved = {balance.code for balance in after}
    entries = tuple(journal.journal(session, since, until))
    return Books(
        company=company.company(session).name,
        since=since,
        until=until,
        before=before,
        entries=entries,
        after=after,
        originals=tuple(journal.originals_of(session, since, until)),
        untold=tuple(
            account for account in opening_balances.without_opening_balance(session, until) if account.code in moved
        ),
        adviser=_for_adviser(session, entries, currency),
    )


def _for_adviser(session: Session, entries: Sequence[JournalEntry], currency: str) -> AdviserBooks:
    ours, chart = company.company(session), accounts.chart(session)
    unit = ours.currency or currency
    days = {(line.amount.currency, entry.booked_on) for entry in entries for line in entry.lines}
    rates = {}
    for other, on in sorted(days):
        theirs, own = exchange_rates.per_euro(session, other, on), exchange_rates.per_euro(session, unit, on)
        if theirs is not None and own is not None:
            rates[other, on] = theirs / own
    closing = period_closing.closing_in_force(session)
    return AdviserBooks(
        chart=ours.datev_chart,
        adviser=ours.datev_adviser,
        client=ours.datev_client,
        corrections=ours.datev_corrections,
        currency=unit,
        numbers={
            account.code: account.charted[ours.datev_chart] for account in chart if ours.datev_chart in account.charted
        },
        names={account.code: account.name for account in chart},
        rates=rates,
        closed=closing.until if closing else None,
    )
