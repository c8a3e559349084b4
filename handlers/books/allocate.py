"""Sets a credit note or prepayments against open bills of the same vendor."""

from __future__ import annotations

from sqlmodel import Session

from handlers.bills.bill_reply import bill_reply
from handlers.bills.find_bill import find_bill
from handlers.context import Context
from handlers.language.formats import listed, money
from handlers.language.translation import say
from handlers.messages import Reply
from handlers.requests import Allocate
from handlers.wording.cards import bill_label
from storage.bills import lifecycle
from storage.bills.finding import search
from storage.models import Bill
from storage.payments import allocation
from storage.payments.allocation import Applied


def allocate(session: Session, context: Context, request: Allocate) -> tuple[Reply, ...]:
    """The bill as it stands then, and what was set against what. Raises: LedgerError when there is nothing."""
    bill = _meant(session, context, request.bill_hint)
    _, applied = allocation.allocate(
        session, bill.id, key=context.key, on=context.today, person_id=context.asker.id, now=context.now
    )
    given = [_shown(session, part) for part in applied if part.amount.minor < 0]
    settled = [_shown(session, part) for part in applied if part.amount.minor > 0]
    text = say("Set off: {given} against {settled}.", given=listed(given), settled=listed(settled))
    return (bill_reply(session, context, bill, text),)


def _meant(session: Session, context: Context, hint: str | None) -> Bill:
    """The bill in focus; of those that were named the credit note, if it is the only one, else the only open bill, for
    nothing can be set off on any other. Raises: NotFound, WhichOne."""
    named = search.find_bills(session, hint) if hint is not None else []
    open_ones = [bill for bill in named if bill.state in lifecycle.OPEN]
    notes = [bill for bill in open_ones if lifecycle.is_credit_note(bill)]
    for found in (notes, open_ones):
        if len(found) == 1:
            return found[0]
    return find_bill(session, context, hint)


def _shown(session: Session, part: Applied) -> str:
    amount = part.amount if part.amount.minor > 0 else -part.amount
    name = say("prepayments") if part.bill is None else bill_label(lifecycle.find(session, part.bill))
    return say("{amount} of {bill}", amount=money(amount), bill=name)
