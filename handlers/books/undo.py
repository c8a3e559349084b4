"""Takes back what was last done: to a bill, one step at a time, or to the books."""

from __future__ import annotations

from typing import Any

from sqlmodel import Session

from handlers.bills.bill_reply import bill_reply
from handlers.bills.find_bill import find_bill
from handlers.books.undo_step import undo_step
from handlers.context import Context
from handlers.errors import NotPossible
from handlers.messages import Change, Reply
from handlers.requests import Undo, UndoBookkeepingStep
from handlers.wording import account_names, bill_texts
from handlers.wording.cards import shown_change
from storage import audit
from storage.approvals import approvals
from storage.bills import amendments, lifecycle
from storage.models import Bill
from storage.payments import allocation, bill_payments
from storage.undo import bill_actions, book_actions


def undo(session: Session, context: Context, request: Undo) -> tuple[Reply, ...]:
    """The bill as it was before; or what was done to the books, where the asker did that after anything on the bill.

    Raises: NotPossible when there is nothing to take back; LedgerError when what came after needs it.
    """
    step = None if request.of_bill else book_actions.latest(session, context.asker.id)
    if step is not None and (context.bill is None or step.id > audit.history(session, context.bill)[-1].id):
        return undo_step(session, context, UndoBookkeepingStep(step.id))
    bill = find_bill(session, context)
    changes = _take_back(session, context, bill)
    return (bill_reply(session, context, bill, bill_texts.undone(), changes=changes),)


def _take_back(session: Session, context: Context, bill: Bill) -> tuple[Change, ...]:
    """Takes the last step back; the corrections that were taken back, for the card."""
    who: dict[str, Any] = {"person_id": context.asker.id, "now": context.now}
    match bill_actions.last_undoable(session, bill.id):
        case "amended":
            message_key = amendments.last_key(session, bill.id)
            assert message_key is not None
            undone = amendments.undo(session, message_key, **who)
            names = account_names.account_names(session)
            return tuple(shown_change(one, bill.currency, undone=True, categories=names) for one in undone)
        case "paid":
            bill_payments.unpay(session, bill.id, key=context.key, **who)
        case "allocated":
            allocation.take_back(session, bill.id, key=context.key, **who)
        case "approved" | "refused":
            approvals.take_back(session, bill.id, **who)
        case "confirmed":
            lifecycle.unconfirm(session, bill.id, key=context.key, **who)
        case _:
            raise NotPossible(bill_texts.nothing_to_undo())
    return ()
