"""What is said where several people read, when we are taken in there: how to speak to us, and what we see and tell."""

from __future__ import annotations

from sqlmodel import Session

from handlers.language.translation import say
from handlers.messages import Message, Reply
from storage.people import identities

HEARS_ITS_NAME = "joined:named"
"""The notice of a group in which the platform shows us only what is said to us."""
HEARS_ALL = "joined:all"
"""The notice of a group in which the platform shows us everything."""


def room_greeting(session: Session, message: Message) -> tuple[Reply, ...] | None:
    """The greeting for a message that says that we were taken into a group; None for any other. It tells nothing of the
    company, so that whoever took us in may be a stranger."""
    if message.notice not in (HEARS_ITS_NAME, HEARS_ALL):
        return None
    name = identities.account_name(session, message.channel)
    called = f"@{name}" if name else "Billify"
    return (Reply("\n".join((_who_we_are(called), _what_we_see(message.notice), _what_we_tell()))),)


def _who_we_are(called: str) -> str:
    return say(
        "Hello, I'm Billify. I read invoices, keep the books and tell what is due. Here I act only when I am meant: "
        "write {called} and what you want, send a command from the menu, or answer one of my messages. To have a photo "
        "read that is here already, answer it with “{called} record”.",
        called=called,
    )


def _what_we_see(notice: str) -> str:
    if notice == HEARS_ALL:
        return say(
            "I am shown all that is written here, and pass over what is not meant for me. If the owner says “read "
            "every file here” to me, I read each file as an invoice."
        )
    return say(
        "I am shown nothing else of what is written here (the bot's privacy mode). If I am to read every file that is "
        "sent here, make me an administrator of the group; then the owner says “read every file here” to me."
    )


def _what_we_tell() -> str:
    return say("Balances and the like I tell the person who asks alone. I work for people who have been invited.")
