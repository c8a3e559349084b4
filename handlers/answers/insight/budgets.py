"""Budgets: set, ended, and what is left of them."""

from __future__ import annotations

from sqlmodel import Session

from handlers.button_ids import suggestion_choices
from handlers.context import Context
from handlers.errors import NotPossible
from handlers.language.formats import money
from handlers.language.translation import say, sayable
from handlers.messages import Reply
from handlers.requests import Budgets, SetBudget
from handlers.wording import account_names
from storage.ledger.money import Money
from storage.models import Budget
from storage.reports.insight import budgets
from storage.reports.insight.budgets import Standing

_EACH = {"month": sayable("a month"), "quarter": sayable("a quarter"), "year": sayable("a year")}
_THIS = {"month": sayable("this month"), "quarter": sayable("this quarter"), "year": sayable("this year")}


def set_budget(session: Session, context: Context, request: SetBudget) -> tuple[Reply, ...]:
    """What holds from now on, with what is left. Raises: NotPossible without a currency; LedgerError."""
    name = account_names.account_name_of_code(session, request.category)
    currency = request.currency or context.currency
    if request.amount is None:
        budgets.put(session, request.category, None, request.interval, person_id=context.asker.id, now=context.now)
        return (Reply(say("No budget for {category} any more.", category=name)),)
    if currency is None:
        raise NotPossible(say("In which currency? Say it once more, like “budget for travel 300 EUR a month”."))
    amount = Money.of(request.amount, currency)
    made = budgets.put(session, request.category, amount, request.interval, person_id=context.asker.id, now=context.now)
    assert made is not None
    head = say(
        "Budget for {category}: {amount} {each}, without VAT.",
        category=name,
        amount=money(amount),
        each=say(_EACH[request.interval]),
    )
    return (Reply("\n".join([head, line(session, made, context)])),)


def show(session: Session, context: Context, request: Budgets) -> tuple[Reply, ...]:
    """Each budget, or that of one category, with what was spent and is left."""
    found = [one for one in budgets.in_force(session) if request.category in (None, one.category)]
    if not found:
        ask = (say("what did we spend this month by category?"),)
        text = say("There is no budget yet. Say “budget for travel 300 a month”.")
        return (Reply(text, choices=suggestion_choices(ask)),)
    lines = [f"• {line(session, one, context)}" for one in found]
    return (Reply("\n".join([say("Budgets, without VAT:"), *lines])),)


def line(session: Session, budget: Budget, context: Context) -> str:
    """ "Travel: €120.00 of €300.00 spent this month, €180.00 left"."""
    stands = budgets.standing(session, budget, context.today)
    return say(
        "{category}: {spent} of {amount} spent {when}, {rest}",
        category=account_names.account_name_of_code(session, budget.category),
        spent=money(stands.spent),
        amount=money(stands.amount),
        when=say(_THIS[budget.interval]),
        rest=_rest(stands),
    )


def _rest(stands: Standing) -> str:
    if stands.left.minor < 0:
        return say("{amount} too much", amount=money(-stands.left))
    return say("{amount} left", amount=money(stands.left))
