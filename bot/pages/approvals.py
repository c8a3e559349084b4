"""What waits for a person: documents to confirm, duplicates to decide about, bills to approve."""

from __future__ import annotations

from typing import Any

from sqlmodel import Session

from bot.pages.page import Page, Visit
from handlers import requests as asked
from handlers.context import Context
from handlers.language.translation import sayable
from handlers.rights import permitted
from storage.approvals import approvals
from storage.bank import bank_movements
from storage.bills import outstanding
from storage.models import BillState, Permission
from storage.people import people


def _values(session: Session, context: Context, visit: Visit) -> dict[str, Any]:
    waiting = permitted.visible(session, context, outstanding.waiting_bills(session))
    undecided = permitted.visible(session, context, approvals.waiting(session))
    asker = people.find_by_id(session, context.asker.id)
    theirs = {bill.id for bill in undecided if asker and approvals.awaits_decision_of(session, bill, asker)}
    sees_bank = permitted.may(session, context, Permission.SEE_BOOKS)
    return {
        "drafts": [bill for bill in waiting if bill.state is BillState.DRAFT],
        "held": [bill for bill in waiting if bill.state is BillState.HELD],
        "to_approve": [bill for bill in undecided if bill.id in theirs],
        "of_others": [bill for bill in undecided if bill.id not in theirs],
        "movements": len(bank_movements.open_movements(session)) if sees_bank else 0,
    }


PAGE = Page("/approvals", sayable("Approvals"), "approvals.html", lambda _: asked.Waiting(), _values)
