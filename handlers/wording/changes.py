"""What somebody did, as it is named when it is taken back: "the payment of €80.00 for Globex Ltd G-9"."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import tzinfo

from sqlmodel import Session

from handlers.language.formats import listed, moment, money
from handlers.language.translation import say, sayable
from handlers.wording.bill_texts import FIELD_NAMES, field_name
from handlers.wording.cards import shown_value
from handlers.wording.lists import vendor_and_number
from storage.bills import lifecycle
from storage.ledger.money import Money
from storage.models import Audit, Bill
from storage.people import people, rights

MOST = 5
"""More steps of one message are counted, not named."""

STEPS = {
    "opened": sayable("the opening balance"),
    "transferred": sayable("the transfer"),
    "prepaid": sayable("the prepayment"),
    "valued": sayable("the valuation of other currencies"),
    "added account": sayable("the new account"),
    "renamed": sayable("the new name"),
    "numbered": sayable("the account's number at the tax adviser"),
    "closed": sayable("the closing"),
    "reopened": sayable("the reopening"),
    "described": sayable("the change of the company's profile"),
    "explained": sayable("the booking of the bank's movement"),
    "set alarm": sayable("the reminder"),
    "snoozed": sayable("the pause of reminders"),
    "approval rule": sayable("the change of the rules for approvals"),
    "own approval": sayable("the change of the rules for approvals"),
    "appointed": sayable("the new role of {name}"),
    "removed": sayable("the removal of {name}"),
    rights.CHANGED: sayable("the change of what roles may do"),
    "invited": sayable("the invitation of {name}"),
    "held documents": sayable("that documents are kept"),
    "released documents": sayable("that documents are no longer kept"),
    "decided mail": sayable("the decision about the mail from {name}"),
    "sender rule": sayable("the rule about mail from {name}"),
    "amended": sayable("the correction of {bill} ({changes})"),
    "paid": sayable("the payment of {amount} for {bill}"),
    "allocated": sayable("the set-off of {bill}"),
    "written off": sayable("the write-off of {amount} of {bill}"),
    "approved": sayable("the approval of {bill}"),
    "refused": sayable("the refusal of {bill}"),
    "confirmed": sayable("the confirmation of {bill}"),
    "kept both": sayable("keeping {bill} as a bill of its own"),
    "replaced": sayable("putting {bill} in the place of the earlier bill"),
    "voided": sayable("setting {bill} aside"),
    "ordered": sayable("the payment file"),
    "set budget": sayable("the budget"),
    "noted": sayable("the note on {bill}"),
    "held payment": sayable("the hold on {bill}"),
    "released payment": sayable("the release of {bill}"),
    "attached paper": sayable("putting a paper to {bill}"),
    "added cost object": sayable("the new project or cost centre {name}"),
}
_CHOSEN = {
    "muted": sayable("turning reminders on or off"),
    "digest": sayable("the change of the digest"),
    "digest_weekday": sayable("the change of the digest"),
    "quiet_from": sayable("the quiet hours"),
    "language": sayable("the change of language"),
    "zone": sayable("the change of the time zone"),
    "iban": sayable("where you are paid back"),
    "channel": sayable("the change of where reminders come"),
}
"""What a person sets for themselves, by a column of it."""


def step_name(session: Session, event: Audit) -> str:
    """A step as a noun, with what it was about."""
    if event.action == "chose":
        return say(next(name for column, name in _CHOSEN.items() if column in event.details["chosen"]))
    bill = lifecycle.find(session, event.bill_id) if event.bill_id is not None else None
    amount, _, currency = str(event.details.get("amount", "")).partition(" ")
    return say(
        STEPS[event.action],
        name=event.details.get("name", ""),
        bill=vendor_and_number(bill) if bill else "",
        changes=_changes(bill, event) if bill and event.action == "amended" else "",
        amount=money(Money.of(amount, currency)) if currency else "",
    )


def names_of(session: Session, events: Sequence[Audit]) -> str:
    """Several steps in one go, each named once."""
    names = list(dict.fromkeys(step_name(session, event) for event in events))
    more = [say("{n} more", n=len(names) - MOST)] if len(names) > MOST else []
    return listed([*names[:MOST], *more])


def step_line(session: Session, events: Sequence[Audit], zone: tzinfo) -> str:
    """ "21 Mar 2025, 10:30 · Olga · the payment of €80.00 for Globex Ltd G-9"."""
    last = events[-1]
    who = people.name_of(session, last.person_id) or say("Billify")
    return f"{moment(last.at.astimezone(zone))} · {who} · {names_of(session, events)}"


def cannot_be_taken_back(session: Session, event: Audit) -> str:
    """Why a step stays, and what to do instead."""
    bill = vendor_and_number(lifecycle.find(session, event.bill_id)) if event.bill_id is not None else ""
    if event.action == "drafted":
        return say(
            "What you did last here was to send {bill}, which cannot be taken back. Say “not an invoice” to its card "
            "to set it aside.",
            bill=bill,
        )
    if event.action == "voided":  # before there was a way back
        return say("Setting a bill aside was final then. Send the document again to start anew.")
    return say("What you did last here cannot be taken back. Nothing was changed.")


def _changes(bill: Bill, event: Audit) -> str:
    pairs = [(field, value) for field, value in event.details.items() if field in FIELD_NAMES]
    return listed(
        [
            f"{field_name(field)} {shown_value(field, old, bill.currency) or say('none')} → "
            f"{shown_value(field, new, bill.currency) or say('none')}"
            for field, (old, new) in pairs
        ]
    )
