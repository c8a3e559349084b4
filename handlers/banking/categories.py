"""Categories as people call them."""

from __future__ import annotations

from rapidfuzz import fuzz, process
from sqlmodel import Session

from handlers.errors import NotFound
from handlers.language import LANGUAGES, say, speaking
from storage import accounts
from storage.models import Account, AccountType

CLOSE = 80.0
"""Least similarity (0–100) of a name as it was said with an account's."""

NOT_BOOKED_ON = frozenset({"receivable", "payable"})
"""Accounts that only bills change."""


def category_called(session: Session, name: str) -> Account:
    """The account for money without a bill that people mean: by its name in any language, or its code.

    Raises: NotFound, saying how to see the categories.
    """
    known = [account for account in accounts.chart(session) if _may_be_booked(account)]
    names: dict[str, Account] = {}
    for language in LANGUAGES:
        with speaking(language):
            names |= {say(account.name).casefold(): account for account in known}
    names |= {account.code.replace("_", " "): account for account in known}
    found = process.extractOne(name.casefold().replace("_", " "), list(names), scorer=fuzz.ratio, score_cutoff=CLOSE)
    if found is None:
        raise NotFound(say("There is no category “{name}”. Say “categories” to see those that there are.", name=name))
    return names[found[0]]


def _may_be_booked(account: Account) -> bool:
    """Expenses, income and what is the owner's; not what bills, VAT or other accounts of ours change."""
    of_type = account.type in (AccountType.EXPENSE, AccountType.INCOME, AccountType.EQUITY)
    return of_type and account.closed_at is None and account.code not in NOT_BOOKED_ON
