"""Opening balances of bank and cash accounts as people tell them, and which accounts are counted from zero without."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from sqlalchemy import func, or_
from sqlmodel import Session, col, select

from storage import audit
from storage.bank import bank_balance, statements
from storage.db.savepoints import atomic
from storage.errors import WrongState
from storage.ledger import account_kinds, accounts, booking, double_entry
from storage.ledger.money import Money
from storage.models import Account, Audit, Entry, EntryKind, Posting

OPENED = "opened"


@atomic
def open_with(
    session: Session,
    account: str,
    balance: Money,
    *,
    key: str,
    on: date,
    person_id: int,
    now: datetime,
    against: str = double_entry.EQUITY,
) -> Entry | None:
    """Books what an account held at the beginning of a day, so that it does; a liquidity account is kept in that
    currency from then on. What is missing to it is booked against equity, or the account of the code `against`.

    What was booked on it before that day, and opening balances of that day, count already: None where they come to
    that balance, which is then known all the same. What was told for a later day stays true. Once for each `key`.
    Raises: WrongState when that was told already; Unfit for another currency; NoSuchAccount; PeriodClosed.
    """
    entry_key = f"{key}/open/{account}"
    steps = _steps(session, account)
    if any(step.details.get("key") == entry_key for step in steps) or booking.find_entry(session, entry_key):
        return booking.find_entry(session, entry_key)
    held = account_kinds.to_open(session, account, balance.currency)
    told = [_told_for(session, step) for step in steps]
    missing = balance - _at_beginning(session, held, balance.currency, on)
    if not missing.minor and on in told:
        raise WrongState("{account} begins that day with {amount} already.", account=held.name, amount=balance)
    first = double_entry.opening(entry_key, on, account=account, balance=missing, against=against)
    drafts = [first] if missing.minor else []
    if drafts and (later := min((day for day in told if day > on), default=None)):
        back = double_entry.opening(f"{entry_key}/{later}", later, account=account, balance=-missing, against=against)
        drafts.append(back)
    booked = [booking.post(session, draft, person_id=person_id, now=now) for draft in drafts]
    details = {
        "entries": [entry.id for entry in booked],
        "key": entry_key,
        "account": account,
        "on": on.isoformat(),
        "balance": str(balance),
        "currency": held.currency,
    }
    held.currency, held.opened_on = balance.currency if held.liquidity else None, min((on, *told))
    session.flush()
    audit.record(session, OPENED, person_id=person_id, now=now, details=details)
    return booked[0] if booked else None


def difference(session: Session, account: str, balance: Money, on: date) -> Money:
    """What is missing for an account to hold a balance at the beginning of a day, where something was booked on it or
    told of it before; zero where that day begins its books."""
    held = account_kinds.to_open(session, account, balance.currency)
    earlier = select(Posting.id).where(Posting.account_id == held.id, Posting.booked_on < on).limit(1)
    told = [_told_for(session, step) for step in _steps(session, account)]
    if session.exec(earlier).first() is None and not any(day <= on for day in told):
        return Money(0, balance.currency)
    return balance - _at_beginning(session, held, balance.currency, on)


def forget(session: Session, step: Audit) -> None:
    """The liquidity account no longer knows what this step told; its entries are somebody else's to reverse."""
    held = accounts.account(session, step.details["account"])
    others = [other for other in _steps(session, held.code) if other.id != step.id]
    held.opened_on = min((_told_for(session, other) for other in others), default=None)
    if not others:
        held.currency = step.details["currency"]
    session.flush()


def entries_of(step: Audit) -> list[int]:
    """The ids of the entries that a step of opening booked; before there could be several, it named one."""
    return list(step.details["entries"]) if "entries" in step.details else [step.details["entry"]]


def without_opening_balance(session: Session, at: date | None = None) -> list[Account]:
    """The bank and cash accounts whose balance at a date (None: now) nobody told, nor does the bank's agree with ours.

    What they seem to hold is only what was booked on them.
    """
    return [
        account
        for account in accounts.liquidity_accounts(session)
        if (account.opened_on is None or (at is not None and at < account.opened_on)) and not _agrees(session, account)
    ]


def affecting_total(session: Session, untold: Sequence[Account], currency: str) -> list[Account]:
    """Those of these accounts on which a sum of all bank and cash in a currency rests.

    They moved in it; or they are at a bank and may hold it, so that nobody knows what is there of it.
    """
    moved: dict[str, set[str]] = {account.code: set() for account in untold}
    for balance in accounts.balances(session, codes=list(moved)):
        moved[balance.code].add(balance.amount.currency)
    return [
        account
        for account in untold
        if currency in moved[account.code] or (_at_bank(account) and account.currency in (None, currency))
    ]


def _agrees(session: Session, account: Account) -> bool:
    """Whether a statement's balance is ours, but for movements that are not booked yet."""
    latest = statements.latest(session, account.id)
    if latest is None or latest.until is None:
        return False
    standing = bank_balance.compare_balances(session, account, latest.until)
    return standing.difference == standing.unexplained


def _at_bank(account: Account) -> bool:
    return account.code.partition("-")[0] == double_entry.BANK


def _steps(session: Session, account: str) -> list[Audit]:
    """The steps that told what this account began with and still stand."""
    return [step for step in audit.actions_in_force(session, OPENED) if step.details["account"] == account]


def _told_for(session: Session, step: Audit) -> date:
    """The day at whose beginning the account held what the step told."""
    if "on" in step.details:
        return date.fromisoformat(step.details["on"])
    return session.get_one(Entry, entries_of(step)[0]).booked_on


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
