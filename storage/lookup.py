"""Bills as people call them: by the vendor's name or by the number."""

from __future__ import annotations

from sqlmodel import Session, col, select

from storage.facts import number_key
from storage.models import Bill, BillState
from storage.vendors import find_vendors

FINISHED = (BillState.PAID, BillState.VOID)


def find_bills(session: Session, named: str) -> list[Bill]:
    """Bills that `named`, a number or a vendor, may mean, newest first: those of that very number, else the vendor's
    that are not finished, else all of the vendor's that are not void."""
    live = select(Bill).where(Bill.state != BillState.VOID).order_by(col(Bill.id).desc())
    if numbered := session.exec(live.where(Bill.number_key == (number_key(named) or ""))).all():
        return list(numbered)
    vendors = [vendor.id for vendor in find_vendors(session, named)]
    theirs = list(session.exec(live.where(col(Bill.vendor_id).in_(vendors))).all())
    return [bill for bill in theirs if bill.state not in FINISHED] or theirs
