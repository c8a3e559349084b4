"""Valuing other currencies: what there is of them at the end of a day, at that day's rates.

What they are worth beside their cost stands on an account of its own against unrealised gains or losses (IAS 21.28,
§ 256a HGB). Each valuation is made anew: it books what is missing to, or too much in, the one before.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session, col, select

from storage import audit
from storage.db.savepoints import atomic
from storage.errors import NoRate, WrongState
from storage.ledger import accounts, booking, double_entry
from storage.ledger.double_entry import EntryDraft, Leg
from storage.ledger.money import Money
from storage.models import Account, Entry, EntryKind, Posting
from storage.reports.annual.translation import translate

VALUED = "valued"


@dataclass(frozen=True)
class Valuation:
    """What is unrealised at the end of a day, by account (its code) and altogether, a gain positive; `booked` is what
    this valuation added to the one before, `entry` its id, None where nothing was to be added."""

    parts: tuple[tuple[str, Money], ...]
    unrealised: Money
    booked: Money
    entry: int | None


@atomic
def value_currencies(
    session: Session, on: date, currency: str, *, key: str, person_id: int, now: datetime
) -> Valuation:
    """Values what there is in other currencies than ours at the end of a day; once for each `key`.

    Raises: NoRate naming what is not known; WrongState where a later day was valued; PeriodClosed.
    """
    entry_key = f"{key}/value/{on}"
    books = translate(session, currency, (on,))
    if books.apart:
        raise NoRate(
            "I know not every exchange rate of {currencies} that it takes. Import the European Central Bank's "
            "reference rates with “billify rates FILE”, then say it again.",
            currencies=", ".join(books.apart),
        )
    at = books.at[on]
    parts = tuple((code, Money(gain, currency)) for code, gain in sorted(at.unrealised.items()) if gain)
    unrealised = Money(at.gain, currency)
    if known := booking.find_entry(session, entry_key):
        legs = booking.draft_of(session, known).legs
        return Valuation(parts, unrealised, legs[0].amount, known.id)
    if later := _later(session, on):
        raise WrongState("Other currencies are valued at {day} already. Take that back first.", day=later)
    missing = unrealised - _booked(session, currency, on)
    if not missing.minor:
        return Valuation(parts, unrealised, missing, None)
    other = double_entry.UNREALISED_GAIN if missing.minor > 0 else double_entry.UNREALISED_LOSS
    legs = (Leg(double_entry.VALUATION, missing), Leg(other, -missing))
    draft = EntryDraft(entry_key, EntryKind.VALUATION, on, "Valuation of other currencies", legs)
    entry = booking.post(session, draft, person_id=person_id, now=now)
    details = {"entry": entry.id, "on": on.isoformat(), "amount": str(missing)}
    audit.record(session, VALUED, person_id=person_id, now=now, details=details)
    return Valuation(parts, unrealised, missing, entry.id)


def _booked(session: Session, currency: str, on: date) -> Money:
    """What valuations until a day have booked."""
    held = accounts.balances(session, at=on, codes=(double_entry.VALUATION,))
    return next((one.amount for one in held if one.amount.currency == currency), Money(0, currency))


def _later(session: Session, on: date) -> date | None:
    """The first later day that was valued, if that was not taken back."""
    undone = select(Entry.reverses).where(col(Entry.reverses).is_not(None))
    query = (
        select(col(Entry.booked_on))
        .join(Posting, col(Posting.entry_id) == col(Entry.id))
        .join(Account, col(Account.id) == col(Posting.account_id))
        .where(Account.code == double_entry.VALUATION, Entry.kind == EntryKind.VALUATION, col(Entry.booked_on) > on)
        .where(col(Entry.id).not_in(undone))
    )
    return session.exec(query.order_by(col(Entry.booked_on)).limit(1)).first()
