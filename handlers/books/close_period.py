"""Closing a period, after which nothing in it changes, and taking that back."""

from __future__ import annotations

from sqlmodel import Session

from handlers.books.undo_step import reply_with_undo
from handlers.context import Context
from handlers.language.formats import day
from handlers.language.translation import say, say_count
from handlers.messages import Reply
from handlers.requests import ClosePeriod, ReopenPeriod
from storage.bills import outstanding
from storage.ledger import period_closing


def close(session: Session, context: Context, request: ClosePeriod) -> tuple[Reply, ...]:
    """Closes the books until a day, and says what of that time still waits.

    Raises: LedgerError when the day is to come, or closed already.
    """
    period_closing.close(session, request.until, today=context.today, person_id=context.asker.id, now=context.now)
    text = say("The books are closed until {day}. Later corrections are booked after it.", day=day(request.until))
    waiting = [
        bill for bill in outstanding.waiting_bills(session) if bill.issue_date and bill.issue_date <= request.until
    ]
    if waiting:
        text += " " + say_count(
            "{n} document of that time still waits to be confirmed.",
            "{n} documents of that time still wait to be confirmed.",
            len(waiting),
        )
    return reply_with_undo(session, context, text)


def reopen(session: Session, context: Context, request: ReopenPeriod) -> tuple[Reply, ...]:
    """Takes the last closing back. Raises: LedgerError when nothing is closed."""
    period_closing.reopen(session, person_id=context.asker.id, now=context.now)
    last = period_closing.closing_in_force(session)
    if last is None:
        return reply_with_undo(session, context, say("The books are open."))
    return reply_with_undo(session, context, say("The books are open again after {day}.", day=day(last.until)))
