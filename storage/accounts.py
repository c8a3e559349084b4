"""The chart of accounts, and what the accounts hold."""

from __future__ import annotations

import tomllib
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from importlib.resources import files
from typing import Any

from sqlalchemy import func
from sqlmodel import Session, col, select

from storage.errors import NoSuchAccount
from storage.locks import hold
from storage.models import Account, AccountType, Entry, Posting
from storage.money import Money


@dataclass(frozen=True)
class Balance:
    """What an account holds in one currency: debit positive, credit negative."""

    code: str
    name: str
    type: AccountType
    amount: Money


@dataclass(frozen=True)
class TrialBalance:
    """All debit and all credit balances of one currency, both positive. The books hold if they are equal."""

    debit: Money
    credit: Money


def ensure_chart(session: Session) -> None:
    """Adds the accounts of `config/chart.toml` that are not there yet. Safe with several processes starting at once."""
    hold(session, "chart of accounts")
    known = set(session.exec(select(Account.code)).all())
    chart = tomllib.loads(files("config").joinpath("chart.toml").read_text("utf-8"))
    session.add_all(
        Account(code=row["code"], name=row["name"], type=AccountType(row["type"]))
        for row in chart["account"]
        if row["code"] not in known
    )
    session.flush()


def account(session: Session, code: str) -> Account:
    """The account of this code. Raises: NoSuchAccount, naming those that there are."""
    found = session.exec(select(Account).where(Account.code == code)).one_or_none()
    if found is None:
        codes = ", ".join(session.exec(select(Account.code).order_by(Account.code)).all())
        raise NoSuchAccount(f"There is no account “{code}”. There are: {codes}.")
    return found


def balances(session: Session, *, at: date | None = None, codes: Collection[str] | None = None) -> list[Balance]:
    """What each account holds per currency, by account and currency; accounts that were never used are absent.

    `at` counts entries up to and including that accounting date, None all of them; `codes` names the accounts
    wanted, None means all.
    """
    query = (
        select(Account, Posting.currency, func.sum(Posting.amount_minor))
        .join(Posting, col(Posting.account_id) == col(Account.id))
        .group_by(col(Account.id), Posting.currency)
        .order_by(col(Account.id), Posting.currency)
    )
    if codes is not None:
        query = query.where(col(Account.code).in_(codes))
    return [
        Balance(held.code, held.name, held.type, Money(int(minor), currency))
        for held, currency, minor in session.exec(_until(query, at)).all()
    ]


def trial_balance(session: Session, *, at: date | None = None) -> dict[str, TrialBalance]:
    """Debits and credits of all accounts by currency, at a date as for `balances`."""
    amounts = [balance.amount for balance in balances(session, at=at)]
    return {
        currency: TrialBalance(
            debit=Money(sum(a.minor for a in amounts if a.currency == currency and a.minor > 0), currency),
            credit=Money(-sum(a.minor for a in amounts if a.currency == currency and a.minor < 0), currency),
        )
        for currency in sorted({a.currency for a in amounts})
    }


def _until(query: Any, at: date | None) -> Any:
    if at is None:
        return query
    return query.join(Entry, col(Entry.id) == col(Posting.entry_id)).where(col(Entry.booked_on) <= at)
