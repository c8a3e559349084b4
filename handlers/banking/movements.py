"""Movements of the bank: the open ones listed, matched with bills, booked on a category, taken back."""

from __future__ import annotations

from sqlmodel import Session

from handlers.banking.categories import category_called
from handlers.banking.match_questions import described, match_question
from handlers.bills.bill_reply import bill_reply
from handlers.button_ids import choice_id
from handlers.context import Context
from handlers.errors import NotPossible
from handlers.language.translation import say, say_count
from handlers.messages import Choice, Reply
from handlers.requests import BookMovement, Match, Movements, Unmatch
from handlers.rights import permitted
from handlers.wording.account_names import account_name
from storage.bank import bank_movements
from storage.bills import lifecycle
from storage.models import Movement, MovementState, Permission
from storage.reconciliation import reconciling

MOST_LINES = 20
MOST_ASKED = 3
RELOOKED = 200
"""So many of the latest are looked at anew when they are listed: their bill may have come meanwhile."""


def match(session: Session, context: Context, request: Match) -> tuple[Reply, ...]:
    """The bills that the movement pays, or that none of the proposed was meant. Raises: LedgerError."""
    if request.bill is None:
        movement = reconciling.decline(session, request.movement, person_id=context.asker.id, now=context.now)
        return (Reply(_how_to_book(movement), choices=_without_bill(movement), replaces=context.card),)
    movement = reconciling.lock(session, request.movement)
    meant = reconciling.proposal_for(session, movement, (request.bill, *request.others))
    reconciling.pay_bills(
        session, request.movement, meant, key=context.key, person_id=context.asker.id, now=context.now
    )
    reconciling.record_decision(session, movement, person_id=context.asker.id, now=context.now)
    paid = [lifecycle.find(session, bill_id) for bill_id in meant.bills]
    text = say("Booked: {movement}.", movement=described(movement))
    return (
        Reply(text, choices=(_undo(movement),), replaces=context.card),
        *(bill_reply(session, context, bill) for bill in paid if bill.open_minor),
    )


def unmatch(session: Session, context: Context, request: Unmatch) -> tuple[Reply, ...]:
    """What was booked for the movement is taken back. Raises: LedgerError when nothing was."""
    reconciling.unreconcile(session, request.movement, key=context.key, person_id=context.asker.id, now=context.now)
    movement = reconciling.lock(session, request.movement)
    text = say("Taken back: {movement}. It is open again.", movement=described(movement))
    return (Reply(text, choices=_without_bill(movement), replaces=context.card),)


def book(session: Session, context: Context, request: BookMovement) -> tuple[Reply, ...]:
    """Books a movement that no bill explains on a category. Raises: NotPossible when it is not clear which."""
    movement_id = request.movement or _only(session, context).id
    category = category_called(session, request.category)
    movement = reconciling.categorise(
        session, movement_id, category.code, key=context.key, person_id=context.asker.id, now=context.now
    )
    text = say("Booked on {category}: {movement}.", category=account_name(category), movement=described(movement))
    return (Reply(text, choices=(_undo(movement),), replaces=context.card),)


def movements(session: Session, context: Context, request: Movements) -> tuple[Reply, ...]:
    """The movements that no entry explains, after another look for what may explain them by now."""
    waiting = bank_movements.open_movements(session)
    if permitted.may(session, context, Permission.IMPORT_STATEMENTS):
        reconciling.reconcile_movements(
            session, waiting[-RELOOKED:], key=context.key, person_id=context.asker.id, now=context.now
        )
    still = [movement for movement in waiting if movement.state is not MovementState.BOOKED]
    if not still:
        return (Reply(say("Every movement of the bank is booked.")),)
    head = say_count(
        "{n} movement of the bank is not booked yet:", "{n} movements of the bank are not booked yet:", len(still)
    )
    lines = [f"#{movement.id} {described(movement)}" for movement in still[:MOST_LINES]]
    if len(still) > MOST_LINES:
        lines.append(say("… and {n} more.", n=len(still) - MOST_LINES))
    example = say("Say “movement {n} is bank fees” to book one without a bill.", n=still[0].id)
    asked = [movement for movement in still if movement.state is MovementState.ASKED]
    return (Reply("\n".join([head, *lines, example])), *(match_question(session, one) for one in asked[:MOST_ASKED]))


def _only(session: Session, context: Context) -> Movement:
    """The movement that is open where only one is and movements were shown here last. Raises: NotPossible."""
    waiting = bank_movements.open_movements(session)
    if len(waiting) == 1 and context.last.movements:
        return waiting[0]
    if not waiting:
        raise NotPossible(say("Every movement of the bank is booked."))
    raise NotPossible(say("Which movement do you mean? Say “movement {n} is bank fees”.", n=waiting[0].id))


def _how_to_book(movement: Movement) -> str:
    return say(
        "{movement} stays open. Send me its bill, or say “movement {n} is bank fees”.",
        movement=described(movement),
        n=movement.id,
    )


def _without_bill(movement: Movement) -> tuple[Choice, ...]:
    return (Choice(choice_id("book", argument=f"{movement.id}:bank_fees"), say("Bank fees")),)


def _undo(movement: Movement) -> Choice:
    return Choice(choice_id("unmatch", argument=str(movement.id)), say("Undo"))
