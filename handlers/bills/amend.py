"""Corrects a bill in plain words, and shows old → new."""

from __future__ import annotations

from sqlmodel import Session

from handlers.bills.adding_up import adding_up
from handlers.bills.bill_reply import bill_reply
from handlers.bills.find_bill import find_bill
from handlers.button_ids import suggestion_choices
from handlers.context import Context
from handlers.messages import Reply
from handlers.requests import Amend, Edit
from handlers.wording import account_names, bill_texts
from handlers.wording.cards import shown_change
from storage.bills import amendments


def amend(session: Session, context: Context, request: Amend) -> tuple[Reply, ...]:
    """The corrected bill. Raises: LedgerError when a value does not fit or the bill no longer allows it."""
    bill = find_bill(session, context, request.bill_hint)
    said = {change.field: change.value for change in request.changes}
    asked = adding_up(session, bill, said, context.today)
    if asked.question is not None and not amendments.made_by(session, context.key, bill.id):
        return (Reply(asked.question, choices=suggestion_choices(asked.ways), bill=bill.id),)
    made = amendments.amend(
        session,
        bill.id,
        asked.changes,
        message_key=context.key,
        person_id=context.asker.id,
        now=context.now,
    )
    text = bill_texts.corrected(len(made)) if made else bill_texts.nothing_to_correct()
    names = account_names.all_names(session)
    changes = tuple(shown_change(amendment, bill.currency, categories=names) for amendment in made)
    return (bill_reply(session, context, bill, text, changes=changes),)


def edit(session: Session, context: Context, request: Edit) -> tuple[Reply, ...]:
    """How to correct the bill; from now on it is the one that is meant."""
    bill = find_bill(session, context)
    return (Reply(bill_texts.how_to_correct(), bill=bill.id),)
