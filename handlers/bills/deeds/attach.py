"""Puts the paper in focus to the bill that it belongs to."""

from __future__ import annotations

from sqlmodel import Session

from handlers.bills.bill_reply import bill_reply
from handlers.bills.find_bill import find_bill
from handlers.context import Context
from handlers.language.translation import say
from handlers.messages import Reply
from handlers.requests import AttachPaper
from handlers.wording.cards import bill_label
from storage.bills import lifecycle
from storage.bills.beside import papers


def attach(session: Session, context: Context, request: AttachPaper) -> tuple[Reply, ...]:
    """The bill with its papers; what is a bill itself is put to none. Raises: LedgerError for what belongs to
    another."""
    paper = find_bill(session, context)
    if lifecycle.is_bill(paper):
        text = say(
            "{bill} is a bill itself. If it is none, say what it is (“it is a delivery note”), then where it belongs.",
            bill=bill_label(paper),
        )
        return (Reply(text, bill=paper.id),)
    bill = find_bill(session, context, request.bill_hint)
    if not lifecycle.is_bill(bill):
        return (Reply(say("{bill} is no bill. Say its number.", bill=bill_label(bill)), bill=paper.id),)
    papers.attach(session, bill, paper, person_id=context.asker.id, now=context.now)
    return (bill_reply(session, context, bill, say("Put to it.")),)
