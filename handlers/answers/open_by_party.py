"""What we owe in all, and who owes us: by party, the largest first."""

from __future__ import annotations

from sqlmodel import Session

from handlers.answers.currency_totals import sums_of
from handlers.answers.due_bills import due
from handlers.context import Context
from handlers.language.formats import money
from handlers.language.translation import say, say_count
from handlers.messages import Reply
from handlers.requests import Due, Owed
from handlers.wording import lists
from handlers.wording.period_names import condition
from storage.ledger import double_entry
from storage.models import Side
from storage.reports import open_items


def owed(session: Session, context: Context, request: Owed) -> tuple[Reply, ...]:
    """The parties with what is open, and what of it is overdue; for one party, its bills."""
    if request.party:
        label = condition("", request.party, side=request.side)
        return due(session, context, Due(vendor=request.party, side=request.side, label=label))
    debts = open_items.by_party(session, Side(request.side), context.today)
    ours = request.side == "payable"
    if not debts:
        return (Reply(say("We owe nothing.") if ours else say("Nobody owes us anything.")),)
    sums = sums_of(session, context, double_entry.sum_by_currency(debt.amount for debt in debts))
    head = say("We owe {sums}:", sums=sums) if ours else say("We are owed {sums}:", sums=sums)
    lines = [_line(debt) for debt in debts[: lists.MOST_LINES]]
    if len(debts) > lists.MOST_LINES:
        lines.append(say("… and {n} more.", n=len(debts) - lists.MOST_LINES))
    return (Reply("\n".join([head, *lines])),)


def _line(debt: open_items.PartyBalance) -> str:
    """ "• Acme GmbH · €1,249.50 · 2 bills, €80.00 overdue"."""
    bills = say_count("{n} bill", "{n} bills", debt.bills)
    late = say(", {amount} overdue", amount=money(debt.overdue)) if debt.overdue.minor > 0 else ""
    return f"• {debt.party} · {money(debt.amount)} · {bills}{late}"
