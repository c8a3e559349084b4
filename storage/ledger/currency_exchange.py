"""Money of ours that becomes another currency on its way from one account to another."""

from __future__ import annotations

from datetime import date

from sqlmodel import Session

from storage.errors import Unfit
from storage.ledger import double_entry, exchange_rates
from storage.ledger.double_entry import EntryDraft, Leg
from storage.ledger.money import Money

STRANGE_RATE = 4
"""A movement that is off the dated rate by more than a quarter of its worth is a slip, not a bank's margin."""


def exchange(
    session: Session, key: str, on: date, *, source: str, target: str, amount: Money, received: Money
) -> EntryDraft:
    """The entry: `amount` leaves an account (its code), `received` of another currency arrives on one.

    Both pass through the exchange account at that day's rate; what the bank made of it beside that is a realised gain
    or loss, in euros where one of the two is, else in what left. Raises: NoRate; Unfit where they are far from it.
    """
    base = received.currency if received.currency == exchange_rates.EURO else amount.currency
    given, got = (
        exchange_rates.convert_or_raise(session, amount, base, on),
        exchange_rates.convert_or_raise(session, received, base, on),
    )
    moved = amount if base == amount.currency else received
    return double_entry.exchange(
        key,
        on,
        source=source,
        target=target,
        amount=amount,
        received=received,
        worth=got if base == amount.currency else given,
        difference=exchange_difference(got - given, moved),
    )


def exchange_difference(difference: Money, moved: Money) -> Leg | None:
    """What moved beside what it was worth on the books, as a gain or a loss; None for neither. Raises: Unfit for a
    slip."""
    if not difference.minor:
        return None
    if abs(difference.minor) * STRANGE_RATE > abs(moved.minor):
        raise Unfit("{amount} is far from what the exchange rate says. Check the amount.", amount=moved)
    return Leg(double_entry.EXCHANGE_GAIN if difference.minor > 0 else double_entry.EXCHANGE_LOSS, -difference)
