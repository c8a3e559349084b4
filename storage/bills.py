"""The life of a bill: draft → confirmed → part-paid → paid, or void. Each step and its postings are one.

Functions lock the bill, so that two processes cannot take the same step; `key` (of the message that asked) makes a
repetition harmless. All raise NoSuchBill, and WrongState with what to do instead.
"""

from __future__ import annotations

from datetime import date, datetime

from sqlmodel import Session, select

from storage import audit, booking, ledger
from storage.errors import Incomplete, NoSuchAccount, NoSuchBill, Overpaid, Unfit, WrongState
from storage.ledger import EntryDraft
from storage.models import Bill, BillState, Entry, EntryKind
from storage.money import Money
from storage.steps import whole

NEEDED = ("vendor", "total", "currency")
"""What must be known before a bill is booked."""

BOOKED = (BillState.CONFIRMED, BillState.PART_PAID, BillState.PAID)


def find(session: Session, bill_id: int) -> Bill:
    """The bill. Raises: NoSuchBill."""
    bill = session.get(Bill, bill_id)
    if bill is None:
        raise NoSuchBill("There is no such bill here.")
    return bill


def lock(session: Session, bill_id: int) -> Bill:
    """The bill as it stands now, which nobody else can change until this transaction ends. Raises: NoSuchBill."""
    query = select(Bill).where(Bill.id == bill_id).with_for_update().execution_options(populate_existing=True)
    bill = session.exec(query).one_or_none()
    if bill is None:
        raise NoSuchBill("There is no such bill here.")
    return bill


@whole
def confirm(session: Session, bill_id: int, *, key: str, person_id: int, now: datetime) -> Bill:
    """Posts a draft to the ledger: from now on it is owed.

    Raises: Incomplete when vendor, total or currency is unknown; Unfit when the amounts cannot be booked.
    """
    bill = lock(session, bill_id)
    entry_key = f"{key}/confirm/{bill_id}"
    if booking.find_entry(session, entry_key):
        return bill
    if bill.state is BillState.HELD:
        raise WrongState("Decide first whether this is a duplicate: keep both, keep this one, or discard it.")
    if bill.state is not BillState.DRAFT:
        raise WrongState(f"{title(bill)} is {bill.state} already; there is nothing to confirm.")
    bill.confirmed_by, bill.confirmed_at = person_id, now
    entry = confirmation_draft(bill, entry_key)
    booking.post(session, entry, person_id=person_id, now=now, bill_id=bill_id)
    settle(session, bill)
    audit.record(session, "confirmed", person_id=person_id, now=now, bill_id=bill_id)
    return bill


@whole
def unconfirm(session: Session, bill_id: int, *, key: str, person_id: int, now: datetime) -> Bill:
    """Takes a confirmation back, by reversal; the bill is a draft again. Raises: WrongState unless it is CONFIRMED."""
    bill = lock(session, bill_id)
    entry_key = f"{key}/unconfirm/{bill_id}"
    if booking.find_entry(session, entry_key):
        return bill
    if bill.state is not BillState.CONFIRMED:
        raise WrongState(f"{title(bill)} is {bill.state}, so its confirmation cannot be taken back.")
    booking.reverse(session, confirmation_in_force(session, bill), key=entry_key, person_id=person_id, now=now)
    bill.state, bill.open_minor = BillState.DRAFT, 0
    bill.confirmed_by, bill.confirmed_at = None, None
    session.flush()
    audit.record(session, "unconfirmed", person_id=person_id, now=now, bill_id=bill_id)
    return bill


@whole
def pay(
    session: Session,
    bill_id: int,
    *,
    key: str,
    on: date,
    person_id: int,
    now: datetime,
    amount: Money | None = None,
    account: str = ledger.BANK,
) -> Bill:
    """Books a payment of `amount`, None for all that is open, from "bank" or "cash". A draft is confirmed first.

    Raises: Overpaid when more would be paid than is open; Unfit for another currency or no amount; NoSuchAccount;
    what `confirm` raises.
    """
    bill = lock(session, bill_id)
    entry_key = f"{key}/pay/{bill_id}"
    if booking.find_entry(session, entry_key):
        return bill
    if account not in ledger.PURSES:
        raise NoSuchAccount(f"A bill is paid from {' or '.join(ledger.PURSES)}, not from “{account}”.")
    if bill.state in (BillState.HELD, BillState.DRAFT):
        confirm(session, bill_id, key=key, person_id=person_id, now=now)
    if bill.state not in (BillState.CONFIRMED, BillState.PART_PAID):
        raise WrongState(f"{title(bill)} is {bill.state} already; there is nothing to pay.")
    paid = _payable(bill, amount)
    entry = ledger.payment(
        entry_key, on, f"Payment: {title(bill)}", amount=paid, account=account, credit_note=is_credit_note(bill)
    )
    booking.post(session, entry, person_id=person_id, now=now, bill_id=bill_id)
    settle(session, bill)
    details = {"amount": str(paid), "account": account, "on": on.isoformat()}
    audit.record(session, "paid", person_id=person_id, now=now, bill_id=bill_id, details=details)
    return bill


