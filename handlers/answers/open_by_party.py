"""What we owe in all, and who owes us: by party, the largest first."""

from __future__ import annotations

from sqlmodel import Session

from handlers.answers.currency_totals import sums_of
from handlers.answers.due_bills import due, other_side, owes
from handlers.context import Context
from handlers.language.formats import money
from handlers.language.translation import say, say_count
from handlers.messages import Reply
from handlers.requests import Due, Owed
from handlers.wording import lists, party_names
from handlers.wording.period_names import condition
from storage.ledger import double_entry
from storage.models import Side
from storage.reports import open_items
from storage.reports.open_items import OpenItemFilter, PartyBalance


def owed(session: Session, context: Context, request: Owed) -> tuple[Reply, ...]:
    """The parties with what is open, and what of it is overdue; for those that were named, their bills.

    Raises: NotFound for a party that nobody knows.
    """
    wanted = wanted_of(session, request)
    debts = open_items.by_party(session, wanted, context.today)
    ours = request.side == "payable"
    if request.party and ours and len({debt.party for debt in debts}) < 2:
        label = condition("", request.party, side=request.side)
        return due(session, context, Due(vendor=request.party, side=request.side, label=label, without=request.without))
    if not debts:
        return (Reply(_nothing(session, context, request, wanted)),)
    most = lists.at_most(lists.MOST_LINES)
    lines = [_head(session, context, request, debts), *(_line(debt) for debt in debts[:most])]
    if len(debts) > most:
        lines.append(lists.left_out(len(debts) - most))
    if not request.party:
        return (Reply("\n".join(lines)),)
    return (_with_bills(session, context, wanted, debts, lines),)


def wanted_of(session: Session, request: Owed) -> OpenItemFilter:
    """The open bills that the question is about; of all parties that the name sums up. Raises: NotFound."""
    return OpenItemFilter(
        Side(request.side),
        vendors=[party.id for party in party_names.parties(session, request.party)] if request.party else None,
        without=party_names.ids_without(session, request.without),
    )


def _nothing(session: Session, context: Context, request: Owed, wanted: OpenItemFilter) -> str:
    if request.party is None:
        label = lists.after(party_names.without("", request.without))
        if request.side == "payable":
            return say("We owe nothing{label}.", label=label) if label else say("We owe nothing.")
        return say("Nobody owes us anything{label}.", label=label) if label else say("Nobody owes us anything.")
    return f"{say('{party} owes us nothing.', party=request.party)} {other_side(session, context, wanted)}".rstrip()


def _head(session: Session, context: Context, request: Owed, debts: list[PartyBalance]) -> str:
    """ "We owe €8,000.00 to 3 vendors:", "We are owed €4,330.00:"; without whom is said."""
    sums = sums_of(session, context, double_entry.sum_by_currency(debt.amount for debt in debts))
    if request.without:
        sums = f"{sums}, {party_names.without('', request.without)}"
    if request.party and len({debt.party for debt in debts}) > 1:
        sums = f"{sums}, {say('all “{name}” together', name=request.party)}"
    return say("We owe {sums}:", sums=sums) if request.side == "payable" else say("We are owed {sums}:", sums=sums)


def _with_bills(
    session: Session, context: Context, wanted: OpenItemFilter, debts: list[PartyBalance], lines: list[str]
) -> Reply:
    """The parties that were named, and below them the bills; a single customer is told in one sentence."""
    found = open_items.first(session, wanted, lists.at_most(lists.MOST_LINES))
    number = sum(debt.bills for debt in debts)
    listing = lists.bill_list(found, lambda bill: lists.due_line(bill, context.today), number=number)
    if len({debt.party for debt in debts}) == 1:
        lines = [f"{owes(debt, wanted.side, context)}:" for debt in debts]
    only = found[0].id if number == 1 else None
    return Reply("\n".join([*lines, listing.text]), bill=only, listed=listing.bills)


def _line(debt: PartyBalance) -> str:
    """ "• Acme GmbH · €1,249.50 · 2 bills, €80.00 overdue"."""
    bills = say_count("{n} bill", "{n} bills", debt.bills)
    late = say(", {amount} overdue", amount=money(debt.overdue)) if debt.overdue.minor > 0 else ""
    return f"• {debt.party} · {money(debt.amount)} · {bills}{late}"
