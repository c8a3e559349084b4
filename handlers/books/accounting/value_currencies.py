"""Values what there is in other currencies, at the rates of a day."""

from __future__ import annotations

from sqlmodel import Session

from handlers.books.undo_step import reply_with_undo
from handlers.context import Context
from handlers.errors import NotPossible
from handlers.language.formats import day, money
from handlers.language.translation import say
from handlers.messages import Reply
from handlers.requests import ValueCurrencies
from handlers.wording import account_names
from storage.closing import valuation
from storage.people import company


def value_currencies(session: Session, context: Context, request: ValueCurrencies) -> tuple[Reply, ...]:
    """Books what other currencies are worth beside their cost. Raises: NotPossible for a day that is to come;
    LedgerError where a rate is missing or a later day was valued."""
    if request.on > context.today:
        raise NotPossible(say("{day} is to come; its exchange rates are not known.", day=day(request.on)))
    ours = company.company(session).currency or context.currency
    made = valuation.value_currencies(
        session, request.on, ours, key=context.key, person_id=context.asker.id, now=context.now
    )
    names = account_names.account_names(session)
    lines = [f"• {names[code]}: {money(gain)}" for code, gain in made.parts]
    on = day(request.on)
    if made.entry is None and not lines:
        return (Reply(say("There is nothing in other currencies at the end of {day} to be valued.", day=on)),)
    head = say("At the rates of {day}, unrealised: {amount}.", day=on, amount=money(made.unrealised))
    if made.entry is None:
        return (Reply("\n".join([head, *lines, say("That is booked already.")])),)
    booked = say("Booked: {amount}. The next valuation counts it anew.", amount=money(made.booked))
    return reply_with_undo(session, context, "\n".join([head, *lines, booked]))
