"""The chart and its balances: which categories there are, and the trial balance."""

from __future__ import annotations

from sqlmodel import Session

from handlers.context import Context
from handlers.language.formats import day, money
from handlers.language.translation import say
from handlers.messages import Reply
from handlers.requests import Categories, TrialBalance
from handlers.wording import account_names
from handlers.wording.books import missing_opening_balance
from storage.bank import opening_balances
from storage.ledger import accounts


def categories(session: Session, context: Context, request: Categories) -> tuple[Reply, ...]:
    """The expense categories, one a line."""
    names = [f"• {account_names.account_name(account)}" for account in accounts.categories(session)]
    text = say("Bills are booked on one of these. Say “book it as travel”, or “new category Marketing”:")
    return (Reply("\n".join([text, *names])),)


def trial_balance(session: Session, context: Context, request: TrialBalance) -> tuple[Reply, ...]:
    """Every account's balance, debit or credit, and what both sum to, each currency by itself."""
    on = request.on or context.today
    held = [balance for balance in accounts.balances(session, at=request.on) if balance.amount.minor]
    if not held:
        return (Reply(say("Nothing is booked until {day}.", day=day(on))),)
    labels = account_names.account_names(session)
    lines = [say("Trial balance, {day}:", day=day(on))]
    for currency, sums in accounts.trial_balance(session, at=request.on).items():
        mine = [balance for balance in held if balance.amount.currency == currency]
        for balance in mine:
            text = say("{amount} debit") if balance.amount.minor > 0 else say("{amount} credit")
            amount = balance.amount if balance.amount.minor > 0 else -balance.amount
            lines.append(f"• {labels[balance.code]}: {text.format(amount=money(amount))}")
        lines.append(
            say("Debit {debit}, credit {credit}: they are equal.", debit=money(sums.debit), credit=money(sums.credit))
        )
    moved = {balance.code for balance in held}
    untold = [
        account for account in opening_balances.without_opening_balance(session, request.on) if account.code in moved
    ]
    remark = missing_opening_balance.counted_from_zero_remark(session, untold, context.today, request.on)
    return (Reply("\n".join(filter(None, (*lines, remark)))),)
