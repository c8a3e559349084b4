"""Confirms a bill: it is posted to the ledger and owed from now on."""

from __future__ import annotations

from datetime import timedelta

from sqlmodel import Session

from handlers.bills.bill_reply import bill_reply
from handlers.bills.find_bill import find_bill
from handlers.bills.shown import no_bill
from handlers.button_ids import choice_id
from handlers.context import Context
from handlers.language.formats import day
from handlers.language.translation import say
from handlers.messages import Choice, Reply
from handlers.requests import Confirm
from handlers.wording import bill_texts
from storage.bills import lifecycle
from storage.errors import NoBill, PeriodClosed
from storage.models import BillState


def confirm(session: Session, context: Context, request: Confirm) -> tuple[Reply, ...]:
    """The confirmed bill; one that was confirmed before is shown as it stands. One of a closed period is asked about.

    Raises: LedgerError, as Incomplete when something that an entry needs is unknown.
    """
    bill = find_bill(session, context, request.bill_hint)
    if bill.state in lifecycle.BOOKED:
        return (bill_reply(session, context, bill, bill_texts.already_confirmed()),)
    if bill.state is BillState.VOID:
        return (bill_reply(session, context, bill, bill_texts.choice_is_over()),)
    try:
        lifecycle.confirm(
            session, bill.id, key=context.key, person_id=context.asker.id, now=context.now, late=request.late
        )
    except NoBill:
        button = Choice(choice_id("record", bill.id), say("Record as a bill anyway"))
        return (Reply(no_bill.not_confirmed(bill), choices=(button,), bill=bill.id),)
    except PeriodClosed as error:
        first = error.until + timedelta(days=1)
        button = Choice(choice_id("late", bill.id), say("Book on {day}", day=day(first)), "primary")
        return (Reply(bill_texts.period_closed(error.until, first), choices=(button,), bill=bill.id),)
    return (bill_reply(session, context, bill, bill_texts.confirmed()),)
