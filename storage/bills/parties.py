"""Vendors and customers, listed, and one by one."""

from __future__ import annotations

from sqlalchemy import ColumnElement, exists, tuple_
from sqlmodel import Session, col, select

from storage.models import Bill, BillState, Side, Vendor, VendorIban


def listed(session: Session, side: Side, most: int, after: tuple[str, int] | None = None) -> list[Vendor]:
    """Those with a bill of this side, by name; `after` is the name and the id of the one before, None for the first."""
    query = select(Vendor).where(_has_bill(side))
    if after is not None:
        query = query.where(tuple_(col(Vendor.name), col(Vendor.id)) > tuple_(*after))
    return list(session.exec(query.order_by(col(Vendor.name), col(Vendor.id)).limit(most)).all())


def find(session: Session, side: Side, vendor_id: int) -> Vendor | None:
    """The one of this id, None where there is none with a bill of this side."""
    return session.exec(select(Vendor).where(Vendor.id == vendor_id, _has_bill(side))).one_or_none()


def accounts_of(session: Session, vendor_id: int) -> list[tuple[str, bool]]:
    """The IBANs that bills of theirs named, the first first, and whether each is trusted."""
    query = select(VendorIban).where(VendorIban.vendor_id == vendor_id).order_by(col(VendorIban.id))
    return [(one.iban, one.trusted_by is not None) for one in session.exec(query).all()]


def _has_bill(side: Side) -> ColumnElement[bool]:
    of_it = (col(Bill.vendor_id) == col(Vendor.id), col(Bill.side) == side, col(Bill.state) != BillState.VOID)
    return exists(select(Bill.id).where(*of_it).correlate(Vendor))
