"""What is due: open bills that meet the condition, ours to pay or others' to pay us."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from sqlmodel import Session

from handlers.answers.currency_totals import sums_of
from handlers.context import Context
from handlers.language.formats import money
from handlers.language.translation import say, say_count
from handlers.messages import Reply
from handlers.requests import Due
from handlers.rights import permitted
from handlers.wording import bill_texts, lists, party_names, period_names
from storage.bills import outstanding
from storage.models import Bill, Side
from storage.reports import open_items
from storage.reports.open_items import OpenItemFilter


def due(session: Session, context: Context, request: Due) -> tuple[Reply, ...]:
    """Open bills that meet the condition, and how many more wait to be confirmed.

    Raises: NotFound for a party that nobody knows.
    """
    wanted = wanted_by(session, context, request)
    open_sums = open_items.sums(session, wanted)
    number = sum(found.bills for found in open_sums)
    found = open_items.first(session, wanted, request.most or lists.at_most(lists.MOST_LINES), request.order)
    if request.most is not None:
        number = len(found)
    listing = lists.bill_list(found, lambda bill: lists.due_line(bill, context.today), number=number)
    amounts = [each.amount for each in open_sums] if request.most is None else outstanding.totals(found)
    sums = sums_of(session, context, amounts)
    head = _head(number, sums, request) if found else nothing_due(request)
    if not found and wanted.vendors:
        head = f"{head} {other_side(session, context, wanted)}".rstrip()
    waiting = permitted.visible(session, context, _waiting(session, wanted))
    foot = bill_texts.also_waiting(len(waiting)) if waiting else ""
    before = _overdue_before(session, context, request, wanted)
    text = "\n".join(part for part in (head, listing.text, before, foot) if part)
    return (Reply(text, bill=found[0].id if number == 1 else None, listed=listing.bills),)


def wanted_by(session: Session, context: Context, request: Due) -> OpenItemFilter:
    """The open bills that the question is about; a vendor as it was said may be several. Raises: NotFound."""
    until = request.until
    if request.overdue or request.days_late is not None:
        until = context.today - timedelta(days=1 + (request.days_late or 0))
    return OpenItemFilter(
        Side(request.side),
        until=until,
        since=request.since,
        vendors=party_names.party_ids(session, request.vendor),
        currency=request.currency,
        at_least=Decimal(request.above) if request.above else None,
        without=party_names.ids_without(session, request.without),
        undated=request.no_due_date,
        issued_since=request.issued_since,
        issued_until=request.issued_until,
        at_most=Decimal(request.below) if request.below else None,
        people=permitted.only_of(session, context),
    )


def _waiting(session: Session, wanted: OpenItemFilter) -> list[Bill]:
    """What waits to be confirmed and might belong to the answer."""
    if wanted.side is Side.RECEIVABLE:
        return []
    found = [bill for bill in outstanding.waiting_bills(session) if bill.vendor_id not in wanted.without]
    return [
        bill for bill in found if wanted.vendors is None or bill.vendor_id is None or bill.vendor_id in wanted.vendors
    ]


def _overdue_before(session: Session, context: Context, request: Due, wanted: OpenItemFilter) -> str:
    """That something was due before the days that were asked about and is still open: who asks about this week has to
    pay that, too. "" for nothing, or where those days lie ahead or behind."""
    since, until = request.since, request.until
    if since is None or since > context.today or (until is not None and until < context.today):
        return ""
    found = open_items.sums(session, replace(wanted, since=None, until=since - timedelta(days=1)))
    if not found:
        return ""
    return say_count(
        "{n} more is overdue since before that, {sums}.",
        "{n} more are overdue since before that, {sums}.",
        sum(each.bills for each in found),
        sums=sums_of(session, context, [each.amount for each in found]),
    )


def other_side(session: Session, context: Context, wanted: OpenItemFilter) -> str:
    """What is open the other way with the same parties, so that "nothing" misleads nobody; "" for nothing."""
    turned = Side.RECEIVABLE if wanted.side is Side.PAYABLE else Side.PAYABLE
    debts = open_items.by_party(
        session, OpenItemFilter(turned, vendors=wanted.vendors, people=wanted.people), context.today
    )
    return " ".join(f"{owes(debt, turned, context)}." for debt in debts)


def owes(debt: open_items.PartyBalance, side: Side, context: Context) -> str:
    """ "Globex AG owes us €4,330.00, 33 days late", "We owe Acme GmbH €80.00"."""
    values = {"party": debt.party, "amount": money(debt.amount)}
    text = (
        say("We owe {party} {amount}", **values) if side is Side.PAYABLE else say("{party} owes us {amount}", **values)
    )
    if not (days := debt.days_late(context.today)):
        return text
    if debt.overdue.minor < debt.amount.minor:
        text += say(", {amount} of it overdue", amount=money(debt.overdue))
    return text + say_count(", {n} day late", ", {n} days late", days)


def nothing_due(request: Due) -> str:
    """No open bill meets the condition."""
    ours = request.side == "payable"
    label = lists.after(_label(request))
    if request.no_due_date or request.days_late is not None or _issued(request):
        return say("There is no open bill{label}.", label=label)
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
    label = lists.after(_label(request))
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


def _label(request: Due) -> str:
    """The condition in words, with what the words that came along do not say."""
    label = party_names.without(request.label, request.without)
    if request.no_due_date and not request.label:
        label = ", ".join(filter(None, (say("without a due date"), label)))
    if request.days_late is not None and not request.label:
        late = say_count("more than {n} day overdue", "more than {n} days overdue", request.days_late)
        label = ", ".join(filter(None, (late, label)))
    if (issued := _issued(request)) and not request.label:
        label = ", ".join(filter(None, (issued, label)))
    return label


def _issued(request: Due) -> str:
    """When the bills that are asked about were issued, in words; "" for whenever."""
    first, last = request.issued_since, request.issued_until
    if first is None and last is None:
        return ""
    if first and last:
        period = period_names.between(first, last)
    else:
        period = period_names.since(first) if first else period_names.by_day(last or date.max)
    return say("issued {period}", period=period)
