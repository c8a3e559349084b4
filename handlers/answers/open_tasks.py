"""What waits for a person: documents to confirm, bills to approve, movements of the bank to match."""

from __future__ import annotations

from sqlmodel import Session

from handlers.bills.all_at_once import decide
from handlers.button_ids import suggestion_choices
from handlers.context import Context
from handlers.language.formats import day, money
from handlers.language.translation import say, say_count
from handlers.messages import Reply
from handlers.requests import Waiting
from handlers.rights import permitted
from handlers.wording import lists
from handlers.wording.cards import bill_label, bill_state
from storage.approvals import approvals
from storage.bank import bank_movements
from storage.bills import outstanding
from storage.ledger.money import Money
from storage.models import Movement, Permission

MOST_MOVEMENTS = 5


def waiting(session: Session, context: Context, request: Waiting) -> tuple[Reply, ...]:
    """The documents, numbered, then the movements."""
    bills = permitted.visible(session, context, outstanding.waiting_bills(session))
    undecided = permitted.visible(session, context, approvals.waiting(session))
    matches = permitted.may(session, context, Permission.SEE_BOOKS)
    movements = bank_movements.open_movements(session) if matches else []
    if not bills and not undecided and not movements:
        return (Reply(say("Nothing waits for you.")),)
    parts = []
    listing = lists.bill_list([*bills, *undecided], lambda bill: f"{bill_label(bill)} · {bill_state(bill)}")
    if bills:
        parts.append(say_count("{n} document to confirm:", "{n} documents to confirm:", len(bills)))
    if undecided:
        parts.append(say_count("{n} bill to approve:", "{n} bills to approve:", len(undecided)))
    if listing.bills:
        parts.append(listing.text)
    if movements:
        parts.append(
            say_count("{n} movement of the bank to match:", "{n} movements of the bank to match:", len(movements))
        )
        parts += [_movement(movement) for movement in movements[:MOST_MOVEMENTS]]
    if len(movements) > MOST_MOVEMENTS:
        parts.append(say("… and {n} more.", n=len(movements) - MOST_MOVEMENTS))
    only = bills[0].id if len(bills) == 1 else None
    choices = suggestion_choices(decide.offered(session, context, bills, undecided))
    return (Reply("\n".join(parts), choices=choices, bill=only, listed=listing.bills),)


def _movement(movement: Movement) -> str:
    """ "• 2 Apr 2025 · -€80.00 · Globex Ltd"."""
    amount = money(Money(movement.amount_minor, movement.currency))
    return " · ".join(part for part in (f"• {day(movement.booked_on)}", amount, movement.counterparty) if part)
