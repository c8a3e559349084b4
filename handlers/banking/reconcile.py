"""The bank's balance beside the ledger's."""

from __future__ import annotations

from sqlmodel import Session

from handlers.context import Context
from handlers.errors import NotFound
from handlers.language.formats import day, money
from handlers.language.translation import say, say_count
from handlers.messages import Reply
from handlers.requests import Reconcile
from handlers.wording.books import missing_opening_balance
from storage.bank import bank_accounts, bank_balance
from storage.bank.bank_balance import BalanceComparison
from storage.ledger.money import Money
from storage.models import Account


def reconcile(session: Session, context: Context, request: Reconcile) -> tuple[Reply, ...]:
    """One line for each account at a bank, or for the one that was named. Raises: NotFound."""
    known = bank_accounts.banks(session)
    if request.account is not None:
        known = [account for account in known if _is_called(account, request.account)]
    if not known:
        raise NotFound(say("There is no bank account “{name}”.", name=request.account or ""))
    lines = [f"{account.name}: {_line(session, context, account)}" for account in known]
    return (Reply("\n".join(lines)),)


def balance_line(session: Session, standing: BalanceComparison) -> str:
    """ "Statement balance on 31 Mar 2025 €1,000.00, ledger €900.00: differs by €100.00, of which …"; "" without one."""
    if standing.bank is None or standing.difference is None:
        return ""
    head = say(
        "Statement balance on {day} {bank}, ledger {ledger}:",
        day=day(standing.on),
        bank=money(standing.bank),
        ledger=money(standing.ledger),
    )
    if not standing.difference.minor:
        return f"{head} {say('equal')}."
    text = f"{head} {say('differs by {amount}', amount=money(standing.difference))}"
    if standing.count:
        explained = say_count(
            "{amount} is one movement that is not booked yet",
            "{amount} are {n} movements that are not booked yet",
            standing.count,
            amount=money(standing.unexplained),
        )
        text = f"{text}; {explained}"
    rest = standing.difference - standing.unexplained
    if not rest.minor:
        return f"{text}."
    return f"{text}. {_told_or_missing(session, standing, rest)}"


def _told_or_missing(session: Session, standing: BalanceComparison, rest: Money) -> str:
    """What the difference that no movement explains may be: the opening balance, as long as nobody told it."""
    sentence = missing_opening_balance.opening_sentence(session, standing.account)
    if standing.account.opened_on or sentence is None:
        return say(
            "The other {amount} may be the opening balance: say “opening balance of {account} is …”.",
            amount=money(rest),
            account=standing.account.name,
        )
    return say("The other {amount} is what it began with: say “{sentence}”.", amount=money(rest), sentence=sentence)


def _line(session: Session, context: Context, account: Account) -> str:
    standing = bank_balance.compare_balances(session, account, context.today)
    if told := balance_line(session, standing):
        return told
    text = say("no statement with a balance yet; the ledger says {ledger}.", ledger=money(standing.ledger))
    return (
        text
        if account.opened_on
        else f"{text} {missing_opening_balance.counted_from_zero_remark(session, [account], context.today)}"
    )


def _is_called(account: Account, name: str) -> bool:
    return name.casefold() in (account.code, account.name.casefold()) or name.casefold() in account.name.casefold()
