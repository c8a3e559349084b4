"""The chart of accounts, and what the accounts hold."""

from __future__ import annotations

import tomllib
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from importlib.resources import files

from sqlalchemy import func
from sqlmodel import Session, col, select

from storage.db.locks import acquire_lock
from storage.errors import NoSuchAccount, Unfit
from storage.ledger import double_entry
from storage.ledger.money import Money
from storage.models import Account, AccountType, Posting, Turnover

VAT_NAMES = {
    double_entry.INPUT_VAT: "Input VAT {rate}%",
    double_entry.OUTPUT_VAT: "Output VAT {rate}%",
    double_entry.INPUT_REVERSE: "Input VAT {rate}% on reverse charge",
    double_entry.OUTPUT_REVERSE: "VAT {rate}% owed on reverse charge",
    double_entry.INPUT_ACQUISITION: "Input VAT {rate}% on intra-community acquisitions",
    double_entry.OUTPUT_ACQUISITION: "VAT {rate}% owed on intra-community acquisitions",
}
VAT_TYPES = {
    kind: AccountType.ASSET if kind in double_entry.INPUT_TAXES else AccountType.LIABILITY for kind in VAT_NAMES
}


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
    acquire_lock(session, "chart of accounts")
    known = set(session.exec(select(Account.code)).all())
    chart = tomllib.loads(files("config").joinpath("chart.toml").read_text("utf-8"))
    session.add_all(
        Account(
            code=row["code"],
            name=row["name"],
            type=AccountType(row["type"]),
            liquidity=row.get("liquidity", False),
            words=row.get("words", []),
        )
        for row in chart["account"]
        if row["code"] not in known
    )
    session.flush()


def account(session: Session, code: str) -> Account:
    """The account of this code. Raises: NoSuchAccount, naming those that there are."""
    found = session.exec(select(Account).where(Account.code == code)).one_or_none()
    if found is None:
        codes = ", ".join(session.exec(select(Account.code).order_by(Account.code)).all())
        raise NoSuchAccount("There is no account “{code}”. There are: {codes}.", code=code, codes=codes)
    return found


def ids(session: Session, codes: Iterable[str]) -> dict[str, int]:
    """The ids of accounts by their codes; an account for VAT of a rate ("input_vat:19") is added when first used.

    Raises: NoSuchAccount.
    """
    wanted = set(codes)
    found = dict(session.exec(select(Account.code, Account.id).where(col(Account.code).in_(wanted))).all())
    for code in sorted(wanted - found.keys()):
        found[code] = _ensure_vat(session, code).id
    return found


def liquidity_accounts(session: Session) -> list[Account]:
    """The bank and cash accounts in use, in the order in which they were added."""
    query = select(Account).where(col(Account.liquidity).is_(True), col(Account.closed_at).is_(None))
    return list(session.exec(query.order_by(col(Account.id))).all())


def chart(session: Session) -> list[Account]:
    """Every account, in the order in which they were added."""
    return list(session.exec(select(Account).order_by(col(Account.id))).all())


def liquidity_account(session: Session, code: str, currency: str | None = None) -> Account:
    """The bank or cash account of this code, for money of this currency.

    Raises: NoSuchAccount naming those that there are; Unfit when it is kept in another currency.
    """
    held = {known.code: known for known in liquidity_accounts(session)}
    if code not in held:
        names = " or ".join(held)
        raise NoSuchAccount("A bill is paid from {accounts}, not from “{code}”.", accounts=names, code=code)
    found = held[code]
    if currency and found.currency and found.currency != currency:
        raise Unfit(
            "{account} is kept in {kept}, not in {other}. Say how much {kept} moved on it.",
            account=found.name,
            kept=found.currency,
            other=currency,
        )
    return found


def categories(session: Session, type_: AccountType = AccountType.EXPENSE) -> list[Account]:
    """The accounts in use that bills are booked on: of type EXPENSE, or INCOME for those that we issue."""
    query = select(Account).where(Account.type == type_, col(Account.closed_at).is_(None))
    query = query.where(col(Account.code).not_in(double_entry.AUTOMATIC))
    return list(session.exec(query.order_by(col(Account.id))).all())


def balances(session: Session, *, at: date | None = None, codes: Collection[str] | None = None) -> list[Balance]:
    """What each account holds per currency, by account and currency; accounts that were never used are absent.

    `at` counts entries up to and including that accounting date, None all of them; `codes` names the accounts
    wanted, None means all. Whole months come from the turnovers, so only postings of the month of `at` are counted.
    """
    wanted = select(Account)
    if codes is not None:
        wanted = wanted.where(col(Account.code).in_(codes))
    by_id = {held.id: held for held in session.exec(wanted).all()}
    sums: dict[tuple[int, str], int] = defaultdict(int)
    for account_id, currency, minor in _whole_months(session, by_id, at):
        sums[account_id, currency] += int(minor)
    for account_id, currency, minor in _begun_month(session, by_id, at) if at else ():
        sums[account_id, currency] += int(minor)
    return [
        Balance(by_id[account_id].code, by_id[account_id].name, by_id[account_id].type, Money(minor, currency))
        for (account_id, currency), minor in sorted(sums.items())
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


def _whole_months(session: Session, accounts: Collection[int], at: date | None) -> Iterable[tuple[int, str, int]]:
    query = (
        select(Turnover.account_id, Turnover.currency, func.sum(Turnover.debit_minor - Turnover.credit_minor))
        .where(col(Turnover.account_id).in_(accounts))
        .group_by(col(Turnover.account_id), col(Turnover.currency))
    )
    if at is not None:
        query = query.where(col(Turnover.month) < at.replace(day=1))
    return session.exec(query).all()


def _begun_month(session: Session, accounts: Collection[int], at: date) -> Iterable[tuple[int, str, int]]:
    # The currencies are named although they are all, so that the index on account, currency and date is used.
    currencies = session.exec(select(Turnover.currency).distinct()).all()
    return session.exec(
        select(Posting.account_id, Posting.currency, func.sum(Posting.amount_minor))
        .where(col(Posting.account_id).in_(accounts), col(Posting.currency).in_(currencies))
        .where(col(Posting.booked_on).between(at.replace(day=1), at))
        .group_by(col(Posting.account_id), col(Posting.currency))
    ).all()


def _ensure_vat(session: Session, code: str) -> Account:
    """The account for VAT of one rate. Raises: NoSuchAccount for any other code."""
    kind, _, rate = code.partition(":")
    if kind not in VAT_TYPES or not rate:
        return account(session, code)
    acquire_lock(session, "chart of accounts")
    found = session.exec(select(Account).where(Account.code == code)).one_or_none()
    if found is None:
        found = Account(code=code, name=VAT_NAMES[kind].format(rate=rate), type=VAT_TYPES[kind])
        session.add(found)
        session.flush()
    return found


def is_used(session: Session, account: Account) -> bool:
    """Whether anything was ever booked on it."""
    return session.exec(select(Posting.id).where(Posting.account_id == account.id).limit(1)).first() is not None
