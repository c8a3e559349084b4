"""What is due: open bills that meet the condition, ours to pay or others' to pay us."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

from sqlmodel import Session

from handlers.answers.currency_totals import sums_of
from handlers.context import Context
from handlers.language.translation import say, say_count
from handlers.messages import Reply
from handlers.requests import Due
from handlers.wording import bill_texts, lists
from storage.bills import outstanding
from storage.bills.vendors import find_vendors
from storage.models import Side
from storage.reports import open_items
from storage.reports.open_items import OpenItemFilter


def due(session: Session, context: Context, request: Due) -> tuple[Reply, ...]:
    """Open bills that meet the condition, and how many more wait to be confirmed."""
    wanted = wanted_by(session, context, request)
    open_sums = open_items.sums(session, wanted)
    number = sum(found.bills for found in open_sums)
    found = open_items.first(session, wanted, lists.MOST_LINES)
    listing = lists.bill_list(found, lambda bill: lists.due_line(bill, context.today), number=number)
    sums = sums_of(session, context, [found.amount for found in open_sums])
    head = _head(number, sums, request) if found else nothing_due(request)
    waiting = outstanding.waiting_bills(session) if request.side == "payable" else []
    foot = bill_texts.also_waiting(len(waiting)) if waiting else ""
    text = "\n".join(part for part in (head, listing.text, foot) if part)
    return (Reply(text, bill=found[0].id if number == 1 else None, listed=listing.bills),)


def wanted_by(session: Session, context: Context, request: Due) -> OpenItemFilter:
    """The open bills that the question is about; a vendor as it was said may be several, or nobody."""
    vendors = [vendor.id for vendor in find_vendors(session, request.vendor)] if request.vendor else None
    return OpenItemFilter(
        Side(request.side),
        until=context.today - timedelta(days=1) if request.overdue else request.until,
        since=request.since,
        vendors=vendors,
        currency=request.currency,
        at_least=Decimal(request.above) if request.above else None,
    )


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


def _head(number: int, sums: str, request: Due) -> str:
    label = lists.after(request.label)
    if request.side == "payable":
        return say_count(
            "{n} open bill{label}, {sums}:", "{n} open bills{label}, {sums}:", number, label=label, sums=sums
        )
    return say_count(
        "{n} open invoice of ours{label}, {sums}:",
        "{n} open invoices of ours{label}, {sums}:",
        number,
        label=label,
        sums=sums,
    )
