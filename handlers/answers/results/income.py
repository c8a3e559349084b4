"""What we invoiced, net of VAT, by customer or month; and whether that is more than what it cost."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from sqlmodel import Session

from handlers.answers.currency_totals import sums_of
from handlers.answers.results.spending import FEW, MOST, books_begin, named
from handlers.context import Context
from handlers.language.formats import money
from handlers.language.translation import say
from handlers.messages import Reply
from handlers.requests import Income, Profit
from handlers.wording import lists, party_names, period_names
from storage.ledger import double_entry
from storage.models import Bill
from storage.reports import income as invoiced
from storage.reports import spending
from storage.reports.income import Result
from storage.reports.spending import Item, Period


def income(session: Session, context: Context, request: Income) -> tuple[Reply, ...]:
    """The sums, by customer or month, and our largest invoices. Without a period it is this year so far.

    Raises: NotFound for a customer that nobody knows.
    """
    span = span_of(request, context.today)
    customers = party_names.party_ids(session, request.vendor)
    label = request.label or period_names.between(span.since, span.until)
    if request.vendor and request.vendor.casefold() not in label.casefold():
        label = f"{label}, {say('to {party}', party=request.vendor)}"
    find = invoiced.by_month if request.by == "month" else invoiced.by_customer
    found = find(session, span, customers)
    remark = books_begin(session, request.since, span)
    if not found:
        return (Reply(" ".join(filter(None, (say("Nothing was invoiced {label}.", label=label), remark)))),)
    sums = sums_of(session, context, double_entry.sum_by_currency(one.amount for one in found))
    lines = [say("We invoiced {sums} {label}, without VAT:", sums=sums, label=label), remark]
    most = request.most or lists.at_most(MOST)
    lines += [f"• {named(one.name, request.by, ())} · {money(one.amount)}" for one in found[:most]]
    if len(found) > most and request.most is None:
        lines.append(lists.left_out(len(found) - most))
    items = invoiced.largest_invoices(session, span, customers, FEW)
    listing = lists.bill_list([item.bill for item in items], _line(items))
    lines += [say("Our largest invoices (without VAT):"), listing.text] if items else []
    return (Reply("\n".join(filter(None, lines)), listed=listing.bills),)


def profit(session: Session, context: Context, request: Profit) -> tuple[Reply, ...]:
    """Income less costs of each currency, both net, and the largest bills on either side."""
    span = span_of(request, context.today)
    label = request.label or period_names.between(span.since, span.until)
    found = invoiced.results(session, span)
    remark = books_begin(session, request.since, span)
    if not found:
        return (Reply(" ".join(filter(None, (say("Nothing was booked {label}.", label=label), remark)))),)
    lines = [part for result in found for part in _result(result, label)]
    items = [
        *invoiced.largest_invoices(session, span, None, FEW),
        *spending.largest_bills(session, span, spending.expense_accounts(session), most=FEW),
    ]
    listing = lists.bill_list([item.bill for item in items], _line(items))
    lines += [remark, say("The largest bills (without VAT):"), listing.text] if items else [remark]
    return (Reply("\n".join(filter(None, lines)), listed=listing.bills),)


def span_of(request: Income | Profit, today: date) -> Period:
    """The days that the question is about; a year so far where it names none."""
    until = request.until or today
    return Period(request.since or until.replace(month=1, day=1), until)


def _result(result: Result, label: str) -> list[str]:
    """ "Profit of €2,000.00 in March 2025, without VAT: income €3,000.00 less costs €1,000.00."."""
    values = {"label": label, "income": money(result.income), "costs": money(result.costs)}
    if result.profit.minor < 0:
        text = say(
            "Loss of {amount} {label}, without VAT: income {income} less costs {costs}.",
            amount=money(-result.profit),
            **values,
        )
    else:
        text = say(
            "Profit of {amount} {label}, without VAT: income {income} less costs {costs}.",
            amount=money(result.profit),
            **values,
        )
    if not result.besides.minor:
        return [text]
    return [text, say("• of the income, {amount} are discounts and exchange rates", amount=money(result.besides))]


def _line(items: Sequence[Item]) -> Callable[[Bill], str]:
    """How each of these bills is listed: with its net amount."""
    amounts = {item.bill.id: money(item.amount) for item in items}
    return lambda bill: f"{lists.vendor_and_number(bill)} · {amounts[bill.id]}"
