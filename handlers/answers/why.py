"""Why: what a figure of the last answer rests on, or why something on a bill is as it is, or is doubted."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from sqlmodel import Session

from handlers.answers.due_bills import wanted_by
from handlers.answers.field_reasons import bill_reasons, field_called, field_reason, overdue_reason
from handlers.answers.open_by_party import wanted_of
from handlers.answers.payments.payments_made import payment_lines
from handlers.answers.payments.payments_made import wanted_by as wanted_by_payments
from handlers.answers.results.income import span_of as income_span
from handlers.answers.results.spending import costs_of
from handlers.answers.results.vat_return import bills_behind_all
from handlers.bills.find_bill import find_bill
from handlers.bills.settlement_words import settled_words
from handlers.context import Context
from handlers.language.formats import day, money
from handlers.language.translation import say, say_count
from handlers.messages import Attachment, Reply
from handlers.requests import Ageing, Balance, Due, Forecast, Income, Owed, Payments, Profit, Spend, VatReturn, Why
from handlers.rights import permitted
from handlers.wording import lists, party_names
from handlers.wording.books import missing_opening_balance
from storage.bank import opening_balances
from storage.bills import outstanding
from storage.bills.finding import search
from storage.bills.lifecycle import is_credit_note
from storage.bills.vendors import find_all
from storage.ledger import accounts
from storage.models import Bill, Side
from storage.reports import cash_flow_forecast, drill_down, income, open_items, payments_made, spending
from storage.reports.open_items import OpenItemFilter

MOST = 10


def why(session: Session, context: Context, request: Why) -> tuple[Reply, ...]:
    """The reasons for a field or flag that was named, else for the last answer, else for the bill in focus."""
    about = _without_hint(request)
    question = context.last.question
    if not about and request.bill_hint is None and (explain := EXPLAINED.get(type(question))):
        return (explain(session, context, question),)
    if about in OVERDUE and request.bill_hint and (late := _overdue_of(session, context, request.bill_hint)):
        return (_why_overdue(session, context, late),)
    bill = find_bill(session, context, request.bill_hint)
    if about in OVERDUE:
        return (Reply(overdue_reason(session, context, bill), bill=bill.id),)
    if about in UNPAID:
        return (Reply(settled_words(session, bill, context.today), bill=bill.id),)
    if field := field_called(about):
        return (Reply(field_reason(session, context, bill, field), attachments=_page(bill), bill=bill.id),)
    return (Reply("\n".join(bill_reasons(session, context, bill)), attachments=_page(bill), bill=bill.id),)


def _without_hint(request: Why) -> str:
    """What is asked about, without the name of the bill: "not paid" of "why is K-26-1 not paid"."""
    about = (request.about or "").casefold()
    return " ".join(about.replace((request.bill_hint or "").casefold(), " ").split()) if request.bill_hint else about


def _overdue_of(session: Session, context: Context, hint: str) -> list[Bill]:
    """The overdue bills of all whom a name sums up, the longest overdue first; none for a bill's number."""
    vendors = [vendor.id for vendor in find_all(session, hint)]
    if not vendors or search.find_by_number(session, hint):
        return []
    yesterday = context.today - timedelta(days=1)
    wanted = (OpenItemFilter(side, until=yesterday, vendors=vendors) for side in Side)
    found = [bill for each in wanted for bill in open_items.first(session, each, MOST)]
    return [bill for bill in permitted.visible(session, context, found) if not is_credit_note(bill)]


def _why_overdue(session: Session, context: Context, late: list[Bill]) -> Reply:
    """Which bills, since when, and what is still open on each."""
    if len(late) == 1:
        name = lists.vendor_and_number(late[0])
        return Reply(f"{name}: {overdue_reason(session, context, late[0])}", bill=late[0].id)
    listing = lists.bill_list(
        late, lambda bill: f"{lists.vendor_and_number(bill)} · {overdue_reason(session, context, bill)}"
    )
    return Reply(listing.text, listed=listing.bills)


def _page(bill: Bill) -> tuple[Attachment, ...]:
    """The page on which each value that was read is outlined."""
    return (Attachment("page.png", "image/png", bill.picture_sha256),) if bill.picture_sha256 else ()


OVERDUE = frozenset({"overdue", "late", "überfällig", "uberfallig", "ueberfaellig"})
UNPAID = frozenset({"unpaid", "not paid", "open", "paid", "unbezahlt", "nicht bezahlt", "offen", "bezahlt"})


def _of_due(session: Session, context: Context, question: Due) -> Reply:
    return _of_bills(session, wanted_by(session, context, question))


def _of_owed(session: Session, context: Context, question: Owed | Ageing) -> Reply:
    if isinstance(question, Owed):
        return _of_bills(session, wanted_of(session, question))
    return _of_bills(session, OpenItemFilter(Side(question.side)))


