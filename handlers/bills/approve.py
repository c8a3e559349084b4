"""Decisions about paying: approving or refusing a bill, trusting a changed account."""

from __future__ import annotations

from typing import Any

from sqlmodel import Session

from handlers.bills.bill_reply import bill_reply
from handlers.bills.find_bill import find_bill
from handlers.context import Context
from handlers.language.formats import in_fours
from handlers.language.translation import say
from handlers.messages import Reply
from handlers.requests import Approve, Refuse
from storage.approvals import approvals
from storage.bills import vendor_ibans
from storage.models import Decision
from storage.people import people


def approve(session: Session, context: Context, request: Approve) -> tuple[Reply, ...]:
    """The bill may be paid; where its account is a changed one, that is what is decided about first.

    Raises: LedgerError for who may not decide, or where there is nothing to decide.
    """
    bill = find_bill(session, context, request.bill_hint)
    who: dict[str, Any] = {"key": context.key, "person_id": context.asker.id, "now": context.now}
    if vendor_ibans.changed_iban(session, bill):
        approvals.trust_iban(session, bill.id, **who)
        text = say("{iban} is known to be theirs from now on.", iban=in_fours(bill.iban or ""))
        return (bill_reply(session, context, bill, text),)
    far = approvals.decide(session, bill.id, Decision.APPROVED, **who)
    if far.refused:
        name = people.name_of(session, far.refused.person_id)
        text = say("Noted, but {name} refused it, and it stays so until {name} takes that back.", name=name)
    elif far.waits:
        text = say("Approved, {done} of {steps}. Somebody else has to agree, too.", done=len(far.by), steps=far.steps)
    else:
        text = say("Approved. It may be paid.")
    return (bill_reply(session, context, bill, text),)


def refuse(session: Session, context: Context, request: Refuse) -> tuple[Reply, ...]:
    """The bill may not be paid. Raises: LedgerError for who may not decide."""
    bill = find_bill(session, context, request.bill_hint)
    approvals.decide(
        session,
        bill.id,
        Decision.REFUSED,
        key=context.key,
        person_id=context.asker.id,
        now=context.now,
        note=request.reason,
    )
    return (bill_reply(session, context, bill, say("Refused. It stays in the books, and nobody pays it.")),)
