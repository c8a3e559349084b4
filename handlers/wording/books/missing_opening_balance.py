"""Figures that rest on a bank or cash account whose balance nobody told: what is said beside them, and what to do."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from sqlmodel import Session

from handlers.language.formats import day, listed, money, plain_amount
from handlers.language.translation import say, say_count
from handlers.wording.account_names import account_name
from storage.bank import statements
from storage.ledger import period_closing
from storage.ledger.money import Money
from storage.models import Account

EXAMPLE = Decimal(12400)


def mark_counted_from_zero(amount: str, untold: bool) -> str:
    """The figure, with "(counted from zero)" behind it where it is."""
    return say("{amount} (counted from zero)", amount=amount) if untold else amount


def counted_from_zero_remark(session: Session, untold: Sequence[Account], today: date, at: date | None = None) -> str:
    """That these accounts are counted from zero, and the sentence that ends it; "" for none of them.

    `at` is the day of the figures; None is today.
    """
    if not untold:
        return ""
    known = next((line for account in untold if (line := _on_statement(session, account))), None)
    return f"{counted_from_zero_warning(untold)} {known or _tell(session, untold[0], today, at)}"


def counted_from_zero_warning(untold: Sequence[Account]) -> str:
    """That these accounts, of which there is one at least, are counted from zero."""
    return say_count(
        "⚠ {accounts} is counted from zero: nobody told me its balance.",
        "⚠ {accounts} are counted from zero: nobody told me their balances.",
        len(untold),
        accounts=listed([account_name(account) for account in untold]),
    )


def opening_sentence(session: Session, account: Account) -> str | None:
    """What tells the opening balance that the bank's first statement has; None where no statement has one."""
    found = statements.first_opening(session, account.id)
    return _told(account, money(found[0]), found[1]) if found else None


def _on_statement(session: Session, account: Account) -> str | None:
    sentence = opening_sentence(session, account)
    return sentence and say("By the bank's first statement, you can say “{sentence}”.", sentence=sentence)


def _tell(session: Session, account: Account, today: date, at: date | None) -> str:
    """The example is of a day on which it can be booked."""
    on = at or max(today.replace(day=1), period_closing.first_open_day(session, today.replace(day=1)))
    amount = plain_amount(EXAMPLE) if account.currency is None else money(Money.of(str(EXAMPLE), account.currency))
    return say("Tell me, like “{sentence}”.", sentence=_told(account, amount, on))


def _told(account: Account, amount: str, on: date) -> str:
    return say(
        "the balance of {account} was {amount} on {day}", account=account_name(account), amount=amount, day=day(on)
    )
