"""Exchange rates by date. They are the European Central Bank's, as it printed them; none is invented.

A rate says how much of a currency one euro buys. The bank sets none on weekends and its holidays, on which the latest
before them holds.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

from sqlalchemy import insert
from sqlmodel import Session, col, select

from storage.db.locks import acquire_lock
from storage.errors import NoRate
from storage.ledger.money import Money, exponent
from storage.models import ExchangeRate

EURO = "EUR"
OLDEST = timedelta(days=7)
"""How long a rate holds when no later one is known: over Christmas and New Year the bank pauses for up to five days."""

AT_ONCE = 5_000
"""Rates written by one statement; since 1999 there are a quarter of a million."""


@dataclass(frozen=True)
class Rate:
    """One euro buys `per_euro` (a decimal, as printed) of `currency` on a day."""

    currency: str
    on_day: date
    per_euro: str


def add(session: Session, rates: Iterable[Rate], source: str = "ECB") -> int:
    """Adds the rates that are not there yet; returns how many those were."""
    acquire_lock(session, "exchange rates")
    wanted = {(rate.currency, rate.on_day): rate.per_euro for rate in rates}
    if not wanted:
        return 0
    days = sorted(on_day for _, on_day in wanted)
    query = select(ExchangeRate.currency, col(ExchangeRate.on_day)).where(ExchangeRate.source == source)
    known = set(session.exec(query.where(col(ExchangeRate.on_day).between(days[0], days[-1]))).all())
    new = [
        {"currency": currency, "on_day": on_day, "per_euro": per_euro, "source": source}
        for (currency, on_day), per_euro in wanted.items()
        if (currency, on_day) not in known
    ]
    for start in range(0, len(new), AT_ONCE):
        session.connection().execute(insert(ExchangeRate), new[start : start + AT_ONCE])
    return len(new)


def per_euro(session: Session, currency: str, on: date) -> Decimal | None:
    """How much of the currency one euro bought on a day; None when no rate of that day or shortly before is known."""
    if currency == EURO:
        return Decimal(1)
    query = select(ExchangeRate.per_euro).where(
        ExchangeRate.currency == currency, col(ExchangeRate.on_day).between(on - OLDEST, on)
    )
    found = session.exec(query.order_by(col(ExchangeRate.on_day).desc())).first()
    return None if found is None else Decimal(found)


def try_convert(session: Session, amount: Money, currency: str, on: date) -> Money | None:
    """The amount in another currency at that day's rate, rounded half up; None when a rate is not known."""
    if amount.currency == currency:
        return amount
    source, target = per_euro(session, amount.currency, on), per_euro(session, currency, on)
    if source is None or target is None:
        return None
    minor = (amount.decimal * target / source).scaleb(exponent(currency)).quantize(Decimal(1), ROUND_HALF_UP)
    return Money(int(minor), currency)


def convert_or_raise(session: Session, amount: Money, currency: str, on: date) -> Money:
    """As `try_convert`. Raises: NoRate, with what to do."""
    found = try_convert(session, amount, currency, on)
    if found is None:
        raise NoRate(
            "I know no exchange rate between {source} and {target} on {day}. Import the European Central Bank's "
            "reference rates with “billify rates FILE”, then say it again.",
            source=amount.currency,
            target=currency,
            day=on,
        )
    return found
