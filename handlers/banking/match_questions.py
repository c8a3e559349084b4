"""A question about a movement: which bill does it pay? One button for each that it may be."""

from __future__ import annotations

from sqlmodel import Session

from handlers.button_ids import choice_id
from handlers.language.formats import day, listed, money
from handlers.language.translation import say, sayable
from handlers.messages import Choice, Reply
from handlers.wording.cards import bill_label
from storage.bank.bank_movements import amount_of
from storage.bills import lifecycle
from storage.ledger.money import Money
from storage.models import Movement
from storage.reconciliation.matching import Proposal

REASONS = {
    "order": sayable("it is in our payment file"),
    "reference": sayable("it names the reference"),
    "number": sayable("it names the number"),
    "iban": sayable("IBAN"),
    "name": sayable("name"),
    "amount": sayable("amount"),
    "discount": sayable("amount less discount"),
    "fee": sayable("amount with a bank fee"),
    "part": sayable("part of the amount"),
    "sum": sayable("sum of the bills"),
    "date": sayable("date"),
}

LONGEST_TEXT = 90


def match_question(session: Session, movement: Movement) -> Reply:
    """The movement, and the bills that it may pay with why."""
    proposals = [Proposal.from_record(record) for record in movement.proposals]
    lines = [described(movement), say("Which bill is it?")]
    lines += [f"• {label(session, proposal)} ({reasons(proposal)})" for proposal in proposals]
    choices = [_choice(session, movement, proposal) for proposal in proposals]
    none = Choice(choice_id("nomatch", argument=str(movement.id)), say("None of these"))
    return Reply("\n".join(lines), choices=(*choices, none))


def described(movement: Movement) -> str:
    """ "€1,249.50 to ACME GMBH on 3 Mar 2025: “Rechnung 2024-117”" """
    moved = amount_of(movement)
    amount = money(-moved if moved.minor < 0 else moved)
    on = day(movement.booked_on)
    if movement.counterparty:
        template = (
            sayable("{amount} to {party} on {day}") if moved.minor < 0 else sayable("{amount} from {party} on {day}")
        )
        head = say(template, amount=amount, party=movement.counterparty, day=on)
    else:
        template = sayable("{amount} out on {day}") if moved.minor < 0 else sayable("{amount} in on {day}")
        head = say(template, amount=amount, day=on)
    text = movement.text if len(movement.text) <= LONGEST_TEXT else f"{movement.text[:LONGEST_TEXT].rstrip()}…"
    return say("{head}: “{text}”", head=head, text=text) if text and text != movement.counterparty else head


def label(session: Session, proposal: Proposal) -> str:
    """ "Acme GmbH 2024-117 · €1,249.50", "Acme GmbH 2024-117 · €1,249.50 and Acme GmbH 2024-118 · €20.00"."""
    return listed([bill_label(lifecycle.find(session, bill)) for bill in proposal.bills])


def reasons(proposal: Proposal) -> str:
    """Why: "name and amount"."""
    return listed([say(REASONS[reason]) for reason in proposal.reasons])


def _choice(session: Session, movement: Movement, proposal: Proposal) -> Choice:
    bill_ids = "+".join(map(str, proposal.bills))
    named = [lifecycle.find(session, bill) for bill in proposal.bills]
    text = bill_label(named[0])
    if len(named) > 1:
        total = sum(bill.open_minor for bill in named)
        text = say(
            "{n} bills of {vendor} · {amount}",
            n=len(named),
            vendor=named[0].vendor,
            amount=money(Money(total, named[0].currency or movement.currency)),
        )
    return Choice(choice_id("match", argument=f"{movement.id}:{bill_ids}"), text)
