"""Closing a period, after which nothing in it changes, and taking that back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlmodel import Session

from handlers.banking.match_questions import described
from handlers.books.undo_step import reply_with_undo
from handlers.context import Context
from handlers.language.formats import day, money
from handlers.language.translation import say, say_count
from handlers.messages import Reply
from handlers.requests import ClosePeriod, ReopenPeriod
from handlers.wording import lists
from storage.bank import bank_movements
from storage.bills import outstanding
from storage.ledger import accounts, double_entry, period_closing
from storage.ledger.money import Money
from storage.people import company
from storage.reports.annual.translation import translate

MOST = 5
"""Documents and movements that are named."""


def close(session: Session, context: Context, request: ClosePeriod) -> tuple[Reply, ...]:
    """Closes the books until a day, and names what of that time is not booked.

    Raises: LedgerError when the day is to come, or closed already.
    """
    period_closing.close(session, request.until, today=context.today, person_id=context.asker.id, now=context.now)
    text = say("The books are closed until {day}. Later corrections are booked after it.", day=day(request.until))
    parts = (
        _documents(session, request.until),
        _movements(session, request.until),
        _currencies(session, context, request),
    )
    return reply_with_undo(session, context, "\n".join(filter(None, (text, *parts))))


def _documents(session: Session, until: date) -> str:
    """Documents of that time that wait to be confirmed, the first of them by name."""
    waiting = [bill for bill in outstanding.waiting_bills(session) if bill.issue_date and bill.issue_date <= until]
    if not waiting:
        return ""
    head = say_count(
        "{n} document of that time still waits to be confirmed:",
        "{n} documents of that time still wait to be confirmed:",
        len(waiting),
    )
    return _named(head, [lists.vendor_and_number(bill) for bill in waiting])


def _movements(session: Session, until: date) -> str:
    """Movements of the bank of that time that no entry explains."""
    waiting = bank_movements.open_movements(session, until=until)
    if not waiting:
        return ""
    head = say_count(
        "{n} movement of the bank of that time is not booked:",
        "{n} movements of the bank of that time are not booked:",
        len(waiting),
    )
    return _named(head, [described(movement) for movement in waiting])


def _named(head: str, names: Sequence[str]) -> str:
    left = [lists.left_out(len(names) - MOST)] if len(names) > MOST else []
    return "\n".join([head, *(f"• {name}" for name in names[:MOST]), *left])


def _currencies(session: Session, context: Context, request: ClosePeriod) -> str:
    """That other currencies are not valued at the last day of it."""
    ours = company.company(session).currency or context.currency
    books = translate(session, ours, (request.until,))
    held = {balance.amount.currency: balance.amount.minor for balance in accounts.balances(
        session, at=request.until, codes=(double_entry.VALUATION,))}  # fmt: skip
    missing = books.at[request.until].gain - held.get(ours, 0)
    if not missing:
        return ""
    return say(
        "Other currencies are not valued: {amount} are unrealised and not booked. To book it, say “reopen the books”, "
        "then “value other currencies at {day}”.",
        amount=money(Money(missing, ours)),
        day=day(request.until),
    )


def reopen(session: Session, context: Context, request: ReopenPeriod) -> tuple[Reply, ...]:
    """Takes the last closing back. Raises: LedgerError when nothing is closed."""
    period_closing.reopen(session, person_id=context.asker.id, now=context.now)
    last = period_closing.closing_in_force(session)
    if last is None:
        return reply_with_undo(session, context, say("The books are open."))
    return reply_with_undo(session, context, say("The books are open again after {day}.", day=day(last.until)))
