"""Our own accounts at banks: found by what statements call them, and added."""

from __future__ import annotations

import re
from datetime import datetime

from schwifty import IBAN
from schwifty.exceptions import SchwiftyException
from sqlmodel import Session, col, select

from storage import audit
from storage.db.locks import acquire_lock
from storage.errors import Unfit, WrongState
from storage.ledger import accounts
from storage.ledger.account_naming import refuse_name
from storage.ledger.double_entry import BANK, CASH
from storage.models import Account, AccountType, Bill, BillState, Side

_LEAST = 5
"""A number of fewer characters, without its zeros in front, names no account."""


def banks(session: Session) -> list[Account]:
    """The accounts at banks that are in use, in the order in which they were added."""
    return [account for account in accounts.liquidity_accounts(session) if account.code.partition("-")[0] == BANK]


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


def accounts_without_number(session: Session) -> list[Account]:
    """Accounts at banks of which no number is known yet: a statement may be theirs."""
    return [account for account in banks(session) if not account.iban and not account.number]


def name_account(session: Session, account: Account, number: str, currency: str) -> None:
    """From now on statements of this number (an IBAN or another) are the account's, kept in their currency.

    Raises: WrongState where a supplier is paid there.
    """
    _refuse_others(session, number)
    if number and not account.iban and not account.number:
        account.iban, account.number = (number, None) if _is_iban(number) else (None, number)
    account.currency = account.currency or currency or None
    session.flush()


def add_bank(session: Session, name: str, *, number: str = "", currency: str = "") -> Account:
    """A further account at a bank, under the next free code."""
    account = _add_liquidity_account(session, BANK, name, currency or None)
    name_account(session, account, number, currency)
    return account


def _add_liquidity_account(session: Session, kind: str, name: str, currency: str | None) -> Account:
    """A further liquidity account of a kind ("bank", "cash") under the next free code, such as "cash-2"."""
    acquire_lock(session, "chart of accounts")
    taken = set(session.exec(select(Account.code).where(col(Account.code).startswith(kind))).all())
    code = next(made for n in range(2, len(taken) + 3) if (made := f"{kind}-{n}") not in taken)
    name = name or f"{kind.capitalize()} {code.partition('-')[2]}"
    account = Account(code=code, name=name, type=AccountType.ASSET, liquidity=True, currency=currency)
    session.add(account)
    session.flush()
    return account


def add(
    session: Session,
    name: str,
    *,
    cash: bool,
    iban: str | None,
    currency: str | None,
    person_id: int,
    now: datetime,
) -> Account:
    """A further bank or cash account that somebody tells of. The bank account that every ledger begins with becomes it
    as long as nothing says which one that is: one of which no name was given, or that was never used.

    Raises: WrongState when the name or the IBAN is another account's; Unfit for an IBAN that is none.
    """
    acquire_lock(session, "chart of accounts")
    number = _checked(session, iban)
    if name:
        refuse_name(session, name)
    first = next((held for held in accounts_without_number(session) if held.code == BANK and not cash), None)
    before = None
    if first and (not name or not accounts.is_used(session, first)):
        before = {"name": first.name, "iban": None, "number": None, "currency": first.currency}
        made = first
        made.name = name or made.name
        name_account(session, made, number, currency or "")
    elif cash:
        made = _add_liquidity_account(session, CASH, name, currency)
    else:
        made = add_bank(session, name, number=number, currency=currency or "")
    details = {"account": made.code, "before": before} if before else {"account": made.code}
    audit.record(session, "added account", person_id=person_id, now=now, details=details)
    return made


def _checked(session: Session, iban: str | None) -> str:
    """The IBAN without blanks, "" for none. Raises: Unfit, WrongState."""
    if not iban:
        return ""
    try:
        number = str(IBAN(iban).compact)
    except SchwiftyException:
        raise Unfit("“{iban}” is not a valid IBAN. Compare it with your bank statement.", iban=iban) from None
    if known := find_bank(session, number):
        raise WrongState("{iban} is {account} already.", iban=number, account=known.name)
    _refuse_others(session, number)
    return number


def _refuse_others(session: Session, number: str) -> None:
    """An account at which a bill that we got wants to be paid is somebody else's. Raises: WrongState."""
    paid_there = (Bill.side == Side.PAYABLE, Bill.state != BillState.VOID)
    query = select(Bill).where(Bill.iban == _plain(number), *paid_there).order_by(col(Bill.id))
    bill = session.exec(query).first() if _is_iban(_plain(number)) else None
    if bill is not None:
        raise WrongState(
            "{iban} is where {bill} wants to be paid, so it cannot be ours. If that bill prints our account for a "
            "direct debit, correct its IBAN first, like “the IBAN of {bill} is …”; if it is our own invoice, say so.",
            iban=number,
            bill=" ".join(filter(None, (bill.vendor, bill.number))),
        )


def _is_iban(number: str) -> bool:
    return bool(re.fullmatch(r"[A-Z]{2}\d{2}[A-Z0-9]{11,30}", number))


def _plain(number: str) -> str:
    return re.sub(r"[^A-Z0-9]", "", number.upper())


def _ends(iban: str, number: str) -> bool:
    """Whether the IBAN ends with the last part of the number, and has the parts before it in it (bank code)."""
    *before, last = [part.lstrip("0") for part in re.split(r"[/ ]", number.upper()) if part]
    return len(last) >= _LEAST and iban.endswith(last) and all(part in iban for part in before)
