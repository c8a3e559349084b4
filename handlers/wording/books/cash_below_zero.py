"""That a cash account holds less than nothing, which no cash can: what is said beside what was booked on it."""

from __future__ import annotations

from collections.abc import Sequence

from sqlmodel import Session

from handlers.language.formats import listed, money
from handlers.language.translation import say
from handlers.wording.account_names import account_name
from storage.ledger import accounts, double_entry
from storage.models import Account


def cash_below_zero(session: Session, held: Sequence[Account]) -> str:
    """A line for those of these accounts that are of cash and below zero; "" where there is none."""
    cash = {account.code: account for account in held if account.code.partition("-")[0] == double_entry.CASH}
    below = [balance for balance in accounts.balances(session, codes=list(cash)) if balance.amount.minor < 0]
    if not below:
        return ""
    return say(
        "⚠ There cannot be less than nothing in {accounts}. Something that came in is missing, or was paid otherwise: "
        "tell me the opening balance or the money from the bank, or say “undo”.",
        accounts=listed([f"{account_name(cash[one.code])} ({money(one.amount)})" for one in below]),
    )
