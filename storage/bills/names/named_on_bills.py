"""Who and what stands on the bills of late: looked up for what a message says, never read as a whole."""

from __future__ import annotations

from collections.abc import Container, Iterable
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, or_, select

from storage.bills.bill_fields import number_key
from storage.models import Bill, BillState, Side


@dataclass(frozen=True)
class PartiesOnBills(Container[str]):
    """The names on bills of one side that were issued `since`, or at no known day; void ones are left out."""

    session: Session
    side: Side
    since: date
    _known: dict[str, bool] = field(default_factory=dict)

    def __contains__(self, name: object) -> bool:
        if not isinstance(name, str):
            return False
        if name not in self._known:
            query = select(Bill.id).where(Bill.vendor == name, Bill.side == self.side, *_late(self.since)).limit(1)
            self._known[name] = self.session.exec(query).first() is not None
        return self._known[name]


def numbers_among(session: Session, since: date, said: Iterable[str]) -> frozenset[str]:
    """The numbers of those bills that one of these texts may be, however it was typed."""
    keys = {key for text in said if (key := number_key(text))}
    if not keys:
        return frozenset()
    query = select(Bill.number).where(col(Bill.number_key).in_(keys), *_late(since)).distinct()
    return frozenset(number for number in session.exec(query).all() if number)


def _late(since: date) -> tuple[ColumnElement[bool], ...]:
    return or_(col(Bill.issue_date).is_(None), col(Bill.issue_date) >= since), col(Bill.state) != BillState.VOID
