"""A document turns out to be no invoice."""

from __future__ import annotations

from sqlmodel import Session

from handlers.bills.bill_reply import bill_reply
from handlers.bills.find_bill import find_bill
from handlers.context import Context
from handlers.messages import Reply
from handlers.requests import NotAnInvoice
from handlers.wording import bill_texts
from storage.bills import setting_aside


def reject(session: Session, context: Context, request: NotAnInvoice) -> tuple[Reply, ...]:
    """The bill set aside; what was posted is reversed. Raises: LedgerError while something is paid on it."""
    bill = find_bill(session, context)
    setting_aside.void(session, bill.id, person_id=context.asker.id, now=context.now, note=request.reason)
    return (bill_reply(session, context, bill, bill_texts.voided()),)
