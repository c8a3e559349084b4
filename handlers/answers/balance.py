"""What there is: bank and cash accounts, what is owed, each currency by itself, now or at a date."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlmodel import Session

from handlers.answers.currency_totals import sums_of
from handlers.context import Context
from handlers.errors import NotFound
from handlers.language.formats import day, listed, money
from handlers.language.translation import say
from handlers.messages import Reply
from handlers.requests import Balance
from handlers.wording.books import missing_opening_balance
from handlers.wording.books.cash_below_zero import cash_below_zero
from storage.bank import opening_balances
from storage.ledger import accounts, double_entry
from storage.ledger.money import Money
from storage.models import Account, AccountType

_CREDIT = frozenset({AccountType.LIABILITY, AccountType.EQUITY, AccountType.INCOME})
"""What is held by these is a credit balance, which people expect as a positive sum."""


def balance(session: Session, context: Context, request: Balance) -> tuple[Reply, ...]:
    """What is on the account, or on all that hold money together with what is owed.

    Raises: NotFound for an account that there is not.
    """
    liquidity = accounts.liquidity_accounts(session)
    asked = accounts_of(session, request)
    held = held_by(session, asked, request.on)
    untold = [
        account for account in opening_balances.without_opening_balance(session, request.on) if held.get(account.code)
    ]  # of the others no figure is shown
    lines = [
        _line(account, held[account.code], account in untold)
        for account in asked
        if request.account or _shown(account, held)
    ]
    together = double_entry.sum_by_currency(amount for account in liquidity for amount in held.get(account.code, ()))
    if request.account is None and sum(bool(held[account.code]) for account in liquidity) > 1:
        lines.insert(
            len(liquidity),
            say(
                "Together: {sums}",
                sums=missing_opening_balance.mark_counted_from_zero(sums_of(session, context, together), bool(untold)),
            ),
        )
    head = [say("At the end of {day}:", day=day(request.on))] if request.on and request.on != context.today else []
    remark = missing_opening_balance.counted_from_zero_remark(session, untold, context.today, request.on)
    below = cash_below_zero(session, asked)
    return (Reply("\n".join(filter(None, [*head, *lines, remark, below]))),)


def accounts_of(session: Session, request: Balance) -> list[Account]:
    """The account that is asked about, else all that hold money and what is owed. Raises: NotFound."""
    liquidity = accounts.liquidity_accounts(session)
    if request.account:
        return [_named(session, liquidity, request.account)]
    return [*liquidity, *(accounts.account(session, code) for code in (double_entry.PAYABLE, double_entry.RECEIVABLE))]


def _named(session: Session, liquidity: Sequence[Account], said: str) -> Account:
    """The account that people call so: by its code, its name, or its name in the language spoken."""
    everything = [*liquidity, *accounts.chart(session)]
    for account in everything:
        if said.casefold() in (account.code, account.name.casefold(), say(account.name).casefold()):
            return account
    names = listed([say(account.name) for account in liquidity])
    raise NotFound(say("I don't keep an account called “{said}”. There are: {names}.", said=said, names=names))


def held_by(session: Session, asked: Sequence[Account], on: date | None) -> dict[str, list[Money]]:
    """What each account holds, in the sign that people expect, by its code."""
    held: dict[str, list[Money]] = {account.code: [] for account in asked}
    for found in accounts.balances(session, at=on, codes=[account.code for account in asked]):
        held[found.code].append(-found.amount if found.type in _CREDIT else found.amount)
    return held


def _shown(account: Account, held: dict[str, list[Money]]) -> bool:
    """Purses always, the others once something was booked."""
    return account.liquidity or any(amount.minor for amount in held[account.code])


def _line(account: Account, amounts: Sequence[Money], untold: bool) -> str:
    shown = ", ".join(map(money, amounts)) or say("nothing booked yet")
    return f"{say(account.name)}: {missing_opening_balance.mark_counted_from_zero(shown, untold)}"
