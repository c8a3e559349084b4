"""What was spent: by category, vendor or month, in a period, beside the period before it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from sqlmodel import Session

from handlers.answers.currency_totals import sums_of
from handlers.charts.bars import spend_chart
from handlers.charts.style import png
from handlers.context import Context
from handlers.errors import NotFound
from handlers.language.formats import listed, money, month, percent
from handlers.language.translation import say
from handlers.messages import Attachment, Reply
from handlers.requests import Spend
from handlers.wording import lists, period_names
from storage.bills.vendors import find_vendors
from storage.ledger import double_entry
from storage.ledger.money import Money
from storage.models import Account
from storage.reports import spending
from storage.reports.spending import Period, Spent

MOST = 12
"""Categories, vendors or months that are listed; sums are always of all."""


def spend(session: Session, context: Context, request: Spend) -> tuple[Reply, ...]:
    """The sums, and the largest of the bills that they rest on. Without a period it is this year so far.

    Raises: NotFound for a category or vendor that there is not.
    """
    span = span_of(request, context.today)
    accounts = _accounts(session, request.category)
    vendors = _vendors(session, request.vendor)
    found = _found(session, span, accounts, vendors, request.by)
    label = request.label or period_names.between(span.since, span.until)
    if not found:
        return (Reply(say("Nothing was spent {label}.", label=label)),)
    before = _found(session, span.before(), accounts, vendors, request.by) if request.compare else None
    bills = spending.largest_bills(session, span, accounts, vendors)
    text = "\n".join((_head(session, context, label, found, before), *_lines(found, before, request.by, accounts)))
    amounts = {item.bill.id: money(item.amount) for item in bills}
    listing = lists.bill_list(
        [item.bill for item in bills], lambda bill: f"{lists.vendor_and_number(bill)} · {amounts[bill.id]}"
    )
    text = f"{text}\n{say('The largest bills (without VAT):')}\n{listing.text}" if bills else text
    charts = _charts(context, found, label, request.by, accounts) if request.chart else ()
    return (Reply(text, attachments=charts, listed=listing.bills),)


def span_of(request: Spend, today: date) -> Period:
    """The days that the question is about; a year so far where it names none."""
    until = request.until or today
    return Period(request.since or until.replace(month=1, day=1), until)


def _accounts(session: Session, category: str | None) -> list[Account]:
    """The expense accounts asked about: the one of this code or name, else all."""
    known = spending.expense_accounts(session)
    if category is None:
        return known
    said = category.casefold()
    found = [a for a in known if said in (a.code, a.name.casefold(), say(a.name).casefold())]
    if not found:
        names = listed([say(account.name) for account in known])
        raise NotFound(say("There is no category “{said}”. There are: {names}.", said=category, names=names))
    return found


def _vendors(session: Session, vendor: str | None) -> list[int] | None:
    """The ids of the vendors of that name, None where none was named."""
    if vendor is None:
        return None
    found = [known.id for known in find_vendors(session, vendor)]
    if not found:
        raise NotFound(say("I know no vendor called “{name}”.", name=vendor))
    return found


def _found(
    session: Session, span: Period, accounts: Sequence[Account], vendors: Sequence[int] | None, by: str
) -> list[Spent]:
    if by == "vendor":
        return spending.by_vendor(session, span, accounts, vendors)
    if vendors is not None:
        return spending.with_vendors(session, span, accounts, vendors, monthly=by == "month")
    return (spending.by_month if by == "month" else spending.by_category)(session, span, accounts)


def _head(
    session: Session, context: Context, label: str, found: Sequence[Spent], before: Sequence[Spent] | None
) -> str:
    """ "Spent €340.00 in March 2025, without VAT (+12% from €303.57 in the period before):"."""
    totals = double_entry.sum_by_currency(spent.amount for spent in found)
    sums = sums_of(session, context, totals)
    if before is None:
        return say("Spent {sums} {label}, without VAT:", sums=sums, label=label)
    earlier = {total.currency: total for total in double_entry.sum_by_currency(spent.amount for spent in before)}
    changes = [change(total, earlier.get(total.currency, Money(0, total.currency))) for total in totals]
    return say(
        "Spent {sums} {label}, without VAT ({changes} in the period before):",
        sums=sums,
        label=label,
        changes=", ".join(changes),
    )


def change(now: Money, before: Money) -> str:
    """ "+12% from €303.57"; where there was nothing before, there is no per cent of it."""
    if before.minor <= 0:
        return say("from {amount}", amount=money(before))
    share = percent(Decimal(now.minor - before.minor) / before.minor)
    return say("{percent} from {amount}", percent=share, amount=money(before))


def _lines(found: Sequence[Spent], before: Sequence[Spent] | None, by: str, accounts: Sequence[Account]) -> list[str]:
    earlier = {(spent.name, spent.amount.currency): spent.amount for spent in before or ()}
    lines = []
    for spent in found[:MOST]:
        was = earlier.get((spent.name, spent.amount.currency), Money(0, spent.amount.currency))
        compared = f" ({change(spent.amount, was)})" if before is not None and by != "month" else ""
        lines.append(f"• {named(spent.name, by, accounts)} · {money(spent.amount)}{compared}")
    return lines + ([say("… and {n} more.", n=len(found) - MOST)] if len(found) > MOST else [])


def named(name: str, by: str, accounts: Sequence[Account]) -> str:
    """The name of a sum as people read it: the account's, the vendor's, or the month."""
    if by == "month":
        return month(date.fromisoformat(f"{name}-01"))
    return next((say(account.name) for account in accounts if account.code == name), name)


def _charts(
    context: Context, found: Sequence[Spent], label: str, by: str, accounts: Sequence[Account]
) -> tuple[Attachment, ...]:
    """A picture for each currency."""
    charts = []
    for currency in sorted({spent.amount.currency for spent in found}):
        bars = [(named(s.name, by, accounts), s.amount) for s in found if s.amount.currency == currency]
        sha256 = context.keep(png(spend_chart(bars, label)))
        charts.append(Attachment(f"spend-{currency}.png", "image/png", sha256))
    return tuple(charts)
