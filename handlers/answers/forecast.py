"""What there will be: the balance of bank and cash on a day to come, and what it is made of."""

from __future__ import annotations

from collections.abc import Sequence

from sqlmodel import Session, select

from handlers.answers.affordability import affordable, after_bills, lasts
from handlers.charts import native
from handlers.charts.forecast import forecast_chart, forecast_title
from handlers.charts.style import png
from handlers.context import Context
from handlers.language.formats import day, listed, money, short_day
from handlers.language.translation import say, say_count
from handlers.messages import Attachment, Reply, drawn
from handlers.requests import Forecast
from handlers.wording import lists
from handlers.wording.books import missing_opening_balance
from storage.db.lists import one_of
from storage.models import Bill
from storage.reports.cash_flow_forecast import Basis, Flow
from storage.reports.cash_flow_forecast import Forecast as Ahead
from storage.reports.cash_flow_forecast import forecast as look_ahead

MOST = 12
"""Movements that are listed; sums are always of all."""


def forecast(session: Session, context: Context, request: Forecast) -> tuple[Reply, ...]:
    """A reply for each currency: what there will be, what moves and why, and what is not counted.

    Bills are numbered on through the replies, so that "the second" is one.
    """
    if request.afford is not None:
        return affordable(session, context, request)
    if request.after_bills:
        return after_bills(session, context, request)
    if request.runs_out:
        return lasts(session, context, request)
    found = look_ahead(session, context.today, request.until)
    if not found:
        return (Reply(say("There is nothing to forecast yet: no account has a balance and no bill is open.")),)
    replies: list[Reply] = []
    for ahead in found:
        listed = sum(len(reply.listed) for reply in replies)
        replies.append(_reply(session, context, ahead, listed + 1, chart=request.chart))
    return tuple(replies)


def _reply(session: Session, context: Context, ahead: Ahead, begin: int, *, chart: bool) -> Reply:
    """The reply for one currency, its bills numbered from `begin` on."""
    bills = _bills(session, ahead.flows)
    most = lists.at_most(MOST)
    shown = ahead.flows[:most]
    numbered = [flow for flow in shown if flow.basis is not Basis.EXPECTED]
    numbers = {flow.bills[0]: number for number, flow in enumerate(numbered, begin)}
    lines = [_flow(flow, bills, numbers.get(flow.bills[0])) for flow in shown]
    if len(ahead.flows) > most:
        lines.append(lists.left_out(len(ahead.flows) - most))
    remark = missing_opening_balance.counted_from_zero_remark(session, ahead.untold, context.today)
    text = "\n".join(filter(None, (*_sums(ahead), remark, *lines, *_apart(ahead))))
    files: tuple[Attachment, ...] = ()
    if chart:
        name = f"forecast-{ahead.opening.currency}.png"
        picture = png(forecast_chart(ahead))
        shown_as = native.line(ahead.line(), forecast_title(ahead))
        files = (drawn(name, picture, context.keep(picture), shown_as),)
    return Reply(text, attachments=files, listed=tuple(flow.bills[0] for flow in numbered))


def _sums(ahead: Ahead) -> list[str]:
    """The answer, how it comes about, and the lowest point on the way."""
    days = (ahead.until - ahead.today).days
    lines = [
        say_count(
            "Bank and cash will be {amount} on {day} (in {n} day).",
            "Bank and cash will be {amount} on {day} (in {n} days).",
            days,
            amount=missing_opening_balance.mark_counted_from_zero(money(ahead.closing), bool(ahead.untold)),
            day=day(ahead.until),
        ),
        say(
            "• Today: {amount}",
            amount=missing_opening_balance.mark_counted_from_zero(money(ahead.opening), bool(ahead.untold)),
        ),
    ]
    for words, bases, incoming in (
        (say("overdue, assumed paid today"), (Basis.OVERDUE,), False),
        (_late_words(ahead), (Basis.OVERDUE,), True),
        (say("to pay"), (Basis.OPEN,), False),
        (say("to come in"), (Basis.OPEN,), True),
        (say("expected, as such bills came regularly"), (Basis.EXPECTED,), False),
        (say("expected in, as such invoices went out regularly"), (Basis.EXPECTED,), True),
    ):
        amount = ahead.sum_of(*bases, incoming=incoming)
        if amount.minor:
            lines.append(f"• {money(amount)} {words}")
    on, lowest = ahead.lowest
    if lowest < ahead.closing and on != ahead.today:
        lines.append(say("• Lowest: {amount} on {day}", amount=money(lowest), day=day(on)))
    return lines


def _late_words(ahead: Ahead) -> str:
    """What is overdue to us comes today, or when customers usually pay where that is known."""
    late = [flow for flow in ahead.flows if flow.basis is Basis.OVERDUE and flow.amount.minor > 0]
    if any(flow.habit is not None for flow in late):
        return say("overdue to us, when they usually pay")
    return say("overdue to us, assumed paid today")


def _flow(flow: Flow, bills: dict[int, Bill], number: int | None) -> str:
    """ "1. Acme GmbH 2024-117 · -€1,249.50 · 2 Apr"; what is only expected names the bills it is inferred from."""
    if flow.basis is Basis.EXPECTED:
        earlier = listed([bills[bill].number or day_of(bills[bill]) for bill in flow.bills])
        return say(
            "• {party} · about {amount} · {day} (expected after {bills})",
            day=short_day(flow.on),
            party=flow.party,
            amount=money(flow.amount),
            bills=earlier,
        )
    bill = bills[flow.bills[0]]
    overdue = say(", overdue") if flow.basis is Basis.OVERDUE else ""
    if flow.habit is not None and flow.habit > 0:
        overdue += say_count(", usually {n} day late", ", usually {n} days late", flow.habit)
    return f"{number}. {lists.vendor_and_number(bill)} · {money(flow.amount)} · {short_day(flow.on)}{overdue}"


def day_of(bill: Bill) -> str:
    """The bill by its date, where it has no number."""
    return short_day(bill.issue_date) if bill.issue_date else say("no number")


def _apart(ahead: Ahead) -> list[str]:
    """What does not count: bills that nobody confirmed, and those without a due date."""
    lines = []
    if ahead.drafts:
        names = listed([lists.vendor_and_number(bill) for bill in ahead.drafts[:3]])
        lines.append(
            say_count(
                "Not counted: {n} document that waits to be confirmed ({names}).",
                "Not counted: {n} documents that wait to be confirmed ({names} …).",
                len(ahead.drafts),
                names=names,
            )
        )
    if ahead.undated:
        names = listed([lists.vendor_and_number(bill) for bill in ahead.undated[:3]])
        lines.append(
            say_count(
                "Not counted: {n} open bill without a due date ({names}).",
                "Not counted: {n} open bills without a due date ({names} …).",
                len(ahead.undated),
                names=names,
            )
        )
    return lines


def _bills(session: Session, flows: Sequence[Flow]) -> dict[int, Bill]:
    ids = {bill for flow in flows[:MOST] for bill in flow.bills}
    return {bill.id: bill for bill in session.exec(select(Bill).where(one_of(Bill.id, ids))).all()}