def _of_bills(session: Session, wanted: OpenItemFilter) -> Reply:
    """The sum is what is open on each bill: what was booked less what was paid or credited since."""
    bills = open_items.first(session, wanted, MOST)
    if not bills:
        return Reply(say("There is no open bill behind that answer."))
    number = sum(found.bills for found in open_items.sums(session, wanted))
    listing = lists.bill_list(bills, lambda bill: _made_of(session, bill), number=number)
    head = say("That is what is still open on these bills: what was booked, less payments and credits.")
    return Reply(f"{head}\n{listing.text}", listed=listing.bills)


def _made_of(session: Session, bill: Bill) -> str:
    """ "Acme GmbH 2024-117 · €1,249.50 booked 3 Mar 2025, €500.00 off on 20 Mar 2025 = €749.50"."""
    standing = [ground for ground in drill_down.of_bill(session, bill.id) if not ground.undone]
    booked, rest = standing[:1], standing[1:]
    parts = [say("{amount} booked on {day}", amount=money(_positive(g)), day=day(g.on)) for g in booked]
    parts += [say("{amount} settled on {day}", amount=money(_positive(g)), day=day(g.on)) for g in rest]
    return f"{lists.vendor_and_number(bill)} · {', '.join(parts)} = {money(outstanding.open_amount(bill))}"


def _positive(ground: drill_down.SupportingPosting) -> Any:
    return -ground.amount if ground.amount.minor < 0 else ground.amount


def _of_balance(session: Session, context: Context, question: Balance) -> Reply:
    codes = (
        [question.account] if question.account else [account.code for account in accounts.liquidity_accounts(session)]
    )
    found, number = drill_down.of_accounts(session, codes, at=question.on, most=MOST)
    head = say_count(
        "A balance is the sum of all that was posted, here {n} posting. The latest:",
        "A balance is the sum of all that was posted, here {n} postings. The latest:",
        number,
    )
    lines = [f"• {day(ground.on)} · {ground.description} · {money(ground.amount)}" for ground in found]
    untold = [
        account for account in opening_balances.without_opening_balance(session, question.on) if account.code in codes
    ]
    remark = missing_opening_balance.counted_from_zero_remark(session, untold, context.today, question.on)
    return Reply("\n".join(filter(None, [head, *lines, remark])) if found else say("Nothing was posted there yet."))


def _of_payments(session: Session, context: Context, question: Payments) -> Reply:
    found = payments_made.latest(session, wanted_by_payments(session, question), MOST)
    lines, bills = payment_lines(session, found)
    head = say("Each is an entry that moved money on a bank or cash account; what was taken back is left out:")
    return Reply("\n".join([head, *lines]) if found else say("Nothing was posted there yet."), listed=bills)


def _of_spend(session: Session, context: Context, question: Spend) -> Reply:
    costs = costs_of(session, context, question)
    items = spending.largest_bills(session, costs.span, costs.accounts, costs.who, lists.MOST_LINES)
    amounts = {item.bill.id: money(item.amount) for item in items}
    listing = lists.bill_list(
        [item.bill for item in items], lambda b: f"{lists.vendor_and_number(b)} · {amounts[b.id]}"
    )
    head = say("That is what bills of that time put on expense accounts, their VAT left out where it is deducted:")
    return Reply(f"{head}\n{listing.text}", listed=listing.bills)


def _of_income(session: Session, context: Context, question: Income | Profit) -> Reply:
    customers = party_names.party_ids(session, question.vendor) if isinstance(question, Income) else None
    items = income.largest_invoices(session, income_span(question, context.today), customers, MOST)
    amounts = {item.bill.id: money(item.amount) for item in items}
    listing = lists.bill_list(
        [item.bill for item in items], lambda b: f"{lists.vendor_and_number(b)} · {amounts[b.id]}"
    )
    head = say("Income is what our own invoices of that time put on income accounts, VAT left out:")
    if isinstance(question, Profit):
        costs = say("Costs are what bills put on expense accounts: ask “what did we spend?” to see them.")
        return Reply(f"{head}\n{listing.text}\n{costs}", listed=listing.bills)
    return Reply(f"{head}\n{listing.text}", listed=listing.bills)


def _of_forecast(session: Session, context: Context, question: Forecast) -> Reply:
    """How each part of a forecast is found, and the steps of its line."""
    lines = [
        say(
            "A forecast starts from what bank and cash hold today. Open bills move it on their due date, overdue ones "
            "today. Bills that came at least three times at a regular interval are expected again, with the usual "
            "amount."
        )
    ]
    if question.after_bills:
        return _of_bills(session, OpenItemFilter(Side.PAYABLE))
    for ahead in cash_flow_forecast.forecast(session, context.today, question.until):
        lines += [f"• {day(on)}: {money(balance)}" for on, balance in ahead.line()[: lists.MOST_LINES]]
    return Reply("\n".join(lines))


EXPLAINED: dict[type, Callable[[Session, Context, Any], Reply]] = {
    Due: _of_due,
    Owed: _of_owed,
    Ageing: _of_owed,
    Balance: _of_balance,
    Payments: _of_payments,
    Spend: _of_spend,
    Income: _of_income,
    Profit: _of_income,
    Forecast: _of_forecast,
    VatReturn: bills_behind_all,
}
"""How the figures of a question are explained."""
