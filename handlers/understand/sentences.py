"""Requests that change something, as sentences that say them: what stands on a button that does it.

Names and amounts are said as the books have them, days with their year, so that the sentence means the same tomorrow.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal

from babel.dates import get_day_names

from handlers import requests as asked
from handlers.language.formats import day, listed, plain_amount
from handlers.language.translation import language, locale, say, sayable, speaking
from handlers.rights.labels import ROLES, may_say
from handlers.understand.text.sentence_context import KnownNames
from handlers.wording import bill_texts
from storage.models import Permission, Reach, Role


def sentence_of(request: object, names: KnownNames) -> Iterator[str]:
    """Sentences that may say the request, in the language spoken and then in English; none where nothing says it.

    Whoever shows one checks by `interpreter.understand` that it is taken for this very request.
    """
    if (said := _said(request, names)) is not None:
        yield _tidy(said)
    if language() != "en":
        with speaking("en"):
            if (said := _said(request, names)) is not None:
                yield _tidy(said)


def _tidy(said: str) -> str:
    return " ".join(said.split()).replace(" ,", ",")


def _said(request: object, names: KnownNames) -> str | None:
    for part in (_of_bill, _of_money, _of_books, _of_people, _of_reminders):
        if (said := part(request, names)) is not None:
            return said
    return None


def _of_bill(request: object, names: KnownNames) -> str | None:
    """What is decided about one bill."""
    match request:
        case asked.Confirm(bill_hint=hint, late=False):
            return say("confirm the bill from {bill}", bill=hint) if hint else say("confirm")
        case asked.Approve(bill_hint=hint, iban=False):
            return say("approve the bill from {bill}", bill=hint) if hint else say("approve it")
        case asked.Refuse(bill_hint=hint, reason=reason):
            return _refused(hint, reason)
        case asked.Hold(bill_hint=hint, reason=reason, until=until):
            return _held(hint, reason, until)
        case asked.Release(bill_hint=hint):
            return say("release the hold on {bill}", bill=hint) if hint else say("release the hold")
        case asked.SetBudget(category=category, amount=str(amount), currency=unit, interval=interval):
            each = say(_EACH[interval])
            title = names.titles.get(category, category)
            return say("budget for {category} {amount} {each}", category=title, amount=_amount(amount, unit), each=each)
        case asked.NotAnInvoice():
            return say("not an invoice")
        case asked.Undo(of_bill=False, what=None, vendor=None, change=None):
            return say("undo")
        case asked.Categorise(category=category, bill_hint=hint) if category:
            title = names.titles.get(category, category)
            if hint:
                return say("book the {bill} bill under {category}", bill=hint, category=title)
            return say("book it under {category}", category=title)
        case asked.Amend(changes=changes, bill_hint=hint):
            said = listed([_correction(change) for change in changes])
            return say("{changes} on the {bill} bill", changes=said, bill=hint) if hint else said
    return None


_EACH = {"month": sayable("a month"), "quarter": sayable("a quarter"), "year": sayable("a year")}


def _held(hint: str | None, reason: str, until: date | None) -> str:
    held = say("put {bill} on hold", bill=hint) if hint else say("put it on hold")
    last = say("until {day}", day=day(until)) if until else ""
    because = say("because {reason}", reason=reason) if reason else ""
    return " ".join(filter(None, (held, last, because)))


def _refused(hint: str | None, reason: str) -> str:
    if hint:
        because = say("reject {bill} because {reason}", bill=hint, reason=reason)
        return because if reason else say("reject {bill}", bill=hint)
    return say("reject it because {reason}", reason=reason) if reason else say("reject")


_IS_A = {
    "invoice": sayable("it is an invoice"),
    "reminder": sayable("it is a reminder"),
    "quotation": sayable("it is a quotation"),
    "order": sayable("it is an order"),
    "credit_note": sayable("it is a credit note"),
    "receipt": sayable("it is a receipt"),
    "delivery_note": sayable("it is a delivery note"),
    "order_confirmation": sayable("it is an order confirmation"),
    "proforma_invoice": sayable("it is a pro forma invoice"),
    "statement_of_account": sayable("it is a statement of account"),
    "contract": sayable("it is a contract"),
}
"""How it is said what a document is."""


def _correction(change: asked.FieldChange) -> str:
    if change.field == "document_type" and change.value in _IS_A:
        return say(_IS_A[change.value])
    name = bill_texts.field_name(change.field)
    if change.value is None:
        return say("no {name}", name=name)
    if change.field.endswith("_date"):
        return say("{name} is {value}", name=name, value=day(date.fromisoformat(change.value)))
    return say("{name} is {value}", name=name, value=change.value)


def _of_money(request: object, names: KnownNames) -> str | None:
    """Money that moved, and bills that it pays."""
    match request:
        case asked.Pay():
            return _paid(request, names)
        case asked.Prepay(vendor=vendor, amount=amount, account=account, on=on, currency=unit):
            parts = (vendor, _amount(amount, unit), _from(account, names), _on(on))
            return say("prepaid {what}", what=_joined(parts))
        case asked.Transfer():
            return _moved(request, names)
        case asked.Allocate(bill_hint=hint):
            return say("apply the credit note of {bill}", bill=hint) if hint else say("apply the credit note")
        case asked.PaymentFile(until=until, vendor=vendor):
            due = say("due by {day}", day=day(until)) if until else ""
            whom = say("for {party}", party=vendor) if vendor else ""
            return say("payment file {what}", what=_joined((whom, due)))
        case asked.WithdrawPaymentFile():
            return say("withdraw the payment file")
        case asked.Unmatch(movement=number):
            return say("movement {number} is wrong", number=number)
        case asked.BookMovement(category=category, movement=int(number)):
            return say("movement {number} is {category}", number=number, category=category)
    return None


def _paid(pay: asked.Pay, names: KnownNames) -> str:
    of = pay.vendor or pay.bill_hint
    what = _joined((of, _amount(pay.amount, pay.currency), _from(pay.account, names), _on(pay.on)))
    if pay.discounted:
        return say("paid {what} with the discount", what=what)
    if pay.rest == "ahead":
        return say("paid {what}, keep the rest for later", what=what)
    if pay.rest == "fee":
        return say("paid {what}, the rest is a bank fee", what=what)
    if pay.rest == "rounding":
        return say("paid {what}, the rest is a rounding difference", what=what)
    if pay.side == "receivable" and pay.vendor and not pay.amount and not pay.account:
        return say("{party} paid us {on}", party=pay.vendor, on=_on(pay.on) or "")
    return say("received {what}", what=what) if pay.side == "receivable" else say("paid {what}", what=what)


def _moved(moved: asked.Transfer, names: KnownNames) -> str | None:
    amount, arrived = _amount(moved.amount, moved.currency), _amount(moved.received, moved.received_currency)
    source, target, on = _account(moved.source, names), _account(moved.target, names), _on(moved.on) or ""
    if source and target and arrived:
        text = sayable("moved {amount} from {source} to {target} {on}, got {arrived}")
    elif source and target:
        text = sayable("moved {amount} from {source} to {target} {on}")
    elif arrived and not (source or target):
        text = sayable("exchanged {amount} for {arrived} {on}")
    else:
        return None
    return say(text, amount=amount, source=source, target=target, arrived=arrived, on=on)


def _of_books(request: object, names: KnownNames) -> str | None:
    """Accounts, categories and closing."""
    match request:
        case asked.SetOpeningBalance(amount=amount, account=account, on=on, currency=unit):
            what = _joined((_amount(amount, unit), _on(on)))
            return say("the opening balance of {account} is {what}", account=_account(account, names), what=what)
        case asked.AddAccount(name=name, kind="expense", iban=None, currency=None):
            return say("new category {name}", name=name)
        case asked.AddAccount(name=name, kind="bank" | "cash" as kind, iban=iban, currency=unit):
            what = _joined((name, iban, unit))
            return say("add a bank account {what}", what=what) if kind == "bank" else say(
                "add a cash account {what}", what=what)  # fmt: skip
        case asked.RenameAccount(name=code, new=new):
            return say("rename {name} to {new}", name=names.titles.get(code) or _account(code, names), new=new)
        case asked.ClosePeriod(until=until):
            return say("close the books until {day}", day=day(until))
        case asked.ReopenPeriod():
            return say("reopen the period")
        case asked.SetCompanyProfile(field="name", value=value):
            return say("our company is called {name}", name=value)
        case asked.SetCompanyProfile(field="vat_id", value=value):
            return say("our VAT id is {value}", value=value)
        case asked.SetCompanyProfile(field="iban", value=value):
            return say("our IBAN is {value}", value=value)
    return None


def _of_people(request: object, names: KnownNames) -> str | None:
    """Who belongs to the company, and who may decide."""
    match request:
        case asked.Invite(who=who, role="member"):
            return say("invite {who}", who=who)
        case asked.Invite(who=who, role=role):
            return say("invite {who} as {role}", who=who, role=say(ROLES[Role(role)]))
        case asked.AssignRole(name=name, role="owner"):
            return say("make {name} an owner", name=name)
        case asked.AssignRole(name=name, role="approver"):
            return say("make {name} an approver", name=name)
        case asked.AssignRole(name=name, role="member"):
            return say("make {name} a member", name=name)
        case asked.AssignRole(name=name, role="accountant"):
            return say("make {name} an accountant", name=name)
        case asked.AssignRole(name=name, role="auditor"):
            return say("make {name} an auditor", name=name)
        case asked.GrantRight(of=of, permission=permission, reach=reach):
            return may_say(Role(of), Permission(permission), Reach(reach))
        case asked.AllowSelfApproval(allowed=True):
            return say("own bills may be approved")
        case asked.AllowSelfApproval(allowed=False):
            return say("nobody may approve their own bills")
        case asked.RequireApproval(amount=amount, steps=steps, category=None, role="owner", currency=unit) if steps:
            return say("bills over {amount} need {n} approvals", amount=_amount(amount, unit), n=steps)
    return None


def _of_reminders(request: object, names: KnownNames) -> str | None:
    """How and when somebody is reminded, and spoken to."""
    match request:
        case asked.Remind(on=on, hour=hour, bill_hint=hint, text=text):
            at = say("at {hour}:00", hour=hour) if hour is not None else ""
            of = say("about the {bill} bill", bill=hint) if hint else text
            return say("remind me {what}", what=_joined((_on(on), at, of)))
        case asked.SnoozeBill(until=None, bill_hint=str(hint)):
            return say("stop reminding me about {bill}", bill=hint)
        case asked.SnoozeBill(until=date() as until, bill_hint=hint):
            return say("snooze {bill} until {day}", bill=hint or say("it"), day=day(until))
        case asked.Reminders(on=True):
            return say("reminders on")
        case asked.Reminders(on=False):
            return say("reminders off")
        case asked.SetReminderDays(before=tuple(days), after=None):
            return say("remind me {days} days before", days=_numbers(days))
        case asked.SetReminderDays(before=None, after=tuple(days)):
            return say("remind me {days} days after the due date", days=_numbers(days))
        case asked.Digest(now=False):
            return _digest(request)
        case asked.SetQuietHours(start=start, end=end):
            return say("quiet from {start}:00 to {end}:00", start=start, end=end)
        case asked.SetLanguage(language=code):
            spoken = {"en": say("English"), "de": say("German"), "": say("the language I write")}[code]
            return say("answer in {language}", language=spoken)
        case asked.SetTimeZone(name=name):
            return say("my time zone is {zone}", zone=name)
        case asked.SendNoticesHere():
            return say("send reminders here")
    return None


def _digest(digest: asked.Digest) -> str:
    if not digest.on:
        return say("digest off")
    on = get_day_names(locale=locale())[digest.weekday] if digest.weekday is not None else ""
    at = say("at {hour}:00", hour=digest.hour) if digest.hour is not None else ""
    return say("digest {when}", when=_joined((on, at))) if on or at else say("digest on")


def _numbers(days: Iterable[object]) -> str:
    return listed([str(number) for number in days])


def _joined(parts: Iterable[str | None]) -> str:
    return " ".join(part for part in parts if part)


def _amount(amount: str | None, unit: str | None) -> str | None:
    return _joined((plain_amount(Decimal(amount)), unit)) if amount else None


def _on(on: date | None) -> str | None:
    return say("on {day}", day=day(on)) if on else None


def _from(code: str | None, names: KnownNames) -> str | None:
    return say("from {account}", account=_account(code, names)) if code else None


def _account(code: str | None, names: KnownNames) -> str | None:
    """What people call an account: its name in the books rather than its code."""
    called = next((name for name, meant in names.accounts.items() if meant == code and name != code), code)
    return say(called) if called else None
