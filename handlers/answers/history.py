"""What happened to a bill, who did it and when, and where it stands."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from sqlmodel import Session

from handlers.bills.bill_reply import bill_reply
from handlers.bills.find_bill import find_bill
from handlers.bills.settlement_words import paid_words, waits_words
from handlers.context import Context
from handlers.language.formats import day, listed, moment, money, title
from handlers.language.translation import say, sayable
from handlers.messages import Reply
from handlers.requests import History
from handlers.wording import account_names
from handlers.wording.bill_texts import FIELD_NAMES, field_name
from handlers.wording.cards import shown_value
from storage import audit
from storage.approvals import approvals
from storage.ledger import accounts
from storage.ledger.money import Money
from storage.models import Audit, Bill, Decision, Matter
from storage.payments.payments_of_bill import payments_of
from storage.people import people

DEEDS = {
    "drafted": sayable("{who} sent it."),
    "amended": sayable("{who} corrected: {changes}."),
    "undone": sayable("{who} took a correction back: {changes}."),
    "confirmed": sayable("{who} confirmed it."),
    "unconfirmed": sayable("{who} took the confirmation back."),
    "paid": sayable("{who} noted that {amount} was paid from {account} on {day}."),
    "unpaid": sayable("{who} took a payment back."),
    "voided": sayable("{who} set it aside as not an invoice{note}."),
    "restored": sayable("{who} took back that it was set aside."),
    "kept both": sayable("{who} kept it beside the bill that it looks like."),
    "replaced": sayable("{who} kept it in place of the earlier bill."),
    "approved": sayable("{who} approved it."),
    "refused": sayable("{who} refused it{note}."),
    "unapproved": sayable("{who} took the approval back."),
    "unrefused": sayable("{who} took the refusal back."),
    "trusted iban": sayable("{who} confirmed that {iban} is the vendor's account."),
    "allocated": sayable("{who} set it against other bills of the same vendor."),
    "unallocated": sayable("{who} took the allocation back."),
    "written off": sayable("{who} wrote off what was left of it."),
    "write-off undone": sayable("{who} took the write-off back."),
    "matched": sayable("{who} matched a movement of the bank to it."),
    "unmatched": sayable("{who} took a match with a movement of the bank back."),
    "noted": sayable("{who} noted{note}."),
    "note taken away": sayable("{who} took the note away{note}."),
    "held payment": sayable("{who} put its payment on hold{note}."),
    "released payment": sayable("{who} released it for payment."),
    "hold taken back": sayable("{who} took back that it was on hold."),
    "held payment again": sayable("{who} took the release back: it is on hold."),
    "attached paper": sayable("{who} put a paper to it."),
    "detached paper": sayable("{who} took a paper away from it."),
    "categorised": sayable("{who} booked it on {account}."),
}
"""What is said of an action in the audit trail."""

WHO = {
    "sent": sayable("{who} sent it on {moment}."),
    "confirmed": sayable("{who} confirmed it on {moment}."),
    "approved": sayable("{who} approved it on {moment}."),
    "refused": sayable("{who} refused it on {moment}."),
    "noted": sayable("{who} noted that on {moment}."),
}
"""Who did the one thing that was asked for."""


def history(session: Session, context: Context, request: History) -> tuple[Reply, ...]:
    """The bill's card with what happened above it, oldest first; or only who did what was asked for."""
    bill = find_bill(session, context, request.bill_hint)
    if request.what:
        return (bill_reply(session, context, bill, _one_thing(session, context, bill, request.what)),)
    lines = [f"• {at} · {deed}" for at, deed in deeds(session, context, bill)]
    return (bill_reply(session, context, bill, "\n".join(lines)),)


def deeds(session: Session, context: Context, bill: Bill) -> list[tuple[str, str]]:
    """What happened to a bill, oldest first: when ("2 Apr 2025, 14:05"), and who did what."""
    return [
        (moment(event.at.astimezone(context.zone)), _deed(session, bill, event))
        for event in audit.history(session, bill.id)
        if event.action != "amended" or event.details
    ]


