"""The weekly digest: what is late, what is coming, what there is, and what waits for somebody."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from sqlmodel import Session

from handlers.bills.deeds.beside_facts import hold_line
from handlers.button_ids import suggestion_choices
from handlers.context import Context
from handlers.language.formats import money, short_day
from handlers.language.translation import say, say_count
from handlers.messages import Reply
from handlers.reminders import wording
from handlers.rights import permitted
from handlers.wording import lists
from handlers.wording.books import missing_opening_balance, subscription_texts
from storage.approvals import approvals
from storage.bank import bank_movements
from storage.bills import outstanding
from storage.bills.beside import payment_holds
from storage.messages import reminders
from storage.models import Bill, Permission, Side
from storage.reports.cash_flow_forecast import forecast
from storage.reports.insight.subscriptions import subscriptions

WEEK = timedelta(days=7)
MONTH = timedelta(days=30)


def digest_of(session: Session, context: Context) -> Reply | None:
    """The digest as it is now; None when nothing is open and nothing waits."""
    today = context.today
    due = permitted.visible(session, context, reminders.open_until(session, today + WEEK, today))
    ours = [bill for bill in due if bill.side is Side.PAYABLE]
    late = [bill for bill in ours if bill.due_date and bill.due_date < today]
    soon = [bill for bill in ours if bill not in late]
    coming_in = [bill for bill in due if bill.side is Side.RECEIVABLE]
    waiting = permitted.visible(session, context, outstanding.waiting_bills(session))
    if not (due or waiting):
        return None
    numbered = [*late, *soon, *coming_in]
    parts = [
        say("Good morning, {name}. Your week:", name=context.asker.name),
        _section(say("Overdue"), late, numbered, context),
        _section(say("Due in the next 7 days"), soon, numbered, context),
        _section(say("Expected in"), coming_in, numbered, context),
        _on_hold(session, context),
        _regular(session, context),
        _there_is(session, context),
        "\n".join(_waiting(session, context, len(waiting))),
    ]
    ahead = (say("forecast"),) if permitted.may(session, context, Permission.SEE_BALANCES) else ()
    ask = (say("what's overdue?"), *ahead, say("what is waiting?"))
    return Reply(
        "\n\n".join(part for part in parts if part),
        choices=suggestion_choices(ask),
        listed=tuple(bill.id for bill in numbered),
    )


def _section(head: str, bills: Sequence[Bill], numbered: Sequence[Bill], context: Context) -> str:
    """A heading with the sums, and the bills under the numbers that they have in the whole."""
    if not bills:
        return ""
    sums = " + ".join(money(total) for total in outstanding.totals(bills))
    shown = [
        f"{numbered.index(bill) + 1}. {lists.due_line(bill, context.today)}" for bill in bills[: wording.MOST_LINES]
    ]
    if len(bills) > wording.MOST_LINES:
        shown.append(say("… and {n} more.", n=len(bills) - wording.MOST_LINES))
    return "\n".join([f"{head}, {sums}:", *shown])


def _on_hold(session: Session, context: Context) -> str:
    """What nobody is to pay for now, and why; "" for nothing."""
    found = payment_holds.all_in_force(session, context.today)
    seen = {bill.id for bill in permitted.visible(session, context, [bill for _, bill in found])}
    lines = [hold_line(session, held, bill) for held, bill in found if bill.id in seen]
    shown = [f"• {line}" for line in lines[: wording.MOST_LINES]]
    return "\n".join([say("On hold, not to be paid:"), *shown]) if shown else ""


def _regular(session: Session, context: Context) -> str:
    """Regular bills that are missing, or came twice; "" for none, and for whom they are not."""
    if not permitted.may(session, context, Permission.SEE_SPENDING):
        return ""
    odd = [one for one in subscriptions(session, context.today) if subscription_texts.trouble(one)]
    lines = [f"• {subscription_texts.line(one)}" for one in odd[: wording.MOST_LINES]]
    return "\n".join([say("Regular bills to look at:"), *lines]) if lines else ""


def _there_is(session: Session, context: Context) -> str:
    """What is on the bank and cash accounts, and what will be in a month; "" for whom that is not."""
    if not permitted.may(session, context, Permission.SEE_BALANCES):
        return ""
    ahead = forecast(session, context.today, context.today + MONTH)
    lines = [
        say(
            "In bank and cash: {now}, in 30 days {then}, at the lowest {lowest} on {day}.",
            now=missing_opening_balance.mark_counted_from_zero(money(one.opening), bool(one.untold)),
            then=money(one.closing),
            lowest=money(one.lowest[1]),
            day=short_day(one.lowest[0]),
        )
        for one in ahead
    ]
    untold = {account.code: account for one in ahead for account in one.untold}
    remark = missing_opening_balance.counted_from_zero_remark(session, list(untold.values()), context.today)
    return "\n".join(filter(None, (*lines, remark)))


def _waiting(session: Session, context: Context, documents: int) -> list[str]:
    """What waits for somebody, a line each."""
    bills = len(permitted.visible(session, context, approvals.waiting(session)))
    matches = permitted.may(session, context, Permission.SEE_BOOKS)
    movements = len(bank_movements.open_movements(session)) if matches else 0
    lines = (
        documents
        and say_count("{n} document waits to be confirmed.", "{n} documents wait to be confirmed.", documents),
        bills and say_count("{n} bill waits for approval.", "{n} bills wait for approval.", bills),
        movements and say_count("{n} movement of the bank waits.", "{n} movements of the bank wait.", movements),
    )
    return [line for line in lines if line]
