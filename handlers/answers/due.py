"""What is due: open bills that meet the condition, ours to pay or others' to pay us."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from decimal import Decimal

from sqlmodel import Session

from handlers import lists, wording
from handlers.answers.sums import sums_of
from handlers.context import Context
from handlers.language import say, say_count
from handlers.messages import Reply
from handlers.requests import Due
from storage import dues
from storage.models import Bill, Side


def due(session: Session, context: Context, request: Due) -> tuple[Reply, ...]:
    """Open bills that meet the condition, and how many more wait to be confirmed."""
    found = due_bills(session, context, request)
    listing = lists.bill_list(found, lambda bill: lists.due_line(bill, context.today))
    head = _head(session, context, found, request) if found else nothing_due(request)
    waiting = dues.waiting_bills(session) if request.side == "payable" else []
    foot = wording.also_waiting(len(waiting)) if waiting else ""
    text = "\n".join(part for part in (head, listing.text, foot) if part)
    only = found[0].id if len(found) == 1 else None
    return (Reply(text, bill=only, listed=listing.bills),)


def due_bills(session: Session, context: Context, request: Due) -> list[Bill]:
    """The open bills that the question is about, by due date."""
    until = context.today - timedelta(days=1) if request.overdue else request.until
    found = dues.open_bills(session, until=until, since=request.since, vendor=request.vendor, side=Side(request.side))
    return [bill for bill in found if _fits(bill, request)]


def nothing_due(request: Due) -> str:
    """No open bill meets the condition."""
    ours = request.side == "payable"
    label = lists.after(request.label)
    if not request.overdue:
        return say("Nothing is due{label}.", label=label) if ours else say("No money is due to us{label}.", label=label)
    if request.vendor:
        return (
            say("Nothing is overdue to {party}.", party=request.vendor)
            if ours
            else say("Nothing is overdue from {party}.", party=request.vendor)
        )
    return say("Nothing is overdue.") if ours else say("Nobody is late in paying us.")


def _fits(bill: Bill, request: Due) -> bool:
    if request.currency and bill.currency != request.currency:
        return False
    return request.above is None or dues.open_amount(bill).decimal >= Decimal(request.above)


def _head(session: Session, context: Context, found: Sequence[Bill], request: Due) -> str:
    label = lists.after(request.label)
    sums = sums_of(session, context, dues.totals(found))
    if request.side == "payable":
        return say_count(
            "{n} open bill{label}, {sums}:", "{n} open bills{label}, {sums}:", len(found), label=label, sums=sums
        )
    return say_count(
        "{n} open invoice of ours{label}, {sums}:",
        "{n} open invoices of ours{label}, {sums}:",
        len(found),
        label=label,
        sums=sums,
    )
