"""Our own accounts at banks: found by what statements call them, and added."""

from __future__ import annotations

import re

from sqlmodel import Session, col, select

from storage import accounts
from storage.locks import hold
from storage.models import Account, AccountType

BANK = "bank"
_LEAST = 5
"""A number of fewer characters, without its zeros in front, names no account."""


def banks(session: Session) -> list[Account]:
    """The accounts at banks that are in use, in the order in which they were added."""
    return [purse for purse in accounts.purses(session) if purse.code.partition("-")[0] == BANK]


def find_bank(session: Session, number: str) -> Account | None:
    """The account that a statement names by an IBAN or by a number of its country; None when it is none of ours.

    A number without its bank's code counts as the IBAN's if it ends it, zeros in front apart.
    """
    wanted = _plain(number)
    if not wanted:
        return None
    known = banks(session)
    exact = [account for account in known if wanted in (_plain(account.iban or ""), _plain(account.number or ""))]
    if exact:
        return exact[0]
    within = [account for account in known if account.iban and _ends(account.iban, number)]
    return within[0] if len(within) == 1 else None


def nameless(session: Session) -> list[Account]:
    """Accounts at banks of which no number is known yet: a statement may be theirs."""
    return [account for account in banks(session) if not account.iban and not account.number]


def name_account(session: Session, account: Account, number: str, currency: str) -> None:
    """From now on statements of this number (an IBAN or another) are the account's, kept in their currency."""
    if number and not account.iban and not account.number:
        account.iban, account.number = (number, None) if _is_iban(number) else (None, number)
    account.currency = account.currency or currency or None
    session.flush()


def add_bank(session: Session, name: str, *, number: str = "", currency: str = "") -> Account:
    """A further account at a bank, under the next free code."""
    hold(session, "chart of accounts")
    taken = set(session.exec(select(Account.code).where(col(Account.code).startswith(BANK))).all())
    code = next(made for n in range(2, len(taken) + 3) if (made := f"{BANK}-{n}") not in taken)
    account = Account(code=code, name=name or f"Bank {code.partition('-')[2]}", type=AccountType.ASSET, purse=True)
    session.add(account)
    session.flush()
    name_account(session, account, number, currency)
    return account


def _is_iban(number: str) -> bool:
    return bool(re.fullmatch(r"[A-Z]{2}\d{2}[A-Z0-9]{11,30}", number))


def _plain(number: str) -> str:
    return re.sub(r"[^A-Z0-9]", "", number.upper())


def _ends(iban: str, number: str) -> bool:
    """Whether the IBAN ends with the last part of the number, and has the parts before it in it (bank code)."""
    *before, last = [part.lstrip("0") for part in re.split(r"[/ ]", number.upper()) if part]
    return len(last) >= _LEAST and iban.endswith(last) and all(part in iban for part in before)
