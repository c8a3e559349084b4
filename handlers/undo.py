"""Takes back what was last done to a bill: a correction, a payment, a confirmation; one at a time."""

from __future__ import annotations

from sqlmodel import Session

from handlers import wording
from handlers.answer import bill_reply
from handlers.cards import shown_change
from handlers.context import Context
from handlers.errors import NotPossible
from handlers.messages import Change, Reply
from handlers.requests import Undo
from handlers.which import the_bill
from storage import amendments, approvals, audit, bills, payments


def undo(session: Session, context: Context, request: Undo) -> tuple[Reply, ...]:
    """The bill as it was before. Raises: NotPossible when there is nothing to take back."""
    bill = the_bill(session, context)
    person, now = context.asker.id, context.now
    changes: tuple[Change, ...] = ()
    match audit.last_standing(session, bill.id):
        case "amended":
            message_key = amendments.last_key(session, bill.id)
            assert message_key is not None
            undone = amendments.undo(session, message_key, person_id=person, now=now)
            changes = tuple(shown_change(amendment, bill.currency, undone=True) for amendment in undone)
        case "paid":
            payments.unpay(session, bill.id, key=context.key, person_id=person, now=now)
        case "approved" | "refused":
            approvals.take_back(session, bill.id, person_id=person, now=now)
        case "confirmed":
            bills.unconfirm(session, bill.id, key=context.key, person_id=person, now=now)
        case _:
            raise NotPossible(wording.nothing_to_undo())
    return (bill_reply(session, context, bill, wording.undone(), changes=changes),)
