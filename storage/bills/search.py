"""Finding bills, open or not, by what people remember of them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Literal

from sqlalchemy import ColumnElement, String, cast, func, or_
from sqlmodel import Session, col, select

from storage.bills import amount_filters
from storage.bills.bill_fields import number_key
from storage.bills.vendors import find_all, find_vendors
from storage.models import Bill, BillState

AT_MOST = 50
FINISHED = (BillState.PAID, BillState.VOID)


@dataclass(frozen=True)
class BillQuery:
    """What is known of the bills; None means any. Both ends of the issue date are inclusive. Amounts are of the total,
    in `currency` or, without one, in whatever currency a bill has. `vendors`, `without` (whose bills are left out) and
    `people` (who sent them) are ids."""

    text: str | None = None
    vendor: str | None = None
    at_least: Decimal | None = None
    at_most: Decimal | None = None
    currency: str | None = None
    since: date | None = None
    until: date | None = None
    order: Literal["newest", "largest", "oldest"] = "newest"
    vendors: Sequence[int] | None = None
    without: Sequence[int] = ()
    people: Sequence[int] | None = None


@dataclass(frozen=True)
class Found:
    """The first bills that fit, and how many there are in all."""

    bills: tuple[Bill, ...]
    number: int


def search(session: Session, sought: BillQuery, most: int = AT_MOST) -> Found:
    """Bills that are not void and meet every condition: by issue date the newest or oldest first, or the largest."""
    where = [col(Bill.state) != BillState.VOID, *_conditions(session, sought)]
    issued: ColumnElement[Any] = func.coalesce(col(Bill.issue_date), func.date(col(Bill.created_at)))
    order: tuple[ColumnElement[Any], ...] = (issued.desc(), col(Bill.id).desc())
    if sought.order == "oldest":
        order = (issued.asc(), col(Bill.id).asc())
    if sought.order == "largest":
        order = (col(Bill.total_minor).desc().nulls_last(), *order)
    bills = session.exec(select(Bill).where(*where).order_by(*order).limit(most)).all()
    number = len(bills)
    if number == most:
        number = session.exec(select(func.count()).select_from(Bill).where(*where)).one()
    return Found(tuple(bills), number)


def _conditions(session: Session, sought: BillQuery) -> list[ColumnElement[bool]]:
    where: list[ColumnElement[bool]] = []
    if sought.vendor is not None:
        where.append(col(Bill.vendor_id).in_([vendor.id for vendor in find_vendors(session, sought.vendor)]))
    if sought.vendors is not None:
        where.append(col(Bill.vendor_id).in_(sought.vendors))
    if sought.without:
        where.append(or_(col(Bill.vendor_id).is_(None), col(Bill.vendor_id).not_in(sought.without)))
    if sought.people is not None:
        where.append(col(Bill.created_by).in_(sought.people))
    if sought.text is not None:
        where.append(_speaks_of(session, sought.text))
    if sought.since is not None:
        where.append(col(Bill.issue_date) >= sought.since)
    if sought.until is not None:
        where.append(col(Bill.issue_date) <= sought.until)
    if sought.currency is not None:
        where.append(col(Bill.currency) == sought.currency)
    among = amount_filters.currencies(session) if sought.at_least is not None or sought.at_most is not None else []
    if sought.at_least is not None:
        where.append(amount_filters.at_least(col(Bill.total_minor), sought.at_least, among))
    if sought.at_most is not None:
        where.append(amount_filters.at_most(col(Bill.total_minor), sought.at_most, among))
    return where


def _speaks_of(session: Session, text: str) -> ColumnElement[bool]:
    """The vendor, the number, or anything that was read on the document."""
    ways: list[ColumnElement[bool]] = [
        col(Bill.vendor_id).in_([vendor.id for vendor in find_vendors(session, text)]),
        cast(col(Bill.evidence), String).icontains(_in_json(text), autoescape=True),
    ]
    if key := number_key(text):
        ways.append(col(Bill.number_key).contains(key, autoescape=True))
    return or_(*ways)


def _in_json(text: str) -> str:
    """The text as it stands within a JSON string of the database."""
    return json.dumps(text)[1:-1]


def find_bills(session: Session, named: str) -> list[Bill]:
    """Bills that `named`, a number or a vendor, may mean, newest first: those of that very number, else the vendor's
    that are not finished, else all of the vendor's that are not void."""
    live = select(Bill).where(Bill.state != BillState.VOID).order_by(col(Bill.id).desc())
    if numbered := session.exec(live.where(Bill.number_key == (number_key(named) or ""))).all():
        return list(numbered)
    vendors = [vendor.id for vendor in find_all(session, named)]
    theirs = list(session.exec(live.where(col(Bill.vendor_id).in_(vendors))).all())
    return [bill for bill in theirs if bill.state not in FINISHED] or theirs
