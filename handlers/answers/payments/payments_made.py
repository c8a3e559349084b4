"""Which payments were made or came in, in a period: money that moved, not costs."""

from __future__ import annotations

from collections.abc import Sequence

from sqlmodel import Session

from handlers.answers.currency_totals import sums_of
from handlers.context import Context
from handlers.language.formats import day, listed, money
from handlers.language.translation import say, say_count
from handlers.messages import Reply
from handlers.requests import Payments
from handlers.wording import account_names, lists, party_names, period_names
from storage.bills import lifecycle
from storage.models import Side
from storage.reports import payments_made as made
from storage.reports.payments_made import Payment, PaymentQuery


def payments(session: Session, context: Context, request: Payments) -> tuple[Reply, ...]:
    """The sum of each currency, and the payments, the newest first, with the bills that they settled.

    Raises: NotFound for a party or account that nobody knows.
    """
    wanted = wanted_by(session, request)
    sums = made.sums(session, wanted)
    label = lists.after(_label(session, context, request))
    if not sums:
        return (Reply(_nothing(request, label)),)
    found = made.latest(session, wanted, lists.at_most(lists.MOST_LINES))
    number = sum(each.payments for each in sums)
    text = sums_of(session, context, [each.amount for each in sums])
    head = say_count("{n} payment{label}, {sums}:", "{n} payments{label}, {sums}:", number, label=label, sums=text)
    if request.side == "receivable":
        head = say_count("{sums} came in{label}:", "{sums} came in{label}, {n} times:", number, label=label, sums=text)
    lines, bills = payment_lines(session, found)
    if number > len(found):
        lines.append(lists.left_out(number - len(found)))
    return (Reply("\n".join([head, *lines]), bill=bills[0] if number == len(bills) == 1 else None, listed=bills),)


def wanted_by(session: Session, request: Payments) -> PaymentQuery:
    """The payments that the question is about. Raises: NotFound."""
    return PaymentQuery(
        Side(request.side),
        request.since,
        request.until,
        party_names.party_ids(session, request.vendor),
        account_names.liquidity_account(session, request.account).code if request.account else None,
    )


def payment_lines(session: Session, found: Sequence[Payment]) -> tuple[list[str], tuple[int, ...]]:
    """A line for each payment, numbered where it settled a single bill; and these bills in their order."""
    numbered: list[int] = []
    lines = []
    for payment in found:
        mark = "•"
        if len(payment.bills) == 1 and len(found) > 1:
            mark = f"{len(numbered) + 1}."
        if len(payment.bills) == 1:
            numbered.append(payment.bills[0])
        lines.append(f"{mark} {_line(session, payment)}")
    return lines, tuple(numbered)


def _line(session: Session, payment: Payment) -> str:
    """ "3 May 2025 · Acme GmbH 2024-117 · €1,249.50 · Bank"."""
    numbers = [bill.number for bill in (lifecycle.find(session, id_) for id_ in payment.bills) if bill.number]
    whom = listed(payment.parties) if payment.parties else payment.description
    what = " ".join(filter(None, (whom, ", ".join(numbers))))
    return f"{day(payment.on)} · {what} · {money(payment.amount)} · {account_names.account_name(payment.account)}"


def _label(session: Session, context: Context, request: Payments) -> str:
    """The condition in words, with the party and the account that the words which came along do not say."""
    parts = [request.label or period_names.days(request.since, request.until, context.today)]
    if request.vendor and request.vendor.casefold() not in parts[0].casefold():
        parts.append(period_names.condition("", request.vendor, side=request.side))
    if request.account:
        name = account_names.account_name(account_names.liquidity_account(session, request.account))
        parts += [say("account {name}", name=name)] if name.casefold() not in parts[0].casefold() else []
    return ", ".join(filter(None, parts))


def _nothing(request: Payments, label: str) -> str:
    if request.side == "payable":
        return say("No payment was booked{label}.", label=label)
    return say("No money came in{label}.", label=label)
