"""Holds the payment of a bill, releases it, and tells what is held."""

from __future__ import annotations

from sqlmodel import Session

from handlers.bills.bill_reply import bill_reply
from handlers.bills.deeds.beside_facts import hold_line
from handlers.bills.find_bill import find_bill
from handlers.button_ids import suggestion_choices
from handlers.context import Context
from handlers.language.formats import day
from handlers.language.translation import say
from handlers.messages import Reply
from handlers.requests import Hold, OnHold, Release
from handlers.rights import permitted
from handlers.wording import lists
from storage.bills.beside import payment_holds
from storage.bills.lifecycle import OPEN
from storage.models import Bill
from storage.payments import payment_orders
from storage.privacy import holds


def hold(session: Session, context: Context, request: Hold) -> tuple[Reply, ...]:
    """The bill, which nobody is told to pay now. One that is in a payment file already is said so.

    Raises: LedgerError for a bill that is paid or void.
    """
    bill = find_bill(session, context, request.bill_hint)
    payment_holds.hold(session, bill, request.reason, person_id=context.asker.id, now=context.now, until=request.until)
    lines = [
        say("On hold until {day}: no payment file and no reminder has it before.", day=day(request.until))
        if request.until
        else say("On hold: no payment file and no reminder has it until you say “release it”.")
    ]
    order = payment_orders.order_in_force(session, bill.id) if bill.state in OPEN else None
    if order is not None:
        lines.append(
            say(
                "It is in the payment file of {day} already: don't upload that, or say “withdraw the payment file”.",
                day=day(order.made_at.astimezone(context.zone).date()),
            )
        )
    return (bill_reply(session, context, bill, " ".join(lines)),)


def release(session: Session, context: Context, request: Release) -> tuple[Reply, ...]:
    """The bill, which may be paid again; of one whose documents alone are held, how that is ended. Raises: LedgerError
    where it is not held."""
    bill = find_bill(session, context, request.bill_hint)
    if payment_holds.in_force(session, bill.id) is None and (kept := _documents_held(session, bill)):
        return (Reply(kept, bill=bill.id),)
    payment_holds.release(session, bill, person_id=context.asker.id, now=context.now)
    return (bill_reply(session, context, bill, say("Released: it may be paid again.")),)


def _documents_held(session: Session, bill: Bill) -> str:
    """What ends that documents are kept longer, of the bill's vendor or of the bill; "" where none are."""
    for kept in holds.in_force(session):
        if bill.id == kept.bill_id or (kept.vendor_id is not None and kept.vendor_id == bill.vendor_id):
            what = say("it") if kept.bill_id else bill.vendor
            return say(
                "Its payment is not on hold; its documents are. “release the legal hold on {what}” ends that.",
                what=what,
            )
    return ""


def on_hold(session: Session, context: Context, request: OnHold) -> tuple[Reply, ...]:
    """Every bill that is held, by whom and why, as far as the asker may see them."""
    found = payment_holds.all_in_force(session, context.today)
    seen = {bill.id for bill in permitted.visible(session, context, [bill for _, bill in found])}
    held = {bill.id: hold for hold, bill in found if bill.id in seen}
    if not held:
        return (Reply(say("No bill is on hold."), choices=suggestion_choices((say("what's due?"),))),)
    bills = [bill for _, bill in found if bill.id in seen]
    listing = lists.bill_list(bills, lambda bill: hold_line(session, held[bill.id], bill))
    return (Reply("\n".join([say("On hold, not to be paid:"), listing.text]), listed=listing.bills),)
