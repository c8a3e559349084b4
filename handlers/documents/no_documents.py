"""What people send that is no document: mails that cannot be read, stickers, recordings. It is answered kindly."""

from __future__ import annotations

from sqlmodel import Session

from handlers.context import Context
from handlers.language.translation import say, sayable
from handlers.messages import Reply, Unread
from storage.messages import reminders

ANSWERS: dict[Unread, str] = {
    "encrypted": sayable("This mail is encrypted. Please send the invoice in it without encryption."),
    "linked": sayable("The invoice is behind a link. Please open it and send me the PDF."),
    "partial": sayable("This is a piece of a mail that was cut. Please send the invoice itself, as a PDF."),
    "elsewhere": sayable(
        "The file is not in this mail, which only says where it lies. Please open it and send me the PDF."
    ),
    "sticker": sayable("Thank you for the sticker! Send me a photo or PDF of an invoice, or ask “what's due?”."),
    "game": sayable("I play no games, but I keep books: send me a photo or PDF of an invoice, or ask “what's due?”."),
    "voice": sayable("I cannot listen to recordings. Please write to me what you want, or send a photo or PDF."),
    "video": sayable("I cannot watch videos. Please send the invoice as a photo or PDF."),
    "location": sayable("I have no use for places. Send me a photo or PDF of an invoice, or ask “what's due?”."),
    "contact": sayable("I keep no contacts. To let a colleague in, the owner says, say, “invite anna@example.com”."),
    "poll": sayable("I take no part in polls. Send me a photo or PDF of an invoice, or ask “what's due?”."),
}
_OF_MAILS = frozenset({"encrypted", "linked", "partial", "elsewhere"})
"""What is to be done with that very mail, each time."""


def not_a_document(session: Session, context: Context, kind: Unread) -> tuple[Reply, ...]:
    """Why nothing was read. Of what comes again and again it is told once a day in a conversation."""
    if kind in _OF_MAILS:
        return (Reply(say(ANSWERS[kind])),)
    first = reminders.record_firing(
        session,
        f"unread/{kind}/{context.channel}/{context.conversation}/{context.today}",
        person_id=context.asker.id,
        scheduled_for=context.now,
        now=context.now,
        message_key=context.key,
    )
    return (Reply(say(ANSWERS[kind])),) if first else ()
