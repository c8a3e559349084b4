"""A bill as a reply: its card, its buttons, and what there is to say above them."""

from __future__ import annotations

from dataclasses import replace

from sqlmodel import Session

from extraction.evidence import CONFIDENCE_THRESHOLD
from handlers.bills import vendor_account
from handlers.bills.approval_status import approval_status
from handlers.bills.deeds import beside_facts
from handlers.button_ids import bill_choices
from handlers.context import Context
from handlers.language.formats import day
from handlers.language.translation import say
from handlers.messages import Attachment, Change, Fact, Reply
from handlers.rights.buttons import pressable
from handlers.wording import account_names
from handlers.wording.cards import bill_card
from storage.bills import duplicates
from storage.bills.discounts import discounted_rest
from storage.bills.lifecycle import OPEN
from storage.models import Bill, BillState
from storage.payments import payment_orders
from storage.people import people
from storage.undo import bill_actions


def bill_reply(
    session: Session, context: Context, bill: Bill, text: str = "", *, changes: tuple[Change, ...] = ()
) -> Reply:
    """The bill as it stands now. After a pressed button it takes the place of the card that had the button."""
    confirmer = people.find_by_id(session, bill.confirmed_by) if bill.confirmed_by else None
    picture = Attachment("page.png", "image/png", bill.picture_sha256) if bill.picture_sha256 else None
    agreed = approval_status(session, context, bill)
    card = bill_card(
        bill,
        context.today,
        picture,
        changes,
        doubt_below=CONFIDENCE_THRESHOLD,
        confirmed_by=confirmer.name if confirmer else None,
        category=account_names.account_name_of_code(session, bill.category) if bill.category else None,
    )
    choices = bill_choices(
        bill,
        currency=context.currency,
        undoable=bill_actions.last_undoable(session, bill.id) is not None,
        lessened=discounted_rest(bill, context.today),
        instead=agreed.choices,
    )
    if bill.state is BillState.HELD and duplicates.obstacle_to_replacing(session, bill):
        choices = tuple(choice for choice in choices if not choice.id.startswith("keep-new"))
    return Reply(
        text,
        card=replace(
            card,
            facts=card.facts
            + beside_facts.facts(session, context, bill)
            + vendor_account.facts(session, bill)
            + _ordered(session, context, bill),
            doubts=card.doubts + agreed.doubts,
            state=agreed.state or card.state,
        ),
        choices=pressable(session, context, bill, choices),
        bill=bill.id,
        replaces=context.card,
    )


def _ordered(session: Session, context: Context, bill: Bill) -> tuple[Fact, ...]:
    """That an open bill is in a payment file, and of which day."""
    order = payment_orders.order_in_force(session, bill.id) if bill.state in OPEN else None
    if order is None:
        return ()
    return (Fact(say("In the payment file of"), day(order.made_at.astimezone(context.zone).date())),)
