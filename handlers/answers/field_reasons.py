"""Why a field of a bill is what it is, why it is doubted, and why a bill is overdue."""

from __future__ import annotations

from typing import Any

from sqlmodel import Session

from extraction.evidence import CONFIDENCE_THRESHOLD
from handlers.context import Context
from handlers.language.formats import day, moment, money, share, title
from handlers.language.translation import say, say_count, sayable
from handlers.wording.bill_texts import FIELD_NAMES, field_name
from handlers.wording.cards import shown_value
from handlers.wording.doubts import doubts
from handlers.wording.extraction_texts import translate_extraction_text
from storage.bills import amendments, lifecycle, outstanding
from storage.models import Bill, BillState
from storage.people import people

SOURCES = {
    "xml": sayable("it is stated in the e-invoice"),
    "qr": sayable("it is in the payment code on the page"),
    "text": sayable("it is printed on page {page}"),
    "ocr": sayable("I read it on page {page}"),
    "derived": sayable("I worked it out"),
}

_OPEN_STATES = (BillState.CONFIRMED, BillState.PART_PAID)


def field_called(said: str) -> str | None:
    """The field that people call so, in the language spoken or in English; None for anything else."""
    for field, name in FIELD_NAMES.items():
        if said and said in (field, name.casefold(), say(name).casefold()):
            return field
    return None


def field_reason(session: Session, context: Context, bill: Bill, field: str) -> str:
    """ "Due date is 2 Apr 2025: I worked it out (from “30 days net”). I am 62% sure, so please check it."."""
    found: dict[str, Any] | None = bill.evidence.get(field)
    name = title(field_name(field))
    if found is None:
        return say("{field}: nothing was found on the document, and nobody has said it.", field=name)
    value = shown_value(field, str(found["value"]), bill.currency)
    if found.get("source") == "person":
        return _said(session, context, bill, field, name, value)
    source = say(SOURCES.get(str(found.get("source")), SOURCES["derived"]), page=found.get("page"))
    reason = f" ({translate_extraction_text(str(found['reason']))})" if found.get("reason") else ""
    sure = share(float(found.get("confidence", 1.0)))
    if found.get("confidence", 1.0) < CONFIDENCE_THRESHOLD:
        tail = say("I am only {percent} sure, so please check it.", percent=sure)
    else:
        tail = say("I am {percent} sure.", percent=sure)
    because = f"{source}{reason}"
    return say("{field} is {value}: {because}. {sure}", field=name, value=value, because=because, sure=tail)


def overdue_reason(session: Session, context: Context, bill: Bill) -> str:
    """Since when a bill is overdue, and what is still open; or why it is not."""
    if bill.state not in _OPEN_STATES:
        return say("It is not overdue: nothing is open on it.")
    if bill.due_date is None:
        return say("It cannot be overdue: no due date is known.")
    days = (context.today - bill.due_date).days
    rest = money(outstanding.open_amount(bill))
    if days <= 0:
        return say("It is not overdue: it is due on {day}.", day=day(bill.due_date))
    said = say_count(
        "It was due on {day}, {n} day ago, and {amount} of it is still open.",
        "It was due on {day}, {n} days ago, and {amount} of it is still open.",
        days,
        day=day(bill.due_date),
        amount=rest,
    )
    return f"{said} {field_reason(session, context, bill, 'due_date')}"


def bill_reasons(session: Session, context: Context, bill: Bill) -> list[str]:
    """All that is to be checked on a bill, each with its reason; what it looks like a duplicate of; or its total."""
    reasons = []
    if bill.state is BillState.HELD and bill.duplicate_of is not None:
        other = lifecycle.find(session, bill.duplicate_of)
        reasons.append(
            say(
                "It looks like {bill}, which is already here: the same vendor and number, or amount and date.",
                bill=lifecycle.bill_title(other),
            )
        )
    if bill.state in (BillState.DRAFT, BillState.HELD):
        for field, found in bill.evidence.items():
            if found.get("source") != "person" and found.get("confidence", 1.0) < CONFIDENCE_THRESHOLD:
                reasons.append(field_reason(session, context, bill, field))
        reasons += [f"{title(doubt)}." for doubt in doubts(bill, context.today, 0.0)]
    if bill.due_date and bill.due_date < context.today and bill.state in _OPEN_STATES:
        reasons.append(overdue_reason(session, context, bill))
    return reasons or [field_reason(session, context, bill, "total")]


def _said(session: Session, context: Context, bill: Bill, field: str, name: str, value: str) -> str:
    """Who said it, and when, as far as that is known."""
    told = amendments.last_of(session, bill.id, field)
    who = people.find_by_id(session, told.person_id) if told else None
    if told is None or who is None:
        return say("{field} is {value}: somebody here said so.", field=name, value=value)
    at = moment(told.made_at.astimezone(context.zone))
    if told.old is None:
        return say("{field} is {value}: {who} said so on {moment}.", field=name, value=value, who=who.name, moment=at)
    return say(
        "{field} is {value}: {who} said so on {moment}; before, it was {old}.",
        field=name,
        value=value,
        who=who.name,
        moment=at,
        old=shown_value(field, told.old, bill.currency),
    )