@whole
def unpay(session: Session, bill_id: int, *, key: str, person_id: int, now: datetime) -> Bill:
    """Takes the latest payment back, by reversal; what it paid is open again."""
    bill = lock(session, bill_id)
    entry_key = f"{key}/unpay/{bill_id}"
    if booking.find_entry(session, entry_key):
        return bill
    payments = booking.entries_in_force(session, bill_id, EntryKind.PAYMENT)
    if not payments:
        raise WrongState(f"{title(bill)} has no payment to take back.")
    booking.reverse(session, payments[-1], key=entry_key, person_id=person_id, now=now)
    settle(session, bill)
    audit.record(session, "unpaid", person_id=person_id, now=now, bill_id=bill_id)
    return bill


@whole
def void(session: Session, bill_id: int, *, person_id: int, now: datetime) -> Bill:
    """Ends a bill that is none ("not an invoice"): what was posted is reversed. Final; a second time is harmless.

    Raises: WrongState while something is paid on it.
    """
    bill = lock(session, bill_id)
    if bill.state is BillState.VOID:
        return bill
    if booking.entries_in_force(session, bill_id, EntryKind.PAYMENT):
        raise WrongState(f"{title(bill)} is {bill.state}. Take the payment back first.")
    if bill.state in BOOKED:
        entry = confirmation_in_force(session, bill)
        booking.reverse(session, entry, key=f"void/{bill_id}", person_id=person_id, now=now)
    bill.state, bill.open_minor = BillState.VOID, 0
    session.flush()
    audit.record(session, "voided", person_id=person_id, now=now, bill_id=bill_id)
    return bill


def settle(session: Session, bill: Bill) -> None:
    """Brings a booked bill's open amount and state into line with its postings."""
    owed = -booking.balance_of_bill(session, bill.id, ledger.PAYABLE)
    bill.open_minor = -owed if is_credit_note(bill) else owed
    if bill.open_minor == 0:
        bill.state = BillState.PAID
    else:
        bill.state = BillState.CONFIRMED if bill.open_minor == bill.total_minor else BillState.PART_PAID
    session.flush()


def confirmation_in_force(session: Session, bill: Bill) -> Entry:
    """The entry by which a booked bill is owed."""
    return booking.entries_in_force(session, bill.id, EntryKind.CONFIRMATION)[-1]


def confirmation_draft(bill: Bill, key: str) -> EntryDraft:
    """The entry that confirming the bill books, on its issue date or else on the day it was confirmed.

    Raises: Incomplete, Unfit.
    """
    total, tax = total_of(bill), bill.tax_minor
    if missing := tuple(name for name in NEEDED if not _is_known(bill, name)):
        raise Incomplete(missing)
    assert total is not None and bill.confirmed_at is not None
    if total.minor == 0:
        raise Unfit("The total is zero, so there is nothing to book. Correct the total, or say “not an invoice”.")
    if tax is not None and tax > total.minor:
        raise Unfit(f"VAT of {Money(tax, total.currency)} is more than the total of {total}. Correct one of them.")
    return ledger.confirmation(
        key,
        bill.issue_date or bill.confirmed_at.date(),
        title(bill),
        total=total,
        tax=None if tax is None else Money(tax, total.currency),
        credit_note=is_credit_note(bill),
    )


def _is_known(bill: Bill, name: str) -> bool:
    """Whether a field has a value; a total that was read counts, though it only fits its column with a currency."""
    if name == "total" and bill.currency is None:
        return "total" in bill.evidence
    return getattr(bill, "total_minor" if name == "total" else name) is not None


def total_of(bill: Bill) -> Money | None:
    """The bill's total, None while it or the currency is unknown."""
    if bill.currency is None or bill.total_minor is None:
        return None
    return Money(bill.total_minor, bill.currency)


def is_credit_note(bill: Bill) -> bool:
    """Whether the bill is owed to us instead of by us."""
    return bill.kind == "credit_note"


def title(bill: Bill) -> str:
    """What the bill is called in the journal: its vendor and number as far as they are known."""
    return " ".join(part for part in (bill.vendor, bill.number) if part) or "The bill"


def _payable(bill: Bill, amount: Money | None) -> Money:
    assert bill.currency is not None
    rest = Money(bill.open_minor, bill.currency)
    if amount is None:
        return rest
    if amount.currency != rest.currency:
        raise Unfit(f"{title(bill)} is in {rest.currency}; a payment of {amount} does not fit.")
    if amount.minor <= 0:
        raise Unfit(f"A payment of {amount} is none. Say how much was paid.")
    if rest < amount:
        raise Overpaid(f"{amount} is more than the {rest} that is open on {title(bill)}.")
    return amount
