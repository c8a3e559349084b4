"""What Billify does not do (yet), with the nearest that it does; and changes that are shown before they are made."""

from __future__ import annotations

from sqlmodel import Session

from handlers.button_ids import choice_id, fits, suggestion_choices
from handlers.context import Context
from handlers.language.formats import title
from handlers.language.translation import say, sayable
from handlers.messages import Choice, Reply
from handlers.requests import NotOffered, OnBill, Proposed, Topic
from handlers.wording.account_names import account_names
from handlers.wording.cards import bill_label
from handlers.wording.request_words import described, with_names
from storage.bills import lifecycle

CANNOT: dict[Topic, str] = {
    "fees": sayable("I can't work out interest or late fees yet. What is overdue, and since when, I can tell."),
    "discounts": sayable("I can't add up discounts yet. In the trial balance they have accounts of their own."),
    "tax": sayable(
        "I can't make tax returns other than of VAT. Its accounts are in the trial balance, and in the export."
    ),
    "activity": sayable("I can't list what a person did yet. What happened to a bill, and who did it, I can tell."),
    "customers_terms": sayable("I can't keep terms for customers yet. Who owes us, and since when, I can tell."),
}

NEAREST: dict[Topic, tuple[str, ...]] = {
    "fees": (sayable("what's overdue?"),),
    "discounts": (sayable("trial balance"),),
    "tax": (sayable("VAT return last month"), sayable("trial balance")),
    "activity": (sayable("last 5 invoices"),),
    "customers_terms": (sayable("who owes us?"),),
}
"""What is suggested, as sentences that are understood."""

WITH_VENDOR: dict[Topic, tuple[str, ...]] = {}
"""The same, about a vendor that was named."""

WITH_BILL: dict[Topic, tuple[str, ...]] = {
    "activity": (sayable("what happened to this bill?"),),
}
"""The same, about the bill in focus."""


def not_offered(session: Session, context: Context, request: NotOffered) -> tuple[Reply, ...]:
    """That this can't be done, in one sentence, and the nearest as buttons."""
    sentences = tuple(say(text) for text in NEAREST.get(request.topic, ()))
    if request.vendor and request.topic in WITH_VENDOR:
        sentences = tuple(say(text, vendor=request.vendor) for text in WITH_VENDOR[request.topic])
    elif context.bill is not None and request.topic in WITH_BILL:
        sentences = tuple(say(text) for text in WITH_BILL[request.topic])
    return (Reply(say(CANNOT[request.topic]), choices=suggestion_choices(sentences), bill=context.bill),)


def proposed(session: Session, context: Context, request: Proposed) -> tuple[Reply, ...]:
    """The change in words, with a button that makes it and one that says how to word it; nothing is changed."""
    about = request.request.bill if isinstance(request.request, OnBill) else context.bill
    inner = request.request.request if isinstance(request.request, OnBill) else request.request
    label = bill_label(lifecycle.find(session, about)) if about is not None else ""
    words = described(with_names(inner, account_names(session)), label)
    text = f"{title(words)}?" if words else say("Shall I do this: “{sentence}”?", sentence=request.sentence)
    yes = f"say:{request.sentence}"
    change = Choice(choice_id("reword", argument=type(inner).__name__.lower()), say("Change"))
    if not fits(yes, stamp=True):
        return (Reply(_long(text, request.sentence), choices=(change,), bill=about),)
    return (Reply(text, choices=(Choice(yes, say("Yes"), "primary"), change), bill=about),)


def _long(text: str, sentence: str) -> str:
    """For a sentence that no button can say."""
    return f"{text} {say('If so, say “{sentence}”.', sentence=sentence)}"
