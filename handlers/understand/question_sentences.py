"""Questions as sentences that ask them: what is offered where a message was not understood beyond doubt."""

from __future__ import annotations

from datetime import date

from handlers import requests as asked
from handlers.language.formats import day
from handlers.language.translation import say, sayable
from handlers.understand.text.sentence_context import SentenceContext
from handlers.understand.values.periods_by_days import period_name


def question_of(request: object, scene: SentenceContext) -> str | None:
    """A sentence, in the language spoken, that asks for what a request asks for; None where none is as short.

    Whoever shows one checks that it is taken for this very request.
    """
    for part in (_of_open_bills, _of_money, _of_documents, _of_books):
        if (said := part(request, scene)) is not None:
            return " ".join(said.split())
    return None


def _of_open_bills(request: object, scene: SentenceContext) -> str | None:
    match request:
        case asked.Due(side="payable", vendor=vendor, overdue=overdue):
            whom, when = _to(vendor), "" if overdue else _when(request, scene)
            return (
                say("what is overdue {whom}", whom=whom)
                if overdue
                else say("what is due {whom} {when}", whom=whom, when=when)
            )
        case asked.Due(vendor=None, overdue=True):
            return say("which customers are overdue?")
        case asked.Owed(side="payable", party=party):
            return say("how much do we owe {party}?", party=party) if party else say("what do we owe?")
        case asked.Owed(party=party):
            return say("how much does {party} owe us?", party=party) if party else say("who owes us money?")
        case asked.Settled(vendor=vendor, bill_hint=bill, last=last, side=side) if vendor or bill:
            if last:
                return say("when did we last pay {party}?", party=vendor or bill)
            return (
                say("has {party} paid?", party=vendor)
                if vendor and side == "receivable"
                else say("is {party} paid?", party=vendor or bill)
            )
        case asked.Ageing(side="payable"):
            return say("ageing report")
        case asked.Waiting():
            return say("what is waiting for me?")
    return None


def _of_money(request: object, scene: SentenceContext) -> str | None:
    when = _when(request, scene)
    match request:
        case asked.Payments(side="payable", vendor=vendor):
            if vendor is None:
                return say("what did we pay {when}?", when=when)
            return say("what did we pay {party} {when}?", party=vendor, when=when)
        case asked.Payments(vendor=vendor):
            return (
                say("what did {party} pay us {when}?", party=vendor, when=when)
                if vendor
                else say("what did we receive {when}?", when=when)
            )
        case asked.Spend(category=category, vendor=vendor):
            title = scene.names.titles.get(category or "", category)
            on = say("on {category}", category=title) if title else say("with {party}", party=vendor) if vendor else ""
            return say("what did we spend {on} {when}?", on=on, when=when)
        case asked.Income(vendor=None):
            return say("what did we earn {when}?", when=when)
        case asked.Profit():
            return say("what is our profit {when}?", when=when)
        case asked.Balance(account=account, on=on):
            called = next((name for name, code in scene.names.accounts.items() if code == account), account) or ""
            at = say("on {day}", day=day(on)) if on else ""
            return say("balance {account} {when}", account=called, when=at)
        case asked.Forecast(until=until):
            return say("forecast until {day}", day=day(until))
    return None


def _of_documents(request: object, scene: SentenceContext) -> str | None:
    match request:
        case asked.Find(vendor=str(vendor)):
            return say("find bills from {party} {when}", party=vendor, when=_when(request, scene))
        case asked.Find(text=str(text), vendor=None):
            return say("find “{text}”", text=text)
        case asked.ShowOriginal(bill_hint=str(bill)):
            return say("show me the invoice from {party}", party=bill)
        case asked.ShowBill(bill_hint=str(bill)):
            return say("show the bill from {party}", party=bill)
        case asked.History(bill_hint=str(bill)):
            return say("history of {party}", party=bill)
        case asked.Why(bill_hint=str(bill)):
            return say("why is {party} not paid?", party=bill)
        case asked.PartyDetails(vendor=vendor, about="iban"):
            return say("what is the IBAN of {party}?", party=vendor)
        case asked.HowToPay(bill_hint=str(bill)):
            return say("pay {party}", party=bill)
    return None


_NAMES: dict[type, str] = {
    asked.Movements: sayable("movements"),
    asked.Reconcile: sayable("reconcile"),
    asked.Categories: sayable("categories"),
    asked.ShowApprovalRules: sayable("approval rules"),
    asked.TrialBalance: sayable("trial balance"),
    asked.Help: sayable("help"),
}


def _of_books(request: object, scene: SentenceContext) -> str | None:
    name = _NAMES.get(type(request))
    return say(name) if name else None


def _to(party: str | None) -> str:
    return say("to {party}", party=party) if party else ""


def _when(request: object, scene: SentenceContext) -> str:
    since, until = getattr(request, "since", None), getattr(request, "until", None)
    known = isinstance(since, date) or isinstance(until, date)
    return period_name(since, until, scene.today) if known else ""
