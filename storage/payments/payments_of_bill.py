"""How a bill was settled: what moved for it, when, and on which account."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from storage.ledger import accounts, booking
from storage.ledger.double_entry import Leg
from storage.ledger.money import Money
from storage.models import Account, Bill, Entry, EntryKind


@dataclass(frozen=True)
class BillPayment:
    """What moved for one bill on one day, positive; `account` None where it was set off and no money moved."""

    on: date
    amount: Money
    account: Account | None


def payments_of(session: Session, bill: Bill) -> list[BillPayment]:
    """What settled the bill, wholly or in part, oldest first; without what was taken back."""
    held = {account.code: account for account in accounts.chart(session) if account.liquidity}
    made = booking.entries_in_force(session, bill.id, EntryKind.PAYMENT, EntryKind.ALLOCATION)
    found = [_of_entry(session, bill, entry, held) for entry in made]
    return sorted((payment for payment in found if payment.amount.minor), key=lambda payment: payment.on)


def _of_entry(session: Session, bill: Bill, entry: Entry, held: dict[str, Account]) -> BillPayment:
    legs = booking.draft_of(session, entry).legs
    theirs = [leg for leg in legs if leg.bill == bill.id]
    moved = next((leg for leg in legs if leg.account in held), None)
    if moved is None:
        settled = next(leg for leg in theirs if leg.account in booking.CONTROL_ACCOUNTS)
        return BillPayment(entry.booked_on, _positive(settled.amount), None)
    if {leg.bill for leg in legs if leg.bill is not None} == {bill.id}:
        return BillPayment(entry.booked_on, _positive(moved.amount), held[moved.account])
    return BillPayment(entry.booked_on, _share(theirs, moved.amount.currency), held[moved.account])


def _share(legs: list[Leg], currency: str) -> Money:
    """What a payment of several bills moved for the one that these legs are about."""
    parts = (leg.amount for leg in legs if leg.amount.currency == currency)
    return _positive(sum(parts, Money(0, currency)))


def _positive(amount: Money) -> Money:
    return Money(abs(amount.minor), amount.currency)
