"""What was done to the books, said with a button that takes it back."""

from __future__ import annotations

from sqlmodel import Session

from handlers.button_ids import choice_id
from handlers.context import Context
from handlers.errors import NotPossible
from handlers.language.translation import say, sayable
from handlers.messages import Choice, Reply
from handlers.requests import UndoBookkeepingStep
from storage.undo import book_actions

NAMES = {
    "opened": sayable("the opening balance"),
    "transferred": sayable("the transfer"),
    "prepaid": sayable("the prepayment"),
    "added account": sayable("the new account"),
    "renamed": sayable("the new name"),
    "closed": sayable("the closing"),
    "reopened": sayable("the reopening"),
    "described": sayable("the change of the company's profile"),
    "explained": sayable("the booking of the bank's movement"),
}


def reply_with_undo(session: Session, context: Context, text: str) -> tuple[Reply, ...]:
    """The reply after a step, with Undo."""
    step = book_actions.latest(session, context.asker.id)
    assert step is not None
    return (Reply(text, choices=(Choice(choice_id("revoke", argument=str(step.id)), say("Undo")),)),)


def undo_step(session: Session, context: Context, request: UndoBookkeepingStep) -> tuple[Reply, ...]:
    """Takes a step back: the one whose button was pressed, else the asker's last.

    Raises: NotPossible when there is none; LedgerError when it was taken back already, or is needed by now.
    """
    last = book_actions.latest(session, context.asker.id)
    step_id = request.step or (last.id if last else None)
    if step_id is None:
        raise NotPossible(say("There is nothing to take back here."))
    step = book_actions.revoke(session, step_id, key=context.key, person_id=context.asker.id, now=context.now)
    return (Reply(say("I took back {what}.", what=say(NAMES[step.action]))),)
