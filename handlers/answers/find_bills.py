"""Bills, open or not, by number, vendor, amount, text, date or who sent them; the newest, the oldest, the largest."""

from __future__ import annotations

from decimal import Decimal

from sqlmodel import Session

from handlers.context import Context
from handlers.language.formats import day
from handlers.language.translation import say, say_count
from handlers.messages import Reply
from handlers.requests import Find
from handlers.rights import permitted
from handlers.wording import lists, party_names
from handlers.wording.cards import bill_label, bill_state
from storage.bills.finding import search
from storage.bills.finding.search import BillQuery
from storage.models import Bill

MOST = 10


def find(session: Session, context: Context, request: Find) -> tuple[Reply, ...]:
    """How many bills fit, and each with its total, date and state.

    Raises: NotFound for a person that nobody knows, or a vendor to leave out.
    """
    sought = wanted_by(session, context, request)
    most = request.most or lists.at_most(MOST)
    found = search.search(session, sought, most)
    label = lists.after(_label(request))
    if not found.bills:
        return (Reply(say("I found no bill{label}. Try a vendor's name, a number or an amount.", label=label)),)
    listing = lists.bill_list(found.bills, found_line)
    number = len(found.bills) if request.most and not request.count else found.number
    head = say_count("{n} bill{label}:", "{n} bills{label}:", number, label=label)
    parts = [head, listing.text]
    if number > len(found.bills):
        parts.append(lists.left_out(number - len(found.bills)))
    only = found.bills[0].id if len(found.bills) == 1 else None
    return (Reply("\n".join(parts), bill=only, listed=listing.bills),)


def wanted_by(session: Session, context: Context, request: Find) -> BillQuery:
    """The bills that are asked for, of those that the asker may see. Raises: NotFound."""
    return BillQuery(
        text=request.text,
        vendor=request.vendor,
        at_least=Decimal(request.at_least) if request.at_least else None,
        at_most=Decimal(request.at_most) if request.at_most else None,
        since=request.since,
        until=request.until,
        order=request.order,
        without=party_names.ids_without(session, request.without),
        people=_senders(session, context, request),
    )


def _senders(session: Session, context: Context, request: Find) -> list[int] | None:
    """Whose bills: of whom they are asked for, as far as the asker may see them; None for everybody's."""
    named = party_names.people_ids(session, request.person) if request.person else None
    seen = permitted.only_of(session, context)
    if named is None or seen is None:
        return list(seen) if named is None and seen is not None else named
    return [person for person in named if person in seen]


def _label(request: Find) -> str:
    """The condition in words, with what the words that came along do not say."""
    label = party_names.without(request.label, request.without)
    if request.person and request.person.casefold() not in label.casefold():
        label = ", ".join(filter(None, (say("sent by {name}", name=request.person), label)))
    return label


def found_line(bill: Bill) -> str:
    """ "Acme GmbH 2024-117 · €1,249.50 · 3 Mar 2025 · Paid"."""
    issued = day(bill.issue_date) if bill.issue_date else ""
    return " · ".join(part for part in (bill_label(bill), issued, bill_state(bill)) if part)
