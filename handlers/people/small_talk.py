"""Small talk, and what to say when nothing was understood."""

from __future__ import annotations

from sqlmodel import Session

from handlers.button_ids import suggestion_choices
from handlers.context import Context
from handlers.language.translation import say
from handlers.messages import Reply
from handlers.requests import Greeting, Help, Thanks, Unclear, Unknown
from handlers.wording import bill_texts, greetings


def greet(session: Session, context: Context, request: Greeting) -> tuple[Reply, ...]:
    """Hello."""
    return (Reply(greetings.greeting(context.asker.name)),)


def thank(session: Session, context: Context, request: Thanks) -> tuple[Reply, ...]:
    """You're welcome."""
    return (Reply(greetings.welcome()),)


def help_(session: Session, context: Context, request: Help) -> tuple[Reply, ...]:
    """What Billify can do."""
    return (Reply(greetings.help_text()),)


def clarify(session: Session, context: Context, request: Unclear) -> tuple[Reply, ...]:
    """Asks for the one part that is not clear; nothing was changed."""
    return (Reply(request.question, choices=suggestion_choices(request.suggestions), bill=context.bill),)


def suggest(session: Session, context: Context, request: Unknown) -> tuple[Reply, ...]:
    """The nearest things that are understood, as buttons."""
    return (Reply(bill_texts.not_understood(), choices=suggestion_choices(request.suggestions), bill=context.bill),)


def not_theirs() -> tuple[Reply, ...]:
    """To words that somebody else wrote, which order nothing."""
    return (
        Reply(
            say(
                "You passed on somebody else's words, and those I do not act on. If you want it done, tell me "
                "yourself. An invoice I read, when you forward its file."
            )
        ),
    )
