"""How fast invoices are paid: by customers, and by us."""

from __future__ import annotations

from datetime import timedelta
from fractions import Fraction

from sqlmodel import Session

from handlers.context import Context
from handlers.language.translation import say, say_count
from handlers.messages import Reply
from handlers.requests import PaymentDays
from handlers.wording import lists
from storage.models import Side
from storage.reports.insight.payment_days import PaymentDays as Measured
from storage.reports.insight.payment_days import payment_days

YEAR = timedelta(days=365)
MOST = 10


def show(session: Session, context: Context, request: PaymentDays) -> tuple[Reply, ...]:
    """The average of the last twelve months, then each party, the slowest first."""
    ours = request.side == "payable"
    side = Side.PAYABLE if ours else Side.RECEIVABLE
    found = payment_days(session, side, context.today - YEAR, context.today)
    if not found:
        return (Reply(say("No invoice was paid in full in the last twelve months, so there is nothing to measure.")),)
    everything, *parties = found
    head = (
        say("We pay after {days} days on average (DPO)", days=_days(everything.days))
        if ours
        else say("Customers pay after {days} days on average (DSO)", days=_days(everything.days))
    )
    of = say_count("{n} invoice in twelve months", "{n} invoices in twelve months", everything.number)
    shown = parties[: lists.at_most(MOST)]
    lines = [f"• {one.name}: {_line(one)}" for one in shown]
    if len(parties) > len(shown):
        lines.append(lists.left_out(len(parties) - len(shown)))
    return (Reply("\n".join([f"{head}, {_late(everything)}. {of}.", *lines])),)


def _line(one: Measured) -> str:
    words = say("{days} days", days=_days(one.days))
    return f"{words}, {_late(one)} ({one.number})"


def _late(one: Measured) -> str:
    if one.late is None:
        return say("without due dates")
    if one.late > 0:
        return say("{days} days late", days=_days(one.late))
    return (
        say("{days} days before they are due", days=_days(-one.late))
        if one.late < 0
        else say("on the day they are due")
    )


def _days(days: Fraction) -> str:
    """Rounded half up to whole days."""
    return str((2 * days.numerator + days.denominator) // (2 * days.denominator))
