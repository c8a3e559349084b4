"""The ageing report: open amounts by how long they are overdue."""

from __future__ import annotations

from datetime import timedelta

from sqlmodel import Session

from handlers.charts import native
from handlers.charts.bars import ageing_chart, ageing_title
from handlers.charts.style import png
from handlers.context import Context
from handlers.language.formats import money
from handlers.language.translation import say, say_count, sayable
from handlers.messages import Attachment, Reply, drawn
from handlers.requests import Ageing
from handlers.wording import lists
from storage.models import Side
from storage.reports import open_items
from storage.reports.ageing import AgeingBuckets
from storage.reports.ageing import ageing as ages_of
from storage.reports.open_items import OpenItemFilter

NAMES = (
    sayable("Not due yet"),
    sayable("1–30 days overdue"),
    sayable("31–60 days overdue"),
    sayable("61–90 days overdue"),
    sayable("More than 90 days overdue"),
)
"""What the ages of `storage.reports.ageing.BUCKET_LIMITS` are called."""

MOST = 10


def ageing(session: Session, context: Context, request: Ageing) -> tuple[Reply, ...]:
    """Each age with its sum and number of bills, then the bills that are overdue longest."""
    side = Side(request.side)
    found = ages_of(session, side, context.today)
    ours = side is Side.PAYABLE
    if not found:
        return (Reply(say("We owe nothing.") if ours else say("Nobody owes us anything.")),)
    text = "\n".join(line for ages in found for line in _lines(ages, ours))
    overdue = OpenItemFilter(side, until=context.today - timedelta(days=1))
    late = open_items.first(session, overdue, lists.at_most(MOST))
    number = sum(ages.overdue for ages in found)
    listing = lists.bill_list(late, lambda bill: lists.due_line(bill, context.today), number=number)
    if late:
        text = f"{text}\n{say('Overdue:')}\n{listing.text}"
    charts = tuple(_chart(context, ages) for ages in found) if request.chart else ()
    return (Reply(text, attachments=charts, listed=listing.bills),)


def _lines(ages: AgeingBuckets, ours: bool) -> list[str]:
    head = say("We owe {sums}:", sums=money(ages.total)) if ours else say("We are owed {sums}:", sums=money(ages.total))
    return [
        head,
        *(
            f"• {say(name)}: {money(ages.amount(age))} ({say_count('{n} bill', '{n} bills', ages.bills[age])})"
            for age, name in enumerate(NAMES)
            if ages.bills[age]
        ),
    ]


def _chart(context: Context, ages: AgeingBuckets) -> Attachment:
    bars = [(say(name), ages.amount(age)) for age, name in enumerate(NAMES)]
    picture = png(ageing_chart(bars))
    shown = native.bars(bars, ageing_title())
    return drawn(f"ageing-{ages.currency}.png", picture, context.keep(picture), shown)
