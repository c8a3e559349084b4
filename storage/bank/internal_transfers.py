"""Our own bank and cash accounts: money between them, and how they are called."""

from __future__ import annotations

from datetime import date, datetime

from sqlmodel import Session

from storage import audit
from storage.db.savepoints import atomic
from storage.errors import Unfit
from storage.ledger import accounts, booking, currency_exchange, double_entry
from storage.ledger.money import Money
from storage.models import Entry


@atomic
def transfer(
    session: Session,
    source: str,
    target: str,
    amount: Money,
    *,
    key: str,
    on: date,
    person_id: int,
    now: datetime,
    received: Money | None = None,
) -> Entry:
    """Books money that went from one liquidity account to another, once for each `key`.

    `received` is what arrived, None where that is what left; of another currency, it is exchanged.
    Raises: Unfit for one account twice, no amount, another currency than theirs, or amounts far from the exchange rate;
    NoRate; NoSuchAccount; PeriodClosed.
    """
    received = received or amount
    entry_key = f"{key}/transfer"
    if booked := booking.find_entry(session, entry_key):
        return booked
    accounts.liquidity_account(session, source, amount.currency)
    accounts.liquidity_account(session, target, received.currency)
    if source == target or min(amount.minor, received.minor) <= 0:
        raise Unfit("A transfer needs two accounts and an amount. Say it like “500 from the bank to cash”.")
    if received.currency != amount.currency:
        draft = currency_exchange.exchange(
            session, entry_key, on, source=source, target=target, amount=amount, received=received
        )
    elif received == amount:
        draft = double_entry.transfer(entry_key, on, source=source, target=target, amount=amount)
    else:
        raise Unfit(
            "{amount} left, but {received} arrived. Book what arrived, and the fee by itself.",
            amount=amount,
            received=received,
        )
    entry = booking.post(session, draft, person_id=person_id, now=now)
    details = {"entry": entry.id, "amount": str(amount), "received": str(received), "source": source, "target": target}
    audit.record(session, "transferred", person_id=person_id, now=now, details=details)
    return entry
