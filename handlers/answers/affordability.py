"""Whether the money is enough: for a wish, for all that is open, and for how long."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from decimal import Decimal

from sqlmodel import Session

from handlers.context import Context
from handlers.language.formats import day, money
from handlers.language.translation import say
from handlers.messages import Reply
from handlers.requests import Forecast
from handlers.wording import lists
from handlers.wording.books import missing_opening_balance
from storage.bills import lifecycle
from storage.ledger.money import Money
from storage.models import Bill, Side
from storage.reports import cash_flow_forecast, open_items
from storage.reports.cash_flow_forecast import Basis
from storage.reports.cash_flow_forecast import Forecast as Ahead
from storage.reports.open_items import OpenItemFilter

MOST = 10


def affordable(session: Session, context: Context, request: Forecast) -> tuple[Reply, ...]:
    """Yes or no: what is there today, less what is due until then, less the amount. For no amount, of each currency in
    which something is due.

    What should come in is not relied upon; where it would make the difference, that is said.
    """
    if request.currency is not None or Decimal(request.afford or 0):
        return (_affordable(session, context, request, request.currency or context.currency),)
    due = open_items.sums(session, OpenItemFilter(Side.PAYABLE, until=request.until))
    currencies = [each.amount.currency for each in due] or [context.currency]
    ours_first = sorted(currencies, key=lambda currency: currency != context.currency)
    return tuple(_affordable(session, context, request, currency) for currency in ours_first)


def _affordable(session: Session, context: Context, request: Forecast, currency: str) -> Reply:
    amount = Money.of(request.afford or "0", currency)
    ahead = _ahead(session, context, request, currency)
    wanted = OpenItemFilter(Side.PAYABLE, until=request.until, currency=currency)
    due = _sum(session, wanted, currency)
    left = ahead.opening - due - amount
    coming = ahead.sum_of(Basis.OPEN, Basis.OVERDUE, incoming=True)
    expected = ahead.sum_of(Basis.EXPECTED, incoming=False)
    untold = bool(ahead.untold)
    lines = [_verdict(left, coming, untold), *_reckoning(ahead, due, amount, untold)]
    if coming.minor:
        lines.append(say("• not counted: {amount} that is to come in by then", amount=money(coming)))
    if expected.minor:
        lines.append(
            say("• not counted: {amount} of bills that are expected, as they came regularly", amount=money(-expected))
        )
    lines.append(missing_opening_balance.counted_from_zero_remark(session, ahead.untold, context.today))
    return _with_bills(context, lines, open_items.first(session, wanted, MOST), session, wanted)


def after_bills(session: Session, context: Context, request: Forecast) -> tuple[Reply, ...]:
    """For each currency, what is left once all that we owe is paid, and with what others owe us."""
    found = cash_flow_forecast.forecast(session, context.today, context.today)
    replies = []
    for ahead in found:
        currency = ahead.opening.currency
        wanted = OpenItemFilter(Side.PAYABLE, currency=currency)
        owed = _sum(session, wanted, currency)
        theirs = _sum(session, OpenItemFilter(Side.RECEIVABLE, currency=currency), currency)
        left = missing_opening_balance.mark_counted_from_zero(money(ahead.opening - owed), bool(ahead.untold))
        lines = [
            say("{left} is left once all open bills are paid.", left=left),
            _today(ahead),
            say("• less {amount} that we owe", amount=money(owed)),
        ]
        if theirs.minor:
            both = money(ahead.opening - owed + theirs)
            lines.append(say("• with {amount} that others owe us: {both}", amount=money(theirs), both=both))
        lines.append(missing_opening_balance.counted_from_zero_remark(session, ahead.untold, context.today))
        replies.append(_with_bills(context, lines, open_items.first(session, wanted, MOST), session, wanted))
    return tuple(replies) or (Reply(say("No account has a balance and no bill is open.")),)


def lasts(session: Session, context: Context, request: Forecast) -> tuple[Reply, ...]:
    """For each currency, on which day what is booked and recurs leaves less than nothing, if it does."""
    found = cash_flow_forecast.forecast(session, context.today, request.until)
    if not found:
        return (Reply(say("No account has a balance and no bill is open.")),)
    return tuple(_until_when(session, context, ahead) for ahead in found)


def _until_when(session: Session, context: Context, ahead: Ahead) -> Reply:
    currency, until = ahead.opening.currency, day(ahead.until)
    empty = next(((on, balance) for on, balance in ahead.line() if balance.minor < 0), None)
    if ahead.opening.minor < 0:
        head = say("There is no money in {currency} left: the balance is below zero.", currency=currency)
    elif empty is None:
        head = say("The money in {currency} does not run out by {day}.", currency=currency, day=until)
    elif empty[0] == context.today:
        head = say("The money in {currency} is not enough for what is due by now.", currency=currency)
    else:
        last = day(empty[0] - timedelta(days=1))
        head = say("The money in {currency} lasts until {day}.", currency=currency, day=last)
    on, lowest = ahead.lowest
    lines = [head, _today(ahead)]
    if empty:
        lines.append(say("• {day}: {amount}", day=day(empty[0]), amount=money(empty[1])))
    lines.append(say("• Lowest: {amount} on {day}", amount=money(lowest), day=day(on)))
    lines.append(say("This counts open bills on their due date, and bills that came regularly."))
    lines.append(missing_opening_balance.counted_from_zero_remark(session, ahead.untold, context.today))
    counted = [flow.bills[0] for flow in ahead.flows if flow.basis is not Basis.EXPECTED]
    bills = [lifecycle.find(session, bill) for bill in counted[:MOST]]
    listing = lists.bill_list(bills, lambda bill: lists.due_line(bill, context.today), number=len(counted))
    return Reply("\n".join(filter(None, (*lines, listing.text))), listed=listing.bills)


def _verdict(left: Money, coming: Money, untold: bool) -> str:
    rest = missing_opening_balance.mark_counted_from_zero(money(left if left.minor >= 0 else -left), untold)
    if left.minor >= 0:
        return say("Yes: {amount} is left.", amount=rest)
    if coming.minor + left.minor >= 0:
        return say("Only if what is due to us comes in by then: without it {amount} is missing.", amount=rest)
    return say("No: {amount} is missing.", amount=rest)


def _reckoning(ahead: Ahead, due: Money, amount: Money, untold: bool) -> list[str]:
    lines = [
        _today(ahead),
        say("• less {amount} that is due by {day}, what is overdue included", amount=money(due), day=day(ahead.until)),
    ]
    return lines + ([say("• less {amount} that you asked about", amount=money(amount))] if amount.minor else [])


def _today(ahead: Ahead) -> str:
    amount = missing_opening_balance.mark_counted_from_zero(money(ahead.opening), bool(ahead.untold))
    return say("• Today: {amount}", amount=amount)


def _ahead(session: Session, context: Context, request: Forecast, currency: str) -> Ahead:
    """The forecast of one currency, also where nothing is held or open in it."""
    found = cash_flow_forecast.forecast(session, context.today, request.until)
    none = Ahead(Money(0, currency), context.today, request.until, ())
    return next((ahead for ahead in found if ahead.opening.currency == currency), none)


def _sum(session: Session, wanted: OpenItemFilter, currency: str) -> Money:
    return sum((found.amount for found in open_items.sums(session, wanted)), Money(0, currency))


def _with_bills(
    context: Context, lines: Sequence[str], bills: Sequence[Bill], session: Session, wanted: OpenItemFilter
) -> Reply:
    """The reckoning, and below it the bills that it rests on, the first due first."""
    number = sum(found.bills for found in open_items.sums(session, wanted))
    listing = lists.bill_list(bills, lambda bill: lists.due_line(bill, context.today), number=number)
    return Reply("\n".join(filter(None, (*lines, listing.text))), listed=listing.bills)
