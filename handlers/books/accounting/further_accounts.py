"""Accounts of every type: new ones, what they began with, and what a told balance differs by from what is booked."""

from __future__ import annotations

from typing import Any

from sqlmodel import Session

from handlers.banking.categories import bookable
from handlers.books.undo_step import reply_with_undo
from handlers.button_ids import suggestion_choices
from handlers.context import Context
from handlers.language.formats import coded, day, money
from handlers.language.translation import say, sayable
from handlers.messages import Reply
from handlers.requests import AddAccount, SetOpeningBalance, TellDifference
from handlers.wording import account_names
from storage.bank import bank_accounts, opening_balances
from storage.bills import categories
from storage.ledger import account_kinds, accounts, double_entry
from storage.ledger.account_kinds import Kind
from storage.ledger.money import Money
from storage.models import Account, AccountType

_CREDIT = (AccountType.LIABILITY, AccountType.EQUITY)
"""What these hold is told as a positive sum, and is a credit."""
_NAMED: dict[Kind, str] = {
    "loan": sayable("Loan {name}"),
    "tax": sayable("Taxes owed {name}"),
    "payroll": sayable("Wages owed {name}"),
    "private": sayable("Private account {name}"),
    "salaries": sayable("Salaries {name}"),
    "asset": sayable("Assets {name}"),
    "liability": sayable("Debts {name}"),
    "equity": sayable("Capital {name}"),
    "income": sayable("Income from {name}"),
}
OPENING = "opening"
_MORE = sayable("the balance of {account} was {amount} on {day} with {difference} more booked as {because}")
_LESS = sayable("the balance of {account} was {amount} on {day} with {difference} less booked as {because}")


def add_account(session: Session, context: Context, request: AddAccount) -> tuple[Reply, ...]:
    """A further account or category. Raises: LedgerError when there is one of that name."""
    if request.kind == "expense":
        made = categories.add(session, request.name, **_who(context))
        return reply_with_undo(session, context, say("New category: {name}.", name=account_names.account_name(made)))
    if request.kind == "bank" or request.kind == "cash":
        cash = request.kind == "cash"
        iban, unit = request.iban, request.currency
        made = bank_accounts.add(session, request.name, cash=cash, iban=iban, currency=unit, **_who(context))
        return reply_with_undo(session, context, say("New account: {name}.", name=account_names.account_name(made)))
    name = say(_NAMED[request.kind], name=request.name).strip()
    made = account_kinds.add(session, request.kind, name, **_who(context))
    text = say("New account: {name} ({type}).", name=name, type=say(_TYPES[made.type]))
    if made.type in (AccountType.INCOME, AccountType.EXPENSE):
        return reply_with_undo(session, context, text)
    hint = say("What it began with you tell like “opening balance of {name} is 12,400 on 1 January”.", name=name)
    return reply_with_undo(session, context, f"{text} {hint}")


_TYPES = {
    AccountType.ASSET: sayable("what we own"),
    AccountType.LIABILITY: sayable("what we owe"),
    AccountType.EQUITY: sayable("equity"),
    AccountType.INCOME: sayable("income"),
    AccountType.EXPENSE: sayable("expense"),
}


def set_opening_balance(session: Session, context: Context, request: SetOpeningBalance) -> tuple[Reply, ...]:
    """What an account began with; where something was booked on it before that does not come to it, what the difference
    is is asked. Raises: NotFound; LedgerError when it holds that already, or the day is closed."""
    held = _meant(session, request.account)
    told = Money.of(request.amount, request.currency or held.currency or context.currency)
    on = request.on or context.today
    balance = -told if held.type in _CREDIT else told
    missing = opening_balances.difference(session, held.code, balance, on)
    if missing.minor:
        return (_ask(context, held, told, on=day(on), missing=-missing if held.type in _CREDIT else missing),)
    opening_balances.open_with(session, held.code, balance, key=context.key, on=on, **_who(context))
    return _opened(session, context, held, told, day(on))


def tell_difference(session: Session, context: Context, request: TellDifference) -> tuple[Reply, ...]:
    """Books the difference on what somebody says that it is; asks again where it is another one by now.

    Raises: NotFound for an account that there is not; LedgerError.
    """
    held = _meant(session, request.account)
    told = Money.of(request.amount, request.currency)
    balance = -told if held.type in _CREDIT else told
    missing = opening_balances.difference(session, held.code, balance, request.on)
    shown = -missing if held.type in _CREDIT else missing
    if not missing.minor or shown != Money.of(request.difference, request.currency):
        if missing.minor:
            return (_ask(context, held, told, on=day(request.on), missing=shown),)
        return (Reply(say("{account} holds that already.", account=account_names.account_name(held))),)
    against = double_entry.EQUITY
    if request.because != OPENING:
        against = account_names.find_account(bookable(session), request.because).code
    opening_balances.open_with(
        session, held.code, balance, key=context.key, on=request.on, against=against, **_who(context)
    )
    return _opened(session, context, held, told, day(request.on))


def _opened(session: Session, context: Context, held: Account, told: Money, on: str) -> tuple[Reply, ...]:
    text = say("{account} begins {day} with {amount}.", account=account_names.account_name(held), day=on,
               amount=money(told))  # fmt: skip
    now = Money(0, told.currency)
    for found in accounts.balances(session, codes=[held.code]):
        now = found.amount if found.amount.currency == now.currency else now
    now = -now if held.type in _CREDIT else now
    if now != told:
        text = f"{text} {say('With what is booked since, it holds {amount}.', amount=money(now))}"
    return reply_with_undo(session, context, text)


def _ask(context: Context, held: Account, told: Money, *, on: str, missing: Money) -> Reply:
    """What is booked, what was told, and what the difference may be; nothing is booked yet."""
    name = account_names.account_name(held)
    text = say(
        "By you {account} held {told} when {day} began; {booked} are booked, which is {difference} off. What is the "
        "difference? If a payment or a bill is missing, tell me that instead. I have booked nothing.",
        account=name,
        told=money(told),
        day=on,
        booked=money(told - missing),
        difference=money(missing),
    )
    more = missing.minor > 0
    way = say(_MORE) if more else say(_LESS)
    off = missing if more else -missing
    guesses = (say("opening balance"), say("income") if more else say("bank fees"))
    return Reply(text, choices=suggestion_choices(tuple(
        way.format(account=name, amount=coded(told), day=on, difference=coded(off), because=because)
        for because in guesses
    )))  # fmt: skip


def _meant(session: Session, said: str) -> Account:
    """The account that is meant. Raises: NotFound."""
    return account_names.find_account([*accounts.liquidity_accounts(session), *account_kinds.further(session)], said)


def _who(context: Context) -> dict[str, Any]:
    return {"person_id": context.asker.id, "now": context.now}
