"""How a bill can be paid. Nothing is paid or booked by asking."""

from __future__ import annotations

from dataclasses import replace

from sqlmodel import Session

from handlers.bills.bill_reply import bill_reply
from handlers.bills.find_bill import find_bill
from handlers.bills.settlement_words import paid_words, waits_words
from handlers.button_ids import choice_id, fits
from handlers.context import Context
from handlers.language.formats import money, title
from handlers.language.translation import say
from handlers.messages import Choice, Reply
from handlers.requests import HowToPay
from storage.approvals import approvals
from storage.bills.discounts import discounted_rest
from storage.bills.lifecycle import OPEN, is_owed_by_us
from storage.ledger.money import Money
from storage.models import Bill, BillState
from storage.payments import payment_orders
from storage.payments.epc_qr import obstacle


def how_to_pay(session: Session, context: Context, request: HowToPay) -> tuple[Reply, ...]:
    """The bill's card with what can be done: a payment file, a QR code, or telling that it was paid.

    Raises: NotFound, WhichOne.
    """
    bill = find_bill(session, context, request.bill_hint)
    if bill.state in (BillState.DRAFT, BillState.HELD):
        return (bill_reply(session, context, bill, say("It waits to be confirmed. Then it can be paid.")),)
    if bill.state is BillState.PAID:
        return (bill_reply(session, context, bill, f"{title(paid_words(session, bill))}."),)
    if bill.state not in OPEN:
        return (bill_reply(session, context, bill),)
    if not is_owed_by_us(bill):
        return (bill_reply(session, context, bill, _for_us(context, bill)),)
    if approvals.payment_obstacle(session, bill, context.today):
        held = title(waits_words(session, bill) or say("It may not be paid yet"))
        return (bill_reply(session, context, bill, say("{why}. Nothing was paid.", why=held)),)
    reply = bill_reply(session, context, bill, _ways(context, bill))
    return (replace(reply, choices=_choices(session, bill)),)


def _ways(context: Context, bill: Bill) -> str:
    lines = [
        say(
            "Nothing has been paid: I can't move money. {amount} is to go to {vendor}.",
            amount=_to_pay(context, bill),
            vendor=bill.vendor,
        ),
        say("I paid it: tell me, like “paid it today from the bank” or “paid 100 in cash yesterday”."),
    ]
    if not bill.iban:
        lines.insert(1, say("For a payment file or a QR code I need their IBAN. Say “IBAN is …”."))
    return "\n".join(lines)


def _for_us(context: Context, bill: Bill) -> str:
    return say(
        "This is money that comes to us: {amount} from {party}. Once it is here, say “{party} paid”.",
        amount=_to_pay(context, bill),
        party=bill.vendor,
    )


def _to_pay(context: Context, bill: Bill) -> str:
    assert bill.currency is not None
    return money(discounted_rest(bill, context.today) or Money(bill.open_minor, bill.currency))


def _choices(session: Session, bill: Bill) -> tuple[Choice, ...]:
    """The ways that are open for this very bill, under the conditions that hold for each."""
    by_file = f"say:{say('payment file for {vendor}', vendor=bill.vendor)}"
    choices = []
    if fits(by_file) and payment_orders.why_not(session, bill) is None:
        choices.append(Choice(by_file, say("Payment file"), "primary"))
    if obstacle(bill) is None:
        choices.append(Choice(choice_id("qr", bill.id), say("QR code")))
    choices.append(Choice(choice_id("paid", bill.id), say("I paid it today")))
    choices.append(Choice(choice_id("show", bill.id), say("Show original")))
    return tuple(choices)
