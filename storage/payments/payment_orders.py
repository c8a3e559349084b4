"""Payment files (pain.001): which bills go in, and which file a bill is in. A file pays nothing: the bank does, and its
statement, or a person, says so."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from sqlmodel import Session, col, select

from storage import audit
from storage.approvals import approvals
from storage.bills import outstanding, vendor_ibans
from storage.bills.beside import claims
from storage.bills.beside.claims import Payee
from storage.bills.discounts import step_on
from storage.bills.lifecycle import is_owed_by_us
from storage.db.locks import acquire_lock
from storage.db.savepoints import atomic
from storage.errors import LedgerError, WrongState
from storage.ledger.money import Money
from storage.models import Bill, PaymentInstruction, PaymentOrder, Side

Lack = Literal["currency", "iban", "own iban", "invalid iban", "ordered"]
"""Why a bill goes in no file: not in euros, no account to pay to or a misread one, in a file already."""


@dataclass(frozen=True)
class Transfer:
    """A bill to be paid by a file: how much (EUR), and on which day at the bank."""

    bill: Bill
    amount: Money
    on: date
    payee: Payee


@dataclass(frozen=True)
class LeftOut:
    """A bill that goes in no file, and why: what it lacks, or what forbids to pay it."""

    bill: Bill
    why: Lack | LedgerError


def plan(
    session: Session, today: date, *, until: date | None = None, vendor: str | None = None
) -> tuple[list[Transfer], list[LeftOut]]:
    """What a file would pay of what we owe (due until a day, or to a vendor), by due date, and what it leaves out.

    A bill is paid when it falls due, or at the end of its discount, and today where that is past or not known.
    """
    transfers: list[Transfer] = []
    left_out: list[LeftOut] = []
    for bill in outstanding.open_bills(session, until=until, vendor=vendor, side=Side.PAYABLE):
        if not is_owed_by_us(bill):
            continue
        if why := why_not(session, bill, today):
            left_out.append(LeftOut(bill, why))
        else:
            transfers.append(_transfer(bill, today, claims.payee(session, bill)))
    return transfers, left_out


def why_not(session: Session, bill: Bill, today: date | None = None) -> Lack | LedgerError | None:
    """What keeps an open bill of ours out of a file; None when nothing does."""
    if bill.currency != "EUR":
        return "currency"
    account = claims.payee(session, bill).iban
    if not account:
        return "iban" if claims.claimant(bill) is None else "own iban"
    if not vendor_ibans.is_valid(account):
        return "invalid iban"
    if order_in_force(session, bill.id):
        return "ordered"
    return approvals.payment_obstacle(session, bill, today)


def order_in_force(session: Session, bill_id: int) -> PaymentOrder | None:
    """The payment file that a bill is in and that was not withdrawn, the latest; None when it is in none."""
    query = (
        select(PaymentOrder)
        .join(PaymentInstruction, col(PaymentInstruction.order_id) == col(PaymentOrder.id))
        .where(PaymentInstruction.bill_id == bill_id, col(PaymentOrder.withdrawn_at).is_(None))
    )
    return session.exec(query.order_by(col(PaymentOrder.id).desc())).first()


def end_to_end_id(message_id: str, n: int) -> str:
    """What the n-th transfer of a file is called, on the vendor's statement too; at most 35 characters (Max35Text)."""
    return f"{message_id}-{n}"[-35:]


@atomic
def record_order(
    session: Session,
    transfers: Sequence[Transfer],
    *,
    message_id: str,
    account_id: int,
    sha256: str,
    person_id: int,
    now: datetime,
) -> PaymentOrder:
    """Notes a file that was made. Raises: WrongState when one of its bills got into another file meanwhile."""
    acquire_lock(session, "payment orders")
    if any(order_in_force(session, transfer.bill.id) for transfer in transfers):
        raise WrongState("One of these bills is in a payment file already. Ask for the file once more.")
    order = PaymentOrder(message_id=message_id, account_id=account_id, sha256=sha256, made_by=person_id, made_at=now)
    session.add(order)
    session.flush()
    session.add_all(
        PaymentInstruction(
            order_id=order.id,
            bill_id=transfer.bill.id,
            end_to_end_id=end_to_end_id(message_id, n),
            amount_minor=transfer.amount.minor,
            iban=transfer.payee.iban or "",
        )
        for n, transfer in enumerate(transfers, start=1)
    )
    session.flush()
    for transfer in transfers:
        audit.record(session, "ordered", person_id=person_id, now=now, bill_id=transfer.bill.id)
    return order


@atomic
def withdraw(
    session: Session, order: PaymentOrder | None = None, *, person_id: int, now: datetime
) -> tuple[PaymentOrder, list[int]]:
    """Takes a file back, the latest where none is named, which was not uploaded: its bills may go into another.
    Raises: WrongState."""
    query = select(PaymentOrder).where(col(PaymentOrder.withdrawn_at).is_(None)).order_by(col(PaymentOrder.id).desc())
    if order is not None:
        query = query.where(PaymentOrder.id == order.id)
    order = session.exec(query.with_for_update()).first()
    if order is None:
        raise WrongState("There is no payment file to withdraw.")
    order.withdrawn_at = now
    bill_ids = session.exec(select(PaymentInstruction.bill_id).where(PaymentInstruction.order_id == order.id)).all()
    session.flush()
    for bill_id in bill_ids:
        audit.record(session, "order withdrawn", person_id=person_id, now=now, bill_id=bill_id)
    return order, list(bill_ids)


def total(transfers: Iterable[Transfer]) -> Money:
    """What a file pays in all."""
    return Money(sum(transfer.amount.minor for transfer in transfers), "EUR")


def _transfer(bill: Bill, today: date, payee: Payee) -> Transfer:
    due = max(bill.due_date or today, today)
    whole, step = Money(bill.open_minor, "EUR"), step_on(bill, today)
    if step is None:
        return Transfer(bill, whole, due, payee)
    return Transfer(bill, whole - step.off, max(min(step.until or due, due), today), payee)
