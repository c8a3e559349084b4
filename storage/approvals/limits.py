"""How much a bill is when it is held against a limit, so that no limit is dodged.

It counts with the largest total that it had since it was known for certain: what was lowered by a correction, or put
into another currency, needs what it needed before. Bills of one vendor and day that the same person sent count
together. Amounts of other currencies are compared at the rate of the bill's day.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from sqlalchemy import ColumnElement, or_
from sqlalchemy.orm import aliased
from sqlmodel import Session, and_, col, select

from storage.bills import lifecycle
from storage.ledger import exchange_rates
from storage.ledger.money import Money, UnknownCurrency
from storage.models import Amendment, ApprovalRule, Bill, BillState, Side

OF_AMOUNT = ("total", "currency")
CERTAIN = 0.85
"""How sure a value has to have been read for its correction to be more than that of a misreading."""


def reaches(session: Session, bill: Bill, rule: ApprovalRule) -> bool:
    """Whether the bill is of at least the rule's amount; what no exchange rate compares is looked at rather than let
    through."""
    worths = [_worth(session, each, rule.currency, _day(bill)) for each in _totals(session, bill)]
    if any(worth is None or worth.minor >= rule.min_minor for worth in worths):
        return True
    together = [_worth(session, each, rule.currency, _day(bill)) for each in _together(session, bill)]
    return len(together) > 1 and sum(worth.minor for worth in together if worth) >= rule.min_minor


def may_reach(rule: ApprovalRule) -> ColumnElement[bool]:
    """Whether a bill may be of that amount, as a condition of a query."""
    corrected = select(Amendment.bill_id).where(col(Amendment.field).in_(OF_AMOUNT))
    return or_(
        col(Bill.currency) != rule.currency,
        col(Bill.total_minor) >= rule.min_minor,
        col(Bill.id).in_(corrected),
        _split(),
    )


def _split() -> ColumnElement[bool]:
    other = aliased(Bill)
    same = (other.vendor_id == col(Bill.vendor_id), other.issue_date == col(Bill.issue_date))
    found = select(other.id).where(*same, other.id != col(Bill.id), other.created_by == col(Bill.created_by))
    return found.correlate(Bill).exists()


def _day(bill: Bill) -> date:
    return bill.issue_date or (bill.confirmed_at or bill.created_at).date()


def _worth(session: Session, amount: Money, currency: str, on: date) -> Money | None:
    return exchange_rates.try_convert(session, amount, currency, on)


def _totals(session: Session, bill: Bill) -> Iterator[Money]:
    """The bill's total, and those that it had before corrections that stand, the latest first."""
    now = lifecycle.total_of(bill)
    if now is None:
        return
    yield now
    values = {"total": str(now.decimal), "currency": now.currency}
    query = select(Amendment).where(
        Amendment.bill_id == bill.id, col(Amendment.field).in_(OF_AMOUNT), col(Amendment.undone_at).is_(None)
    )
    certain = True
    for amendment in session.exec(query.order_by(col(Amendment.id).desc())).all():
        certain = certain and _was_certain(amendment)
        if amendment.old is None or not certain:
            return
        values[amendment.field] = amendment.old
        if (before := _money(values)) is not None:
            yield before


def _was_certain(amendment: Amendment) -> bool:
    before = amendment.old_evidence or {}
    return before.get("source") == "person" or float(before.get("confidence", 0)) >= CERTAIN


def _money(values: dict[str, str]) -> Money | None:
    try:
        return Money.of(values["total"].lstrip("-"), values["currency"])
    except (ValueError, UnknownCurrency):
        return None


def _together(session: Session, bill: Bill) -> Sequence[Money]:
    """The totals of what the same person sent of the same vendor and day, this one among them."""
    if bill.vendor_id is None or bill.issue_date is None:
        return ()
    query = select(Bill).where(
        and_(
            col(Bill.vendor_id) == bill.vendor_id,
            col(Bill.issue_date) == bill.issue_date,
            col(Bill.created_by) == bill.created_by,
            col(Bill.side) == Side.PAYABLE,
            col(Bill.state).in_((*lifecycle.BOOKED, BillState.DRAFT)),
        )
    )
    bills = [each for each in session.exec(query).all() if lifecycle.is_bill(each)]
    totals = (lifecycle.total_of(each) for each in bills if not lifecycle.is_credit_note(each))
    return [total for total in totals if total is not None]