def _one_thing(session: Session, context: Context, bill: Bill, what: str) -> str:
    """Who sent, confirmed, approved or paid it, and when; what was taken back since does not count."""
    if what == "approved":
        return _approved(session, context, bill)
    if what == "paid":
        return _paid(session, context, bill)
    if what == "sent":
        return _who(session, context, bill.created_by, bill.created_at, "sent")
    if bill.confirmed_by is None or bill.confirmed_at is None:
        return say("Nobody confirmed it yet.")
    return _who(session, context, bill.confirmed_by, bill.confirmed_at, "confirmed")


def _approved(session: Session, context: Context, bill: Bill) -> str:
    """Each decision that holds; else that there is none, and what the bill waits for."""
    decided = approvals.decisions(session, bill, Matter.PAYMENT)
    lines = []
    for one in decided:
        deed = "approved" if one.decision is Decision.APPROVED else "refused"
        lines.append(_who(session, context, one.person_id, one.decided_at, deed))
    if not any(one.decision is Decision.APPROVED for one in decided):
        lines.append(say("Nobody approved it (yet)."))
    if waits := waits_words(session, bill):
        lines.append(f"{title(waits)}.")
    elif not decided:
        lines.append(say("It needs no approval."))
    return "\n".join(lines)


def _paid(session: Session, context: Context, bill: Bill) -> str:
    """Who noted each payment, and what was paid."""
    noted = [event for event in audit.history(session, bill.id) if event.action == "paid"]
    made = payments_of(session, bill)
    if not made:
        return say("Nobody paid it (yet).")
    lines = [f"{title(paid_words(session, bill))}."]
    if noted:
        who, at = noted[-1].person_id, noted[-1].at
        lines.append(_who(session, context, who, at, "noted"))
    return "\n".join(lines)


def _who(session: Session, context: Context, person_id: int | None, at: datetime, deed: str) -> str:
    """ "Anna approved it on 2 Apr 2025, 14:05."."""
    name = people.name_of(session, person_id) or say("Billify")
    return say(WHO[deed], who=name, moment=moment(at.astimezone(context.zone)))


def _deed(session: Session, bill: Bill, event: Audit) -> str:
    person = people.find_by_id(session, event.person_id) if event.person_id else None
    who = person.name if person else say("Billify")
    template = DEEDS.get(event.action)
    if template is None:
        return f"{who}: {event.action}."
    return say(template, who=who, **_values(session, bill, event.details))


def _values(session: Session, bill: Bill, details: Mapping[str, Any]) -> dict[str, str]:
    """Whatever a deed may speak of, from the details that were written down; "" for what was not."""
    names = {account.code: say(account.name) for account in accounts.chart(session)}
    code = str(details.get("account") or details.get("category") or "")
    amount, _, currency = str(details.get("amount", "")).partition(" ")
    note = str(details.get("note") or "")
    return {
        "changes": _changes(bill, details, account_names.all_names(session)),
        "amount": money(Money.of(amount, currency)) if currency else "",
        "account": names.get(code, code),
        "day": day(date.fromisoformat(details["on"])) if "on" in details else "",
        "iban": str(details.get("iban") or ""),
        "note": f": {note}" if note else "",
    }


def _changes(bill: Bill, details: Mapping[str, Any], names: Mapping[str, str]) -> str:
    """ "total €1,249.50 → €1,294.50 and due date none → 15 May 2025"."""
    changed = [
        f"{field_name(field)} {shown_value(field, old, bill.currency, names) or say('none')} → "
        f"{shown_value(field, new, bill.currency, names) or say('none')}"
        for field, (old, new) in _pairs(details)
    ]
    return listed(changed)


def _pairs(details: Mapping[str, Any]) -> list[tuple[str, tuple[str | None, str | None]]]:
    return [
        (field, (value[0], value[1]))
        for field, value in details.items()
        if field in FIELD_NAMES and isinstance(value, list) and len(value) == 2
    ]
