"""Is it paid? Yes or no first, then when and from where, or what is still open."""

from __future__ import annotations

from collections.abc import Sequence

from sqlmodel import Session

from handlers.answers.payments.payments_made import payment_lines
from handlers.bills.bill_reply import bill_reply
from handlers.bills.find_bill import find_bill
from handlers.bills.settlement_words import open_words, paid_words, settled_words
from handlers.context import Context
from handlers.language.formats import listed, money
from handlers.language.translation import say, say_count
from handlers.messages import Reply
from handlers.requests import Settled
from handlers.rights import permitted
from handlers.wording import lists, party_names, period_names
from handlers.wording.cards import bill_label
from storage.bills import outstanding
from storage.bills.finding import search
from storage.bills.finding.search import BillQuery
from storage.bills.lifecycle import OPEN
from storage.bills.outstanding import WAITING
from storage.models import Bill, BillState, Permission, Side
from storage.reports import payments_made as made
from storage.reports.payments_made import PaymentQuery

MOST = 10


def settled(session: Session, context: Context, request: Settled) -> tuple[Reply, ...]:
    """Whether the bill, or what a party billed in a period, is paid; or when they were last paid.

    Raises: NotFound for a bill or party that there is not; WhichOne.
    """
    if request.vendor is None or request.bill_hint:
        bill = find_bill(session, context, request.bill_hint)
        if request.last and bill.vendor:
            permitted.refuse(session, context, Permission.SEE_SPENDING)
            return (_last(session, Settled(vendor=bill.vendor, side=bill.side.value, last=True)),)
        return (bill_reply(session, context, bill, settled_words(session, bill, context.today)),)
    if request.last:
        return (_last(session, request),)
    bills = permitted.of_these(session, context, _bills(session, request))
    if not bills:
        return (Reply(_nothing(session, context, request)),)
    if len(bills) == 1:
        return (bill_reply(session, context, bills[0], settled_words(session, bills[0], context.today)),)
    return (_several(session, context, request, bills),)


def _bills(session: Session, request: Settled) -> list[Bill]:
    """The party's bills of that time; without a time those that are open, else the latest."""
    assert request.vendor is not None
    vendors = [vendor.id for vendor in party_names.parties(session, request.vendor)]
    sought = BillQuery(vendors=vendors, since=request.since, until=request.until)
    found = [bill for bill in search.search(session, sought).bills if request.side in (None, bill.side)]
    if request.since or request.until:
        return found
    unfinished = [bill for bill in found if bill.state in (*OPEN, *WAITING)]
    return unfinished or found[:1]


def _several(session: Session, context: Context, request: Settled, bills: Sequence[Bill]) -> Reply:
    """Yes, no or in part, how much is still open, and each bill."""
    open_ones = [bill for bill in bills if bill.state in OPEN]
    waiting = [bill for bill in bills if bill.state in WAITING]
    label = lists.after(_label(context, request))
    if not open_ones and not waiting:
        head = say_count(
            "Yes: {n} bill{label} is paid.", "Yes: all {n} bills{label} are paid.", len(bills), label=label
        )
    elif open_ones:
        rest = lists.sums(outstanding.totals(open_ones))
        known = {"open": len(open_ones), "label": label, "rest": rest}
        head = say_count(
            "No: {open} of {n} bill{label} is open, {rest}.",
            "No: {open} of {n} bills{label} are not paid in full, {rest} is open.",
            len(bills),
            **known,
        )
    else:
        head = say_count(
            "Not yet: {n} document{label} waits to be confirmed.",
            "Not yet: {n} documents{label} wait to be confirmed.",
            len(waiting),
            label=label,
        )
    in_order = [*open_ones, *waiting, *(bill for bill in bills if bill.state is BillState.PAID)]
    listing = lists.bill_list(in_order, lambda bill: _line(session, context, bill), MOST)
    return Reply(f"{head}\n{listing.text}", listed=listing.bills)


def _line(session: Session, context: Context, bill: Bill) -> str:
    if bill.state in WAITING:
        return f"{bill_label(bill)} · {say('waits to be confirmed')}"
    parts = [bill_label(bill)]
    if bill.state is not BillState.CONFIRMED:
        parts.append(paid_words(session, bill))
    if bill.state in OPEN:
        parts.append(open_words(session, bill, context.today))
    return " · ".join(parts)


def _label(context: Context, request: Settled) -> str:
    """The condition in words; made here where none came along."""
    if request.label:
        return request.label
    period = period_names.days(request.since, request.until, context.today)
    return period_names.found(period, None, request.vendor, None, None)


def _nothing(session: Session, context: Context, request: Settled) -> str:
    """What was looked for, and what there is of the party instead."""
    label = lists.after(_label(context, request))
    text = say("I found no bill{label}, so I can't say whether it is paid.", label=label)
    vendors = [vendor.id for vendor in party_names.parties(session, request.vendor or "")]
    others = search.search(session, BillQuery(vendors=vendors, people=permitted.only_of(session, context)), 3).bills
    if not others:
        return text
    return f"{text} {say('There is: {bills}.', bills=listed([_dated(bill) for bill in others]))}"


def _dated(bill: Bill) -> str:
    return f"{bill_label(bill)}{f' ({period_names.issued(bill.issue_date)})' if bill.issue_date else ''}"


def _last(session: Session, request: Settled) -> Reply:
    """When money last moved between the party and us, the way that was asked for."""
    assert request.vendor is not None
    known = party_names.parties(session, request.vendor)
    vendors = [vendor.id for vendor in known]
    name = known[0].name if len(known) == 1 else request.vendor
    sides = [Side(request.side)] if request.side else list(Side)
    for side in sides:
        found = made.latest(session, PaymentQuery(side, request.since, request.until, vendors), 1)
        if found:
            lines, bills = payment_lines(session, found)
            ours = side is Side.PAYABLE
            amount = money(found[0].amount)
            head = (
                say("We last paid {party} {amount}:", party=name, amount=amount)
                if ours
                else say("{party} last paid us {amount}:", party=name, amount=amount)
            )
            return Reply("\n".join([head, *lines]), bill=bills[0] if len(bills) == 1 else None, listed=bills)
    if sides[0] is Side.PAYABLE:
        return Reply(say("No payment to {party} is booked.", party=name))
    return Reply(say("No payment from {party} is booked.", party=name))
