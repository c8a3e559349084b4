"""Notes that a bill was paid, all of it or a part."""

from __future__ import annotations

from sqlmodel import Session

from handlers import wording
from handlers.answer import bill_reply
from handlers.context import Context
from handlers.errors import NotPossible
from handlers.messages import Reply
from handlers.requests import Pay
from handlers.which import the_bill
from storage import approvals, bills, payments
from storage.errors import Incomplete
from storage.models import Bill, BillState
from storage.money import Money


def pay(session: Session, context: Context, request: Pay) -> tuple[Reply, ...]:
    """The bill with what is still open. A draft is confirmed on the way.

    Raises: NotPossible when something that an entry needs is unknown; LedgerError, also for paying too much.
    """
    bill = the_bill(session, context, request.vendor)
    if bill.state in (BillState.PAID, BillState.VOID):
        return (bill_reply(session, context, bill, wording.choice_is_over()),)
    if refusal := approvals.may_be_paid(session, bill):
        raise refusal
    before = bill.open_minor if bill.state in bills.BOOKED else (bill.total_minor or 0)
    on = request.on or context.today
    account = request.account or "bank"
    try:
        payments.pay(
            session,
            bill.id,
            key=context.key,
            on=on,
            person_id=context.asker.id,
            now=context.now,
            amount=_amount(bill, request),
            account=account,
        )
    except Incomplete as error:
        raise NotPossible(wording.missing_to_confirm(error.missing)) from None
    assert bill.currency is not None
    paid, rest = Money(before - bill.open_minor, bill.currency), Money(bill.open_minor, bill.currency)
    return (bill_reply(session, context, bill, wording.paid(paid, account, on, rest if rest.minor else None)),)


def _amount(bill: Bill, request: Pay) -> Money | None:
    """What was said to be paid, None for all of it. Raises: NotPossible when its currency is not known."""
    if request.amount is None:
        return None
    currency = request.currency or bill.currency
    if currency is None:
        raise NotPossible(wording.missing_to_confirm(("currency",)))
    return Money.of(request.amount, currency)
