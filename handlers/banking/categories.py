"""On what money without a bill is booked."""

from __future__ import annotations

from sqlmodel import Session

from handlers.wording import account_names
from storage.ledger import account_kinds, accounts
from storage.models import Account, AccountType

BOOKABLE = (AccountType.EXPENSE, AccountType.INCOME, AccountType.EQUITY)
"""What is spent, earned, or the owner's; not what bills, VAT or other accounts of ours change.
Also the loans and debts that people added."""


def category_called(session: Session, name: str) -> Account:
    """The account that people mean by this name. Raises: NotFound naming those that there are."""
    return account_names.find_account(bookable(session), name)


def bookable(session: Session) -> list[Account]:
    """Every account on which money without a bill can be booked."""
    used = [account for account in accounts.chart(session) if account.type in BOOKABLE and account.closed_at is None]
    return [*used, *(account for account in account_kinds.told(session) if account.type not in BOOKABLE)]
