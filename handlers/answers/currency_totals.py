"""Sums of several currencies: each by itself, and together only where dated rates are known."""

from __future__ import annotations

from collections.abc import Sequence

from sqlmodel import Session

from handlers.context import Context
from handlers.language.formats import day, money
from handlers.language.translation import say
from handlers.wording.lists import sums
from storage.ledger import exchange_rates
from storage.ledger.money import Money


def sums_of(session: Session, context: Context, amounts: Sequence[Money]) -> str:
    """ "€1,249.50 and US$20.00 (about €1,268.02 together, at rates of 21 Mar 2025)"; without rates no such sum."""
    together = _together(session, context, amounts)
    if together is None:
        return sums(amounts)
    return say(
        "{sums} (about {together} together, at rates of {day})",
        sums=sums(amounts),
        together=money(together),
        day=day(context.today),
    )


def _together(session: Session, context: Context, amounts: Sequence[Money]) -> Money | None:
    """All in the company's currency; None for a single currency, or where a rate is not known."""
    if len({amount.currency for amount in amounts}) < 2:
        return None
    total = Money(0, context.currency)
    for amount in amounts:
        ours = exchange_rates.try_convert(session, amount, context.currency, context.today)
        if ours is None:
            return None
        total = total + ours
    return total
