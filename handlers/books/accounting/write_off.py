"""Writes off what is left of a bill."""

from __future__ import annotations

from sqlmodel import Session

from handlers.bills.bill_reply import bill_reply
from handlers.bills.find_bill import find_bill
from handlers.context import Context
from handlers.errors import NotPossible
from handlers.language.formats import money
from handlers.language.translation import say
from handlers.messages import Reply
from handlers.requests import WriteOff
from handlers.wording.lists import vendor_and_number
from storage.payments import write_off as writing


def write_off(session: Session, context: Context, request: WriteOff) -> tuple[Reply, ...]:
    """The bill as it stands then. Raises: NotPossible without a reason; NotFound; WhichOne; LedgerError."""
    bill = find_bill(session, context, request.bill_hint)
    if not request.reason:
        name = vendor_and_number(bill)
        raise NotPossible(say("Say why, like “write off the rest of {bill}: customer insolvent”.", bill=name))
    rest = writing.write_off(
        session, bill.id, request.reason, key=context.key, on=context.today, person_id=context.asker.id,
        now=context.now,
    )  # fmt: skip
    text = say("Written off: {amount} ({reason}).", amount=money(rest), reason=request.reason)
    return (bill_reply(session, context, bill, text),)
