"""Our own bank and cash accounts: money between them, and how they are called."""

from __future__ import annotations

from datetime import date, datetime

from sqlmodel import Session, select

from storage import accounts, audit, booking, categories, ledger
from storage.errors import Unfit
from storage.locks import hold
from storage.models import Account, Entry, Posting
from storage.money import Money
from storage.steps import whole


@whole
def transfer(
    session: Session,
    source: str,
    target: str,
    amount: Money,
    *,
    key: str,
    on: date,
    person_id: int,
    now: datetime,
) -> Entry:
    """Books money that went from one purse to another, once for each `key`.

    Raises: Unfit for one account twice, no amount, or another currency than theirs; NoSuchAccount; PeriodClosed.
    """
    entry_key = f"{key}/transfer"
    if booked := booking.find_entry(session, entry_key):
        return booked
    accounts.purse(session, source, amount.currency)
    accounts.purse(session, target, amount.currency)
    if source == target or amount.minor <= 0:
        raise Unfit("A transfer needs two accounts and an amount. Say it like “500 from the bank to cash”.")
    draft = ledger.transfer(entry_key, on, source=source, target=target, amount=amount)
    entry = booking.post(session, draft, person_id=person_id, now=now)
    details = {"entry": entry.id, "amount": str(amount), "source": source, "target": target}
    audit.record(session, "transferred", person_id=person_id, now=now, details=details)
    return entry


@whole
def rename(session: Session, account: Account, name: str, *, person_id: int, now: datetime) -> None:
    """Gives an account or category another name. Raises: WrongState when another has it."""
    hold(session, "chart of accounts")
    categories.refuse_name(session, name)
    details = {"account": account.code, "old": account.name}
    account.name = name
    session.flush()
    audit.record(session, "renamed", person_id=person_id, now=now, details=details)


def is_used(session: Session, account: Account) -> bool:
    """Whether anything was ever booked on it."""
    return session.exec(select(Posting.id).where(Posting.account_id == account.id).limit(1)).first() is not None
