"""Payments of one bill, as people tell of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from sqlmodel import Session

from storage.bills import lifecycle
from storage.bills.beside import claims
from storage.bills.discounts import discounted_rest
from storage.db.savepoints import atomic
from storage.errors import Overpaid, Unfit, WrongState
from storage.ledger import accounts, booking, double_entry, exchange_rates
from storage.ledger.double_entry import Leg
from storage.ledger.money import Money
from storage.models import Bill, BillState, Entry, EntryKind
from storage.payments import settlement
from storage.payments.settlement import Share

DifferenceTreatment = Literal["open", "ahead", "fee", "rounding"]
"""What a difference between what was paid and what is open is: it stays open (and more than is open is refused), it is
a prepayment for later bills of the same party, the bank's fee, or a rounding."""

MARGIN = 20
"""An amount in another currency pays the whole bill if it is off the day's rate by less than a twentieth of it."""


@dataclass(frozen=True)
class Paid:
    """A payment that was booked: how the account changed (negative: money left), and what of the bill was forgone."""

    bill: Bill
    moved: Money
    discount: Money | None


@atomic
def pay(
    session: Session,
    bill_id: int,
    *,
    key: str,
    on: date,
    person_id: int,
    now: datetime,
    amount: Money | None = None,
    account: str = double_entry.BANK,
    rest: DifferenceTreatment = "open",
    discounted: bool = False,
) -> Paid:
    """Books a payment of `amount`, None for all that is open, from a bank or cash account. A draft is confirmed first.

    The amount that is open less the discount for early payment settles the bill if paid in time; `discounted` pays
    just that. `amount` may be in another currency: what left the account. `rest` says what a difference is.

    Raises: Overpaid when more would be paid than is open; Unfit for an amount, a currency or a discount that does not
    fit; NoRate; NoSuchAccount; PeriodClosed; what `bills.confirm` raises.
    """
    bill = lifecycle.lock(session, bill_id)
    entry_key = f"{key}/pay/{bill_id}"
    if booked := booking.find_entry(session, entry_key):
        return _paid(session, bill, booked)
    accounts.liquidity_account(session, account)
    if bill.state in (BillState.HELD, BillState.DRAFT):
        lifecycle.confirm(session, bill_id, key=key, person_id=person_id, now=now)
    if bill.state not in lifecycle.OPEN:
        raise WrongState(
            "{bill} is {state} already; there is nothing to pay.", bill=lifecycle.bill_title(bill), state=bill.state
        )
    share, moved, extra = _planned(session, bill, amount, on, rest, discounted)
    entry = settlement.book_settlement(
        session,
        [share],
        key=entry_key,
        account=account,
        on=on,
        person_id=person_id,
        now=now,
        moved=moved,
        extra=extra,
    )
    return _paid(session, bill, entry)


@atomic
def unpay(session: Session, bill_id: int, *, key: str, person_id: int, now: datetime) -> Bill:
    """Takes the latest payment back, by reversal; what it paid is open again, also on other bills that it paid."""
    bill = lifecycle.lock(session, bill_id)
    entry_key = f"{key}/unpay/{bill_id}"
    if booking.find_entry(session, entry_key):
        return bill
    paid = booking.entries_in_force(session, bill_id, EntryKind.PAYMENT)
    if not paid:
        raise WrongState("{bill} has no payment to take back.", bill=lifecycle.bill_title(bill))
    settlement.reverse_settlement(session, paid[-1], key=entry_key, person_id=person_id, now=now)
    return bill


def _paid(session: Session, bill: Bill, entry: Entry) -> Paid:
    """What an entry says of a payment of this bill."""
    legs = booking.draft_of(session, entry).legs
    liquidity = {held.code for held in accounts.liquidity_accounts(session)}
    settled = next(leg.amount for leg in legs if leg.account == claims.control_account(bill))
    given = [
        leg.amount
        for leg in legs
        if leg.account == double_entry.DISCOUNT[bill.side] or double_entry.is_vat(leg.account)
    ]
    discount = Money(abs(sum(amount.minor for amount in given)), settled.currency)
    moved = next(leg.amount for leg in legs if leg.account in liquidity)
    return Paid(bill, moved, discount if discount.minor else None)


def _planned(
    session: Session, bill: Bill, amount: Money | None, on: date, rest: DifferenceTreatment, discounted: bool
) -> tuple[Share, Money | None, list[Leg]]:
    """The share, what moved (None: what follows from the share) and the legs beside it."""
    assert bill.currency is not None
    due = Money(bill.open_minor, bill.currency)
    lessened = discounted_rest(bill, on)
    if discounted and lessened is None:
        raise Unfit("{bill} has no discount on {day}. Say how much was paid.", bill=lifecycle.bill_title(bill), day=on)
    if amount is None:
        return Share(bill.id, due, due - lessened if discounted and lessened else None), None, []
    if amount.minor <= 0:
        raise Unfit("A payment of {amount} is none. Say how much was paid.", amount=amount)
    if amount.currency != due.currency:
        return _of_another_currency(session, bill, due, amount, on), _signed(bill, -amount), []
    if lessened and abs((amount - lessened).minor) <= 1:  # a cent off, for people round discounts as they like
        return Share(bill.id, due, due - amount), None, []
    if rest == "open" or amount == due:
        return Share(bill.id, amount), None, []
    if rest == "ahead" and lifecycle.is_credit_note(bill):  # who gave it owed us nothing beyond it
        raise Unfit(
            "{bill} is a credit note, so what is beyond it pays for no later bill. Say that it is a fee or a rounding, "
            "or note it as a payment of its own.",
            bill=lifecycle.bill_title(bill),
        )
    if rest == "ahead" and amount.minor < due.minor:
        raise Unfit(
            "{amount} is less than the {rest} that is open on {bill}, so nothing is left for later bills.",
            amount=amount,
            rest=due,
            bill=lifecycle.bill_title(bill),
        )
    difference = Leg(_account_of(rest, bill), amount - due, party=bill.vendor_id)
    return (
        Share(bill.id, due),
        None,
        [difference if lifecycle.is_owed_by_us(bill) else double_entry.reversed_legs([difference])[0]],
    )


def _of_another_currency(session: Session, bill: Bill, due: Money, amount: Money, on: date) -> Share:
    """What an amount in another currency settles: all where it is about what is open, else its worth that day."""
    worth = exchange_rates.convert_or_raise(session, due, amount.currency, on)
    off = (amount - worth).minor
    if abs(off) * MARGIN <= worth.minor:
        return Share(bill.id, due)
    if off > 0:
        raise Overpaid(
            "{amount} is more than the {rest} that is open on {bill}.",
            amount=amount,
            rest=due,
            bill=lifecycle.bill_title(bill),
        )
    return Share(bill.id, exchange_rates.convert_or_raise(session, amount, due.currency, on))


def _account_of(rest: DifferenceTreatment, bill: Bill) -> str:
    return {
        "ahead": double_entry.PREPAYMENT_ACCOUNT[bill.side],
        "fee": double_entry.BANK_FEES,
        "rounding": double_entry.ROUNDING,
    }[rest]


def _signed(bill: Bill, out: Money) -> Money:
    """What moved, from what left the account for a bill that we owe."""
    return out if lifecycle.is_owed_by_us(bill) else -out
