"""Notes on bills: added, and told."""

from __future__ import annotations

from sqlmodel import Session

from handlers.bills.bill_reply import bill_reply
from handlers.bills.find_bill import find_bill
from handlers.context import Context
from handlers.language.translation import say
from handlers.messages import Reply
from handlers.requests import Note
from storage.bills.beside import notes


def note(session: Session, context: Context, request: Note) -> tuple[Reply, ...]:
    """The bill with the note on its card; without a text, the notes that it has. Raises: LedgerError for a long one."""
    bill = find_bill(session, context, request.bill_hint)
    if request.text:
        notes.write(session, bill.id, request.text, person_id=context.asker.id, now=context.now)
        return (bill_reply(session, context, bill, say("Noted.")),)
    there = notes.of_bill(session, bill.id)
    text = say("There is no note on it. Say “note: …”.") if not there else ""
    return (bill_reply(session, context, bill, text),)
