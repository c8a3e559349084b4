"""A change that was understood, but not beyond doubt: shown in words, done when its button is pressed."""

from __future__ import annotations

from sqlmodel import Session

from handlers.button_ids import suggestion_choices
from handlers.context import Context
from handlers.messages import Reply
from handlers.requests import Proposed
from handlers.wording import bill_texts


def propose(session: Session, context: Context, request: Proposed) -> tuple[Reply, ...]:
    """The sentence as a button; one too long for a button is to be said."""
    choices = suggestion_choices((request.sentence,))
    text = bill_texts.proposed() if choices else bill_texts.to_be_said(request.sentence)
    return (Reply(text, choices=choices, bill=context.bill),)
