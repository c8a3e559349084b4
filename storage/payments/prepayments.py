"""Money that went ahead of a bill: what we paid a vendor, or a customer paid us, that no bill has used yet."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from sqlalchemy import func
from sqlmodel import Session, col, select

from storage import audit
from storage.db.locks import acquire_lock
from storage.db.savepoints import atomic
from storage.errors import Unfit, WrongState
from storage.ledger import accounts, booking, double_entry
from storage.ledger.double_entry import EntryDraft, Leg
from storage.ledger.money import Money
from storage.models import Account, Entry, EntryKind, Posting, Side, Vendor


@atomic
def prepay(
    session: Session,
    vendor: Vendor,
    amount: Money,
    *,
    key: str,
    account: str,
    on: date,
    person_id: int,
    now: datetime,
) -> Entry:
    """Books that a vendor was paid before there was a bill; once for each `key`.

    Raises: Unfit when it is no amount, or of another currency than the account; NoSuchAccount; PeriodClosed.
    """
    entry_key = f"{key}/prepay"
    if booked := booking.find_entry(session, entry_key):
        return booked
    if amount.minor <= 0:
        raise Unfit("A payment of {amount} is none. Say how much was paid.", amount=amount)
    accounts.liquidity_account(session, account, amount.currency)
    legs = (Leg(double_entry.PREPAID, amount, party=vendor.id), Leg(account, -amount, party=vendor.id))
    draft = EntryDraft(entry_key, EntryKind.PREPAYMENT, on, f"Prepayment: {vendor.name}", legs)
    entry = booking.post(session, draft, person_id=person_id, now=now)
    details = {"entry": entry.id, "amount": str(amount), "vendor": vendor.name}
    audit.record(session, "prepaid", person_id=person_id, now=now, details=details)
    return entry


def remaining(session: Session, party_id: int, side: Side, currency: str) -> Money:
    """What a party's prepayments still have in one currency; positive on both sides."""
    minor = session.exec(
        select(func.coalesce(func.sum(Posting.amount_minor), 0))
        .join(Account)
        .where(
            Account.code == double_entry.PREPAYMENT_ACCOUNT[side],
            Posting.party_id == party_id,
            Posting.currency == currency,
        )
    ).one()
    return Money(int(minor) if side is Side.PAYABLE else -int(minor), currency)


def all_left(session: Session, party_id: int) -> list[Money]:
    """What a vendor's prepayments still have, by currency; without those that have nothing."""
    rows = session.exec(
        select(Posting.currency, func.sum(Posting.amount_minor))
        .join(Account)
        .where(Account.code == double_entry.PREPAID, Posting.party_id == party_id)
        .group_by(col(Posting.currency))
        .order_by(Posting.currency)
    ).all()
    return [Money(int(minor), currency) for currency, minor in rows if minor]


def refuse_if_used(session: Session, legs: Iterable[Leg]) -> None:
    """After an entry with these legs was reversed: nobody's prepayments may have less than nothing.

    Raises: WrongState when bills have used what the entry paid ahead.
    """
    codes = {code: side for side, code in double_entry.PREPAYMENT_ACCOUNT.items()}
    for leg in legs:
        if leg.account in codes and leg.party is not None:
            acquire_lock(session, f"ahead:{leg.party}")
            if remaining(session, leg.party, codes[leg.account], leg.amount.currency).minor < 0:
                raise WrongState("Bills have used this prepayment. Take that back first.")
