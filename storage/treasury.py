"""Our own bank and cash accounts: what they began with, money between them, and how they are called."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from sqlalchemy import func, or_
from sqlmodel import Session, col, select

from storage import accounts, audit, booking, categories, ledger
from storage.errors import Unfit, WrongState
from storage.locks import hold
from storage.models import Account, Entry, EntryKind, Posting
from storage.money import Money
from storage.steps import whole


@whole
def open_with(
    session: Session, account: str, balance: Money, *, key: str, on: date, person_id: int, now: datetime
) -> Entry:
    """Books what a purse held at the beginning of a day, so that it does; from then on it is kept in that currency.

    What was booked on it before that day, and opening balances of that day, count already. Once for each `key`.
    Raises: WrongState when it holds that already; Unfit for another currency; NoSuchAccount; PeriodClosed.
    """
    entry_key = f"{key}/open/{account}"
    if booked := booking.find_entry(session, entry_key):
        return booked
    held = accounts.purse(session, account, balance.currency)
    missing = balance - _at_beginning(session, held, balance.currency, on)
    if not missing.minor:
        raise WrongState("{account} begins that day with {amount} already.", account=held.name, amount=balance)
    draft = ledger.opening(entry_key, on, account=account, balance=missing)
    entry = booking.post(session, draft, person_id=person_id, now=now)
    details = {"entry": entry.id, "account": account, "balance": str(balance), "currency": held.currency}
    held.currency = balance.currency
    session.flush()
    audit.record(session, "opened", person_id=person_id, now=now, details=details)
    return entry


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


def _at_beginning(session: Session, held: Account, currency: str, on: date) -> Money:
    """What the account held when the day began, with the opening balances of that day."""
    before = accounts.balances(session, at=on - timedelta(days=1), codes=[held.code])
    opened = select(Entry.id).where(Entry.kind == EntryKind.OPENING)
    openings = session.exec(
        select(func.coalesce(func.sum(Posting.amount_minor), 0))
        .join(Entry, col(Entry.id) == col(Posting.entry_id))
        .where(Posting.account_id == held.id, Posting.currency == currency, Posting.booked_on == on)
        .where(or_(col(Entry.kind) == EntryKind.OPENING, col(Entry.reverses).in_(opened)))
    ).one()
    return Money(sum(b.amount.minor for b in before if b.amount.currency == currency) + int(openings), currency)
