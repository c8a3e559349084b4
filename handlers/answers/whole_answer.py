"""A long answer: its first lines are told, with a button that brings all of it as a file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from handlers.button_ids import suggestion_choices
from handlers.context import Context
from handlers.errors import NotPossible
from handlers.language.translation import say
from handlers.messages import Attachment, Reply
from handlers.requests import Question


def offered(replies: tuple[Reply, ...]) -> tuple[Reply, ...]:
    """The replies, the last with a button for all that was left out of them."""
    if not replies:
        return replies
    last = replies[-1]
    return (*replies[:-1], replace(last, choices=(*last.choices, *suggestion_choices((say("show all"),)))))


def of(context: Context) -> Question:
    """The question that was answered last. Raises: NotPossible where there is none."""
    if context.last.question is None:
        raise NotPossible(say("I left nothing out of my last answer. Ask me again what you want to see all of."))
    return context.last.question


def in_a_file(context: Context, replies: Sequence[Reply]) -> tuple[Reply, ...]:
    """The words of the replies as a text file, which every platform shows."""
    text = "\n\n".join(reply.text for reply in replies if reply.text)
    name = say("answer.txt")
    file = Attachment(name, "text/plain", context.keep(text.encode()))
    return (Reply(say("Here is the whole answer."), attachments=(file,)),)
