"""What is unusual about a bill beside what its vendor's bills are usually like. Nothing is said where too little is
known."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median_low
from typing import Literal

from sqlmodel import Session, col, select

from storage.bills.lifecycle import BOOKED, is_bill
from storage.ledger.money import Money
from storage.models import Bill, BillState, Side, Vendor, VendorIban
from storage.reports.recurring_bills import Sample, series_of

LOOK_BACK = timedelta(days=500)
FEWEST = 4
"""So many earlier bills of the vendor are needed to call an amount unusual."""
JUMP = 0.05
"""A recurring bill that is dearer than the last one by more than this share is told."""
UNUSUAL = 3
"""An amount that is so many times the vendor's usual one, or more than any before by as much as half."""

Kind = Literal["price", "amount", "account"]


@dataclass(frozen=True)
class Anomaly:
    """One thing: a recurring bill's `price` went up (`before` to the bill's own, on the day of the earlier one); the
    `amount` is far from the usual one (`before`); or the `account` is that of another vendor (`name`)."""

    kind: Kind
    bill: Bill
    before: Money | None = None
    on: date | None = None
    name: str = ""


def of_bill(session: Session, bill: Bill) -> list[Anomaly]:
    """What is unusual about a bill to us that is no credit note."""
    if bill.side is not Side.PAYABLE or not is_bill(bill) or bill.kind == "credit_note":
        return []
    found = [_account(session, bill)]
    earlier = _earlier(session, bill)
    found.append(_price(bill, earlier) or _amount(bill, earlier))
    return [one for one in found if one is not None]


def lately(session: Session, since: date, until: date) -> list[Anomaly]:
    """Of all bills to us of these days (both inclusive), the latest first."""
    query = select(Bill).where(Bill.side == Side.PAYABLE, Bill.state != BillState.VOID)
    query = query.where(col(Bill.issue_date).between(since, until))
    bills = session.exec(query.order_by(col(Bill.issue_date).desc(), col(Bill.id).desc())).all()
    return [one for bill in bills for one in of_bill(session, bill)]


def _account(session: Session, bill: Bill) -> Anomaly | None:
    """Another vendor has the same account: one of the two is not whom it says."""
    if not bill.iban or bill.vendor_id is None:
        return None
    query = (
        select(Vendor.name)
        .join(VendorIban, col(VendorIban.vendor_id) == col(Vendor.id))
        .where(VendorIban.iban == bill.iban, col(Vendor.id) != bill.vendor_id)
    )
    name = session.exec(query.order_by(col(VendorIban.id))).first()
    if name is None:
        others = select(Bill.vendor).where(
            Bill.iban == bill.iban,
            Bill.vendor_id != bill.vendor_id,
            col(Bill.id) != bill.id,
            col(Bill.state).in_(BOOKED),
        )
        name = session.exec(others.order_by(col(Bill.id))).first()
    return Anomaly("account", bill, name=name) if name else None


def _earlier(session: Session, bill: Bill) -> list[Sample]:
    """Booked bills of the vendor in the same currency before this one, oldest first."""
    if bill.vendor_id is None or bill.issue_date is None or not bill.total_minor:
        return []
    query = select(Bill).where(
        Bill.vendor_id == bill.vendor_id, Bill.currency == bill.currency, Bill.side == bill.side,
        col(Bill.state).in_(BOOKED), Bill.kind != "credit_note", col(Bill.id) != bill.id,
        col(Bill.issue_date).between(bill.issue_date - LOOK_BACK, bill.issue_date), col(Bill.total_minor) > 0,
    )  # fmt: skip
    return [
        Sample(one.id, one.vendor or "", one.issue_date, 0, one.total_minor)
        for one in session.exec(query.order_by(col(Bill.issue_date), col(Bill.id))).all()
        if one.issue_date is not None and one.total_minor is not None
    ]


def _price(bill: Bill, earlier: Sequence[Sample]) -> Anomaly | None:
    """A series whose bills were all alike lately, and whose price is another one now."""
    if len(earlier) < 2 or bill.currency is None or bill.total_minor is None or bill.issue_date is None:
        return None
    now = Sample(bill.id, bill.vendor or "", bill.issue_date, 0, bill.total_minor)
    if series_of([*earlier, now], bill.side, bill.currency) is None:
        return None
    last = earlier[-1]
    if bill.total_minor <= last.minor * (1 + JUMP):
        return None
    return Anomaly("price", bill, Money(last.minor, bill.currency), last.issued)


def _amount(bill: Bill, earlier: Sequence[Sample]) -> Anomaly | None:
    if len(earlier) < FEWEST or bill.currency is None or bill.total_minor is None:
        return None
    amounts = [sample.minor for sample in earlier]
    usual = median_low(amounts)
    if bill.total_minor < usual * UNUSUAL or bill.total_minor * 2 < max(amounts) * 3:
        return None
    return Anomaly("amount", bill, Money(usual, bill.currency))
