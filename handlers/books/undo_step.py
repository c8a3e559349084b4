"""What was done to the books, said with a button that takes it back."""

from __future__ import annotations

from sqlmodel import Session

from handlers.button_ids import choice_id
from handlers.context import Context
from handlers.language.translation import say
from handlers.messages import Choice, Reply
from storage.undo import book_actions


def reply_with_undo(session: Session, context: Context, text: str) -> tuple[Reply, ...]:
    """The reply after a step, with Undo."""
    step = book_actions.latest(session, context.asker.id)
    assert step is not None
    return (Reply(text, choices=(Choice(choice_id("revoke", argument=str(step.id)), say("Undo")),)),)
