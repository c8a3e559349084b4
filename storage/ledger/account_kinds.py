"""Accounts of every type beside those that bills and banks need: loans, taxes, wages, what is private, and the like."""

from __future__ import annotations

from datetime import datetime
from typing import Literal, get_args

from sqlmodel import Session, col, select

from storage import audit
from storage.db.locks import acquire_lock
from storage.errors import NoSuchAccount
from storage.ledger import accounts, double_entry
from storage.ledger.account_naming import refuse_name
from storage.models import Account, AccountType

Kind = Literal["loan", "tax", "payroll", "private", "salaries", "asset", "liability", "equity", "income"]
TYPES: dict[Kind, AccountType] = {
    "loan": AccountType.LIABILITY,
    "tax": AccountType.LIABILITY,
    "payroll": AccountType.LIABILITY,
    "private": AccountType.EQUITY,
    "salaries": AccountType.EXPENSE,
    "asset": AccountType.ASSET,
    "liability": AccountType.LIABILITY,
    "equity": AccountType.EQUITY,
    "income": AccountType.INCOME,
}
_CODES = {"asset": "assets", "liability": "liabilities", "equity": "capital", "income": "earnings", "tax": "taxes_owed"}
"""Codes that differ from the kind, since another account has its name."""
_KEPT = frozenset({
    double_entry.PAYABLE, double_entry.RECEIVABLE, double_entry.PREPAID, double_entry.ADVANCES, double_entry.EXCHANGE,
    double_entry.EQUITY, double_entry.VALUATION,
})  # fmt: skip
"""Accounts on the balance sheet that only what they are for is booked on."""


def add(session: Session, kind: Kind, name: str, *, person_id: int, now: datetime) -> Account:
    """A further account of a kind, under the next free code. Raises: WrongState when an account has this name."""
    acquire_lock(session, "chart of accounts")
    refuse_name(session, name)
    stem = _CODES.get(kind, kind)
    taken = set(session.exec(select(Account.code).where(col(Account.code).startswith(stem))).all())
    code = next(made for n in range(1, len(taken) + 2) if (made := stem if n == 1 else f"{stem}-{n}") not in taken)
    account = Account(code=code, name=name, type=TYPES[kind])
    session.add(account)
    session.flush()
    audit.record(session, "added account", person_id=person_id, now=now, details={"account": code})
    return account


def further(session: Session) -> list[Account]:
    """The accounts on the balance sheet in use that hold no money and that people may book on by themselves."""
    of_sheet = (AccountType.ASSET, AccountType.LIABILITY, AccountType.EQUITY)
    query = select(Account).where(col(Account.type).in_(of_sheet), col(Account.liquidity).is_(False))
    query = query.where(col(Account.closed_at).is_(None), col(Account.code).not_in(_KEPT))
    return list(session.exec(query.order_by(col(Account.id))).all())


def told(session: Session) -> list[Account]:
    """Those of them that people added."""
    stems = {_CODES.get(kind, kind) for kind in get_args(Kind)}
    return [account for account in further(session) if account.code.partition("-")[0] in stems]


def to_open(session: Session, code: str, currency: str) -> Account:
    """The account of this code, which may begin with a balance in a currency.

    Raises: NoSuchAccount, also for one whose balance follows from bills; Unfit for a liquidity account that is kept in
    another currency.
    """
    found = accounts.account(session, code)
    if found.liquidity:
        return accounts.liquidity_account(session, code, currency)
    if found not in further(session):
        raise NoSuchAccount("What {account} holds follows from bills. Tell me those one by one.", account=found.name)
    return found
