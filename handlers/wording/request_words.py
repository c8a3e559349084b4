"""Requests that change something, said back: what would be done, before it is done."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import fields, replace
from datetime import date
from decimal import Decimal
from typing import Any

from handlers.language.formats import day, listed, money, plain_amount
from handlers.language.translation import say, sayable
from handlers.requests import (
    Allocate,
    Amend,
    Approve,
    Categorise,
    Confirm,
    Discard,
    NotAnInvoice,
    OnBill,
    Pay,
    PaymentFile,
    Prepay,
    Refuse,
    SetOpeningBalance,
    SeveralRequests,
    Transfer,
    Undo,
)
from handlers.wording.bill_texts import field_name
from handlers.wording.cards import shown_value
from storage.ledger.money import Money

HOW_TO_SAY = {
    "pay": sayable("How was it? Like “paid Acme 500 from cash on 3 May” or “Globex paid 4,330 today”."),
    "amend": sayable("How should it be? Like “total is 1,294.50” or “due 15 May”."),
    "transfer": sayable("How was it? Like “transferred 500 from bank to cash yesterday”."),
    "prepay": sayable("How was it? Like “paid Acme 500 in advance on 3 May”."),
    "categorise": sayable("Which category? Like “book it on travel”."),
    "setopeningbalance": sayable("What was on it? Like “the balance of bank was 12,400 on 1 March”."),
}
OTHERWISE = sayable("Nothing was changed. Say it in other words, with the vendor, the amount and the day.")


def how_to_say(kind: str) -> str:
    """How such a request is worded; `kind` is its class's name in small letters."""
    return say(HOW_TO_SAY.get(kind, OTHERWISE))


def with_names(request: Any, names: Mapping[str, str]) -> Any:
    """The request with accounts and categories by their name (`names`, by code) instead of their code."""
    match request:
        case OnBill():
            return replace(request, request=with_names(request.request, names))
        case SeveralRequests():
            return replace(request, requests=tuple(with_names(each, names) for each in request.requests))
    coded = {name: getattr(request, name) for name in _CODED & {field.name for field in fields(request)}}
    return replace(request, **{name: names.get(code, code) for name, code in coded.items()})


_CODED = frozenset({"account", "source", "target", "category"})


def described(request: object, bill: str = "") -> str | None:
    """The request in words, without a mark at the end: "Book €58.31 paid to Staples on 9 Jun 2025 from cash".

    `bill` names the bill in focus, which a request means that names none. None for kinds that have no words here.
    """
    if isinstance(request, OnBill):
        return described(request.request, bill)
    if isinstance(request, SeveralRequests):
        parts = [described(each, bill) for each in request.requests]
        return listed([part for part in parts if part]) if all(parts) else None
    words = _WORDS.get(type(request))
    return words(request, bill) if words else None


def _pay(request: Pay, bill: str) -> str:
    """Money that goes out or comes in; without an amount, all that is open."""
    party = " ".join(filter(None, (request.vendor, request.bill_hint))) or bill or say("this bill")
    amount = _amount(request.amount, request.currency)
    if request.discounted:
        amount = say("what is open less the discount")
    values = {"amount": amount or say("all that is open"), "party": party, "day": _day(request.on)}
    if request.side == "receivable":
        text = say("Book {amount} received from {party} {day}", **values)
        return f"{text} {say('on {account}', account=request.account)}" if request.account else text
    text = say("Book {amount} paid to {party} {day}", **values)
    return f"{text} {say('from {account}', account=request.account)}" if request.account else text


def _confirm(request: Confirm, bill: str) -> str:
    return say("Confirm {bill} and book it", bill=_bill(request.bill_hint, bill))


def _amend(request: Amend, bill: str) -> str:
    currency = next((change.value for change in request.changes if change.field == "currency"), None)
    changes = [
        say(
            "{field} to {value}",
            field=field_name(change.field),
            value=shown_value(change.field, change.value, currency) or say("none"),
        )
        for change in request.changes
    ]
    return say("On {bill}, set {changes}", bill=_bill(request.bill_hint, bill), changes=listed(changes))


def _transfer(request: Transfer, bill: str) -> str:
    text = say(
        "Book {amount} moved from {source} to {target} {day}",
        amount=_amount(request.amount, request.currency),
        source=request.source or say("an account"),
        target=request.target or say("an account"),
        day=_day(request.on),
    )
    if request.received is None:
        return text
    return f"{text}, {say('where {amount} arrived', amount=_amount(request.received, request.received_currency))}"


def _prepay(request: Prepay, bill: str) -> str:
    text = say(
        "Book {amount} paid to {party} ahead of a bill {day}",
        amount=_amount(request.amount, request.currency),
        party=request.vendor,
        day=_day(request.on),
    )
    return f"{text} {say('from {account}', account=request.account)}" if request.account else text


def _categorise(request: Categorise, bill: str) -> str:
    named = _bill(request.bill_hint, bill)
    if request.category is None:
        return say("Suggest a category for {bill}", bill=named)
    return say("Book {bill} on {category}", bill=named, category=request.category)


def _approve(request: Approve, bill: str) -> str:
    if request.iban:
        return say("Take the account on {bill} for theirs", bill=_bill(request.bill_hint, bill))
    return say("Approve {bill}", bill=_bill(request.bill_hint, bill))


def _refuse(request: Refuse, bill: str) -> str:
    text = say("Refuse {bill}", bill=_bill(request.bill_hint, bill))
    return f"{text} ({request.reason})" if request.reason else text


def _not_an_invoice(request: NotAnInvoice, bill: str) -> str:
    return say("Set {bill} aside as not an invoice", bill=_bill(None, bill))


def _discard(request: Discard, bill: str) -> str:
    return say("Discard {bill} as a duplicate", bill=_bill(None, bill))


def _allocate(request: Allocate, bill: str) -> str:
    return say("Set {bill} off against what is open with them", bill=_bill(request.bill_hint, bill))


def _opening(request: SetOpeningBalance, bill: str) -> str:
    return say(
        "Set the balance of {account} to {amount} {day}",
        account=request.account,
        amount=_amount(request.amount, request.currency),
        day=_day(request.on),
    )


def _payment_file(request: PaymentFile, bill: str) -> str:
    if request.vendor:
        return say("Make a payment file for {party}", party=request.vendor)
    if request.until:
        return say("Make a payment file for what is due by {day}", day=day(request.until))
    return say("Make a payment file for all that may be paid")


def _undo(request: Undo, bill: str) -> str:
    return say("Take back {what}", what=request.what or bill or say("the last change"))


_WORDS: dict[type, Callable[[Any, str], str]] = {
    Pay: _pay,
    Confirm: _confirm,
    Amend: _amend,
    Transfer: _transfer,
    Prepay: _prepay,
    Categorise: _categorise,
    Approve: _approve,
    Refuse: _refuse,
    NotAnInvoice: _not_an_invoice,
    Discard: _discard,
    Allocate: _allocate,
    SetOpeningBalance: _opening,
    PaymentFile: _payment_file,
    Undo: _undo,
}


def _bill(hint: str | None, bill: str) -> str:
    """What was named, else the bill in focus."""
    return say("the bill “{hint}”", hint=hint) if hint else bill or say("this bill")


def _amount(amount: str | None, currency: str | None) -> str:
    """ "€58.31"; plain where nobody said the currency; "" for None."""
    if amount is None:
        return ""
    return money(Money.of(amount, currency)) if currency else plain_amount(Decimal(amount))


def _day(on: date | None) -> str:
    """ "on 9 Jun 2025"; today where nobody said when."""
    return say("on {day}", day=day(on)) if on else say("today")
