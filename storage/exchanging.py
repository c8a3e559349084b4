"""Money of ours that becomes another currency on its way from one account to another."""

from __future__ import annotations

from datetime import date

from sqlmodel import Session

from storage import ledger, rates
from storage.ledger import EntryDraft
from storage.money import Money
from storage.settlement import exchange_difference


def exchange(
    session: Session, key: str, on: date, *, source: str, target: str, amount: Money, received: Money
) -> EntryDraft:
    """The entry: `amount` leaves an account (its code), `received` of another currency arrives on one.

    Both pass through the exchange account at that day's rate; what the bank made of it beside that is a realised gain
    or loss, in euros where one of the two is, else in what left. Raises: NoRate; Unfit where they are far from it.
    """
    base = received.currency if received.currency == rates.EURO else amount.currency
    given, got = rates.converted(session, amount, base, on), rates.converted(session, received, base, on)
    moved = amount if base == amount.currency else received
    return ledger.exchange(
        key,
        on,
        source=source,
        target=target,
        amount=amount,
        received=received,
        worth=got if base == amount.currency else given,
        difference=exchange_difference(got - given, moved),
    )
