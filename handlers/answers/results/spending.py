"""What was spent: by category, vendor, person, month or bill, in a period, alone or beside another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlmodel import Session

from handlers.answers.currency_totals import sums_of
from handlers.answers.results.comparison import average, change, differences
from handlers.button_ids import suggestion_choices
from handlers.charts import native
from handlers.charts.bars import spend_chart, spend_rows, spend_title
from handlers.charts.style import png
from handlers.context import Context
from handlers.errors import NotFound
from handlers.language.formats import day, listed, money, month
from handlers.language.translation import say, say_count
from handlers.messages import Attachment, Reply, drawn
from handlers.requests import Spend
from handlers.wording import lists, party_names, period_names
from storage.bills.vendors import find_all
from storage.ledger import double_entry
from storage.ledger.money import Money
from storage.models import Account
from storage.reports import spending
from storage.reports.spending import ANYONE, Period, Spent, Who

MOST = 12
"""Categories, vendors or months that are listed; sums are always of all."""

FEW = 5
"""Bills that are listed where nobody said how many."""


@dataclass(frozen=True)
class Costs:
    """Which costs are asked about: of a period, on some accounts, with or through somebody; `left_out` are accounts
    that were said not to be asked about."""

    span: Period
    accounts: Sequence[Account]
    who: Who
    left_out: Sequence[Account] = ()


def spend(session: Session, context: Context, request: Spend) -> tuple[Reply, ...]:
    """The sums, and the largest of the bills that they rest on. Without a period it is this year so far.

    Raises: NotFound for a category, vendor or person that there is not.
    """
    costs = costs_of(session, context, request)
    found = sums_by(session, costs, request.by)
    label = _label(request, costs)
    before = _before(session, request, costs)
    remark = books_begin(session, request.since, costs.span)
    if not found and not before:
        return (Reply("\n".join(filter(None, (say("Nothing was spent {label}.", label=label), remark)))),)
    bills = spending.largest_bills(session, costs.span, costs.accounts, costs.who, _most_bills(request))
    amounts = {item.bill.id: money(item.amount) for item in bills}
    listing = lists.bill_list(
        [item.bill for item in bills], lambda bill: f"{lists.vendor_and_number(bill)} · {amounts[bill.id]}"
    )
    lines = [_head(session, context, request, label, found, before, costs), remark]
    if request.by != "bill":
        lines += [*_lines(found, before, request, costs.accounts), *_title_of_bills(bool(bills))]
    charts = _charts(context, found, label, request.by, costs.accounts) if request.chart else ()
    drawable = len(found) > 1 and not request.chart and request.by != "bill"
    ways = suggestion_choices((say("as a chart"),)) if drawable else ()
    text = "\n".join(filter(None, [*lines, listing.text]))
    return (Reply(text, choices=ways, attachments=charts, listed=listing.bills),)


def costs_of(session: Session, context: Context, request: Spend) -> Costs:
    """The costs that the question is about. Raises: NotFound."""
    who = Who(
        _vendors(session, request.vendor),
        party_names.ids_without(session, request.without),
        party_names.people_ids(session, request.person) if request.person else None,
    )
    left_out = [account for name in request.without_categories for account in _accounts(session, name)]
    codes = {account.code for account in left_out}
    accounts = [one for one in _accounts(session, request.category) if one.code not in codes]
    return Costs(span_of(request, context.today), accounts, who, left_out)


def books_begin(session: Session, since: date | None, span: Period) -> str:
    """That the books begin only within the period, where one was named; "" where they do not."""
    first = spending.first_booking(session) if since else None
    if first is None or not span.since < first <= span.until or first.replace(day=1) <= span.since:
        return ""
    return say("The books begin on {day}; nothing before that is in it.", day=day(first))


def _most_bills(request: Spend) -> int:
    return (request.most or FEW) if request.by == "bill" else FEW


def _title_of_bills(some: bool) -> list[str]:
    return [say("The largest bills (without VAT):")] if some else []


def _label(request: Spend, costs: Costs) -> str:
    """The condition in words, with what the words that came along do not say."""
    label = request.label or period_names.between(costs.span.since, costs.span.until)
    if request.person and request.person.casefold() not in label.casefold():
        label = f"{label}, {say('on bills sent by {name}', name=request.person)}"
    return party_names.without(label, (*request.without, *(say(account.name) for account in costs.left_out)))


def _before(session: Session, request: Spend, costs: Costs) -> list[Spent] | None:
    """The period beside it: the one that was named, or the one before; None where it stands alone."""
    if request.versus_since and request.versus_until:
        span = Period(request.versus_since, request.versus_until)
    elif request.compare:
        span = costs.span.before()
    else:
        return None
    return sums_by(session, replace(costs, span=span), request.by)


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
    found = [known.id for known in find_all(session, vendor)]
    if not found:
        raise NotFound(say("I know no vendor called “{name}”.", name=vendor))
    return found


def sums_by(session: Session, costs: Costs, by: str) -> list[Spent]:
    """What was spent under each name: of categories, vendors, people or months."""
    span, accounts, who = costs.span, costs.accounts, costs.who
    if by == "vendor":
        return spending.by_vendor(session, span, accounts, who)
    if by == "person":
        return spending.by_person(session, span, accounts, who)
    if who != ANYONE:
        return spending.among(session, span, accounts, who, monthly=by == "month")
    return (spending.by_month if by == "month" else spending.by_category)(session, span, accounts)


def _head(
    session: Session,
    context: Context,
    request: Spend,
    label: str,
    found: Sequence[Spent],
    before: Sequence[Spent] | None,
    costs: Costs,
) -> str:
    """ "Spent €340.00 in March 2025, without VAT (+12% from €303.57 in the period before):"."""
    totals = double_entry.sum_by_currency(spent.amount for spent in found)
    sums = sums_of(session, context, totals) or say("nothing")
    if request.average:
        return _average(session, context, label, totals, costs)
    if before is None:
        if request.by == "bill":
            return say("The biggest expenses {label}, of {sums} in all without VAT:", sums=sums, label=label)
        return say("Spent {sums} {label}, without VAT:", sums=sums, label=label)
    earlier = double_entry.sum_by_currency(spent.amount for spent in before)
    if request.versus_since:
        return say(
            "Spent {sums} {label} and {earlier} {other}, without VAT: {difference}.",
            sums=sums,
            label=label,
            earlier=lists.sums(earlier) or say("nothing"),
            other=_versus_label(request),
            difference=differences(totals, earlier),
        )
    known = {total.currency: total for total in earlier}
    changes = [change(total, known.get(total.currency, Money(0, total.currency))) for total in totals]
    return say(
        "Spent {sums} {label}, without VAT ({changes} in the period before):",
        sums=sums,
        label=label,
        changes=", ".join(changes) or lists.sums(earlier),
    )


def _average(session: Session, context: Context, label: str, totals: Sequence[Money], costs: Costs) -> str:
    """The average of the months that the period and the books have in common."""
    first = spending.first_booking(session) or costs.span.since
    span = Period(max(costs.span.since, first), min(costs.span.until, context.today))
    if span.since > span.until:
        span = costs.span
    averages = [average(total, span) for total in totals]
    return say_count(
        "On average {average} a month {label} (of {sums} in {n} month), without VAT:",
        "On average {average} a month {label} (of {sums} in {n} months), without VAT:",
        averages[0][1] if averages else 1,
        average=lists.sums([amount for amount, _ in averages]) or say("nothing"),
        label=label,
        sums=lists.sums(totals),
    )


def _versus_label(request: Spend) -> str:
    assert request.versus_since is not None and request.versus_until is not None
    return request.versus_label or period_names.between(request.versus_since, request.versus_until)


def _lines(
    found: Sequence[Spent], before: Sequence[Spent] | None, request: Spend, accounts: Sequence[Account]
) -> list[str]:
    """A line for each group; beside another period also for those that only it has."""
    earlier = {(spent.name, spent.amount.currency): spent.amount for spent in before or ()}
    now = {(spent.name, spent.amount.currency) for spent in found}
    gone = [Spent(spent.name, Money(0, spent.amount.currency)) for spent in before or () if request.versus_since]
    groups = [*found, *(spent for spent in gone if (spent.name, spent.amount.currency) not in now)]
    most = request.most or lists.at_most(MOST)
    lines = []
    for spent in groups[:most]:
        was = earlier.get((spent.name, spent.amount.currency), Money(0, spent.amount.currency))
        compared = f" ({change(spent.amount, was)})" if before is not None and request.by != "month" else ""
        lines.append(f"• {named(spent.name, request.by, accounts)} · {money(spent.amount)}{compared}")
    hidden = len(groups) - most
    return lines + ([lists.left_out(hidden)] if hidden > 0 and request.most is None else [])


def named(name: str, by: str, accounts: Sequence[Account]) -> str:
    """The name of a sum as people read it: the account's, the vendor's, the person's, or the month."""
    if by == "person":
        return name or say("Without a bill")
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
        picture = png(spend_chart(bars, label))
        shown = native.bars(spend_rows(bars), spend_title(label))
        charts.append(drawn(f"spend-{currency}.png", picture, context.keep(picture), shown))
    return tuple(charts)
