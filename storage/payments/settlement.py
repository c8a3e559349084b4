"""Settling: one movement of a bank or cash account pays any number of bills, wholly or in part."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlmodel import Session

from storage import audit
from storage.bank import bank_movements
from storage.bills import lifecycle
from storage.bills.beside import claims
from storage.db.savepoints import atomic
from storage.errors import Overpaid, Unfit, WrongState
from storage.ledger import accounts, booking, double_entry, exchange_rates, vat
from storage.ledger.currency_exchange import exchange_difference
from storage.ledger.double_entry import EntryDraft, Leg
from storage.ledger.money import Money
from storage.models import Account, Bill, Entry, EntryKind
from storage.payments import prepayments


@dataclass(frozen=True)
class Share:
    """What a payment settles of one bill: `amount` of what is open on it, `discount` of which is never paid (Skonto).

    Both are in the bill's currency and positive, also for a credit note.
    """

    bill: int
    amount: Money
    discount: Money | None = None


@atomic
def book_settlement(
    session: Session,
    shares: Sequence[Share],
    *,
    key: str,
    account: str,
    on: date,
    person_id: int,
    now: datetime,
    moved: Money | None = None,
    extra: Sequence[Leg] = (),
    description: str = "",
) -> Entry:
    """Books what moved on the liquidity account `account` (its code) against the bills; once for each `key`, the
    entry's.

    `moved` is the change as a statement prints it, negative when money left; None is what shares and `extra` come to.
    `extra` are further legs in the liquidity account's currency, debit positive: a fee on "bank_fees", a difference
    on "rounding", what was paid beyond the bills on "prepaid" or "advances" with its party. Shares and extra must
    explain all that moved. A bill of another currency is settled at the rate of the day it was booked on, and the
    difference to what moved is an exchange gain or loss.

    Raises: WrongState for a bill that is not open; Overpaid; Unfit; Unbalanced; NoRate; NoSuchAccount; PeriodClosed.
    """
    if booked := booking.find_entry(session, key):
        return booked
    settled = [(lifecycle.lock(session, share.bill), share) for share in sorted(shares, key=lambda share: share.bill)]
    for bill, share in settled:
        _refuse(bill, share)
    held = accounts.liquidity_account(session, account, moved.currency if moved else None)
    currency = moved.currency if moved else _currency(held, settled, extra)
    foreign = any(bill.currency != currency for bill, _ in settled)
    if foreign and moved is None:
        raise Unfit(
            "Say how much {currency} moved on {account}, like “paid 92.10 {currency}”.",
            currency=currency,
            account=held.name,
        )
    legs = [leg for bill, share in settled for leg in _legs(session, bill, share, currency)]
    legs += extra
    explained = sum((leg.amount for leg in legs if leg.amount.currency == currency), Money(0, currency))
    moved = moved or -explained
    parties = {bill.vendor_id for bill, _ in settled}
    legs.append(Leg(account, moved, party=parties.pop() if len(parties) == 1 else None))
    if foreign and (difference := exchange_difference(explained + moved, moved)):
        legs.append(difference)
    one = settled[0][0].id if len(settled) == 1 else None
    name = description or f"Payment: {', '.join(lifecycle.bill_title(bill) for bill, _ in settled)}"
    kind = EntryKind.PAYMENT if settled else EntryKind.FEE
    entry = booking.post(
        session, EntryDraft(key, kind, on, name, tuple(legs)), person_id=person_id, now=now, bill_id=one
    )
    for bill, share in settled:
        lifecycle.refresh_open_amount(session, bill)
        paid = share.amount - _discount(share)
        details = {"amount": str(paid), "account": account, "on": on.isoformat(), "entry": entry.id}
        if share.discount:
            details["discount"] = str(share.discount)
        audit.record(session, "paid", person_id=person_id, now=now, bill_id=bill.id, details=details)
    return entry


@atomic
def reverse_settlement(
    session: Session, entry: Entry, *, key: str, person_id: int, now: datetime, action: str = "unpaid"
) -> list[Bill]:
    """Reverses what settled bills, once for each `key`; what it settled is open again. Returns these bills."""
    ids = booking.bills_of(session, entry)
    settled = [lifecycle.lock(session, bill_id) for bill_id in ids]
    if booking.find_entry(session, key):
        return settled
    legs = booking.draft_of(session, entry).legs
    booking.reverse(session, entry, key=key, person_id=person_id, now=now)
    prepayments.refuse_if_used(session, legs)
    bank_movements.unlink_entry(session, entry)
    for bill in settled:
        lifecycle.refresh_open_amount(session, bill)
        audit.record(session, action, person_id=person_id, now=now, bill_id=bill.id, details={"entry": entry.id})
    return settled


def _refuse(bill: Bill, share: Share) -> None:
    if bill.state not in lifecycle.OPEN:
        raise WrongState(
            "{bill} is {state} already; there is nothing to pay.", bill=lifecycle.bill_title(bill), state=bill.state
        )
    assert bill.currency is not None
    rest = Money(bill.open_minor, bill.currency)
    if share.amount.currency != rest.currency:
        raise Unfit(
            "{bill} is in {currency}; a payment of {amount} does not fit.",
            bill=lifecycle.bill_title(bill),
            currency=rest.currency,
            amount=share.amount,
        )
    if share.amount.minor <= 0:
        raise Unfit("A payment of {amount} is none. Say how much was paid.", amount=share.amount)
    if rest < share.amount:
        raise Overpaid(
            "{amount} is more than the {rest} that is open on {bill}.",
            amount=share.amount,
            rest=rest,
            bill=lifecycle.bill_title(bill),
        )
    if not 0 <= _discount(share).minor <= share.amount.minor:
        raise Unfit("A discount of {discount} does not fit {amount}.", discount=share.discount, amount=share.amount)


def _legs(session: Session, bill: Bill, share: Share, currency: str) -> list[Leg]:
    """What settles the share: of its open amount, of tax and discount; in another currency than the liquidity
    account's, how it
    passes through the exchange account at the rate of the day on which the bill was booked."""
    discount = _discount(share)
    legs = [
        Leg(claims.control_account(bill), share.amount),
        *reduction_legs(session, bill, -discount, double_entry.DISCOUNT[bill.side]),
    ]
    if share.amount.currency != currency and (paid := share.amount - discount).minor:
        booked_on = lifecycle.confirmation_in_force(session, bill).booked_on
        worth = exchange_rates.convert_or_raise(session, paid, currency, booked_on)
        legs += [Leg(double_entry.EXCHANGE, -paid), Leg(double_entry.EXCHANGE, worth)]
    named = [replace(leg, bill=bill.id, party=bill.vendor_id) for leg in legs if leg.amount.minor]
    return named if lifecycle.is_owed_by_us(bill) else list(double_entry.reversed_legs(named))


def reduction_legs(session: Session, bill: Bill, discount: Money, account: str) -> list[Leg]:
    """What a bill is lessened by, on the account (its code) for that, and the tax in it by rate: tax is due only on
    what was paid (Art. 90 of directive 2006/112/EC), also what we owe ourselves. Each keeps its treatment, so that what
    was declared is lessened where it stands."""
    if not discount.minor:
        return []
    assert bill.total_minor
    booked = booking.draft_of(session, lifecycle.confirmation_in_force(session, bill)).legs
    turned = 1 if lifecycle.is_owed_by_us(bill) else -1
    taxes, nets = [], []
    for leg in booked:
        if leg.account == claims.control_account(bill):
            continue
        part = vat.pro_rata(discount, turned * leg.amount.minor, bill.total_minor)
        if double_entry.is_vat(leg.account):
            taxes.append(Leg(leg.account, part, tax=leg.tax))
        else:  # of what is private, less is drawn
            kept = leg.account if leg.account in double_entry.PRIVATE else account
            nets.append(Leg(kept, part, tax=leg.tax, cost_object=leg.cost_object))
    rest = discount - sum((leg.amount for leg in (*nets, *taxes)), Money(0, discount.currency))
    most = max(nets or taxes, key=lambda leg: abs(leg.amount.minor))
    return [replace(leg, amount=leg.amount + rest) if leg is most else leg for leg in (*nets, *taxes)]


def _currency(held: Account, settled: Sequence[tuple[Bill, Share]], extra: Sequence[Leg]) -> str:
    """In which currency the liquidity account moved, where nobody said how much. Raises: Unfit when that is not
    clear.
    """
    if held.currency:
        return held.currency
    currencies = {share.amount.currency for _, share in settled} | {leg.amount.currency for leg in extra}
    if len(currencies) != 1:
        raise Unfit("The bills are in several currencies. Pay those of each currency by themselves.")
    return currencies.pop()


def _discount(share: Share) -> Money:
    return share.discount or Money(0, share.amount.currency)
