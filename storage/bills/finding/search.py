"""Finding bills, open or not, by what people remember of them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Literal

from sqlalchemy import ColumnElement, String, cast, func, or_, tuple_
from sqlalchemy import select as sa_select
from sqlmodel import Session, col, select

from storage.bills import lifecycle
from storage.bills.bill_fields import number_key
from storage.bills.finding import amount_filters
from storage.bills.vendors import find_all, find_vendors
from storage.db.lists import one_of
from storage.models import Bill, BillState, Side

AT_MOST = 50
FINISHED = (BillState.PAID, BillState.VOID)


@dataclass(frozen=True)
class BillQuery:
    """What is known of the bills; None means any. Both ends of the issue date are inclusive. Amounts are of the total,
    in `currency` or, without one, in whatever currency a bill has. `vendors`, `without` (whose bills are left out) and
    `people` (who sent them) are ids. `states` None: all but void."""

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
    states: Sequence[BillState] | None = None
    side: Side | None = None


@dataclass(frozen=True)
class Found:
    """The first bills that fit, and how many there are in all."""

    bills: tuple[Bill, ...]
    number: int


def search(session: Session, sought: BillQuery, most: int = AT_MOST) -> Found:
    """Bills that are not void and meet every condition: by issue date the newest or oldest first, or the largest."""
    where = _conditions(session, sought)
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


Place = tuple[int, str, int] | tuple[str, int]
"""Where a bill stands in its order: its total in minor units, where that orders, its day (ISO 8601) and its id."""


def page(session: Session, sought: BillQuery, most: int, after: Place | tuple[()] = ()) -> list[tuple[Bill, Place]]:
    """The bills that meet every condition, in their order, from behind a place on, each with its own."""
    day: ColumnElement[Any] = cast(func.coalesce(col(Bill.issue_date), func.date(col(Bill.created_at))), String)
    keys: list[Any] = [day, col(Bill.id)]
    if sought.order == "largest":
        keys.insert(0, func.coalesce(col(Bill.total_minor), -1))
    where = _conditions(session, sought)
    rising = sought.order == "oldest"
    if after:
        place = tuple_(*keys)
        where.append(place > tuple_(*after) if rising else place < tuple_(*after))
    query: Any = sa_select(Bill, *keys).where(*where)
    query = query.order_by(*(key.asc() if rising else key.desc() for key in keys)).limit(most)
    return [(row[0], tuple(row[1:])) for row in session.execute(query)]


def _conditions(session: Session, sought: BillQuery) -> list[ColumnElement[bool]]:
    where: list[ColumnElement[bool]] = [col(Bill.state) != BillState.VOID]
    if sought.states is not None:
        where = [col(Bill.state).in_(sought.states)]
    if sought.side is not None:
        where.append(col(Bill.side) == sought.side)
    if sought.vendor is not None:
        where.append(one_of(Bill.vendor_id, [vendor.id for vendor in find_all(session, sought.vendor)]))
    if sought.vendors is not None:
        where.append(one_of(Bill.vendor_id, sought.vendors))
    if sought.without:
        where.append(or_(col(Bill.vendor_id).is_(None), ~one_of(Bill.vendor_id, sought.without)))
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
        one_of(Bill.vendor_id, [vendor.id for vendor in find_vendors(session, text)]),
        cast(col(Bill.evidence), String).icontains(_in_json(text), autoescape=True),
    ]
    if key := number_key(text):
        ways.append(col(Bill.number_key).contains(key, autoescape=True))
    return or_(*ways)


def _in_json(text: str) -> str:
    """The text as it stands within a JSON string of the database."""
    return json.dumps(text)[1:-1]


def find_bills(session: Session, named: str) -> list[Bill]:
    """Bills that `named`, a number or a vendor, may mean, newest first: those of that very number, else those that are
    not finished of every vendor whom the name fits ("acme" is Acme GmbH and Acme Tools Ltd), else all of theirs that
    are not void."""
    if numbered := find_by_number(session, named):
        return numbered
    live = select(Bill).where(Bill.state != BillState.VOID).order_by(col(Bill.id).desc())
    vendors = [vendor.id for vendor in find_all(session, named)]
    theirs = list(session.exec(live.where(one_of(Bill.vendor_id, vendors))).all())
    return [bill for bill in theirs if bill.state not in FINISHED] or theirs


def find_referred(session: Session, paper: Bill, number: str) -> Bill | None:
    """The bill of this number that a paper of the same vendor refers to; None where there is none, or more than one."""
    found = [bill for bill in find_by_number(session, number) if lifecycle.is_bill(bill) and bill.id != paper.id]
    own = [bill for bill in found if paper.vendor_id is None or bill.vendor_id == paper.vendor_id]
    return own[0] if len(own) == 1 else None


def find_by_number(session: Session, number: str) -> list[Bill]:
    """Bills of that very number that are not void, newest first."""
    live = select(Bill).where(Bill.state != BillState.VOID, Bill.number_key == (number_key(number) or ""))
    return list(session.exec(live.order_by(col(Bill.id).desc())).all())
