"""What every export is made from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from sqlmodel import Session

from storage.bank import opening_balances
from storage.ledger import accounts
from storage.ledger.accounts import Balance
from storage.models import Account
from storage.people import company
from storage.reports import journal
from storage.reports.journal import JournalEntry, Original


@dataclass(frozen=True)
class Books:
    """The books from `since` to `until`, both inclusive: what there was before, what happened, what there is then.

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


def books_of(session: Session, since: date, until: date) -> Books:
    """Reads a period. Accounts that hold nothing before or after are left out of `before` and `after`."""
    held = {at: accounts.balances(session, at=at) for at in (since - timedelta(days=1), until)}
    before, after = (tuple(balance for balance in held[at] if balance.amount.minor) for at in held)
    moved = {balance.code for balance in after}
    return Books(
        company=company.company(session).name,
        since=since,
        until=until,
        before=before,
        entries=tuple(journal.journal(session, since, until)),
        after=after,
        originals=tuple(journal.originals_of(session, since, until)),
        untold=tuple(
            account for account in opening_balances.without_opening_balance(session, until) if account.code in moved
        ),
    )
