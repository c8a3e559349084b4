"""Questions about the ledger: what is due, and what the accounts hold. Every figure comes from postings."""

from __future__ import annotations

from datetime import timedelta

from sqlmodel import Session

from handlers import lists, wording
from handlers.context import Context
from handlers.messages import Reply
from handlers.requests import Balance, Due
from storage import accounts, dues, ledger
from storage.money import Money


def due(session: Session, context: Context, request: Due) -> tuple[Reply, ...]:
    """Open bills that meet the condition, and how many more wait to be confirmed."""
    until = context.today - timedelta(days=1) if request.overdue else request.until
    found = dues.open_bills(session, until=until, since=request.since, vendor=request.vendor)
    text = lists.due_list(found, request, context.today)
    if waiting := dues.waiting_bills(session):
        text = f"{text}\n{wording.also_waiting(len(waiting))}"
    return (Reply(text),)


def balance(session: Session, context: Context, request: Balance) -> tuple[Reply, ...]:
    """What is on the bank and cash accounts and what is owed, each currency by itself."""
    wanted = (request.account,) if request.account else (*ledger.PURSES, ledger.PAYABLE)
    held = accounts.balances(session, codes=wanted)
    shown = {
        accounts.account(session, code).name: [_natural(b.amount, code) for b in held if b.code == code]
        for code in wanted
    }
    return (Reply(lists.balances(shown)),)


def _natural(amount: Money, code: str) -> Money:
    """What is owed is a credit balance, which people expect as a positive sum."""
    return -amount if code == ledger.PAYABLE else amount
