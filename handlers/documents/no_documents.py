"""What people send that is no document: a sticker, a voice message, a place. It is answered kindly, and once."""

from __future__ import annotations

from sqlmodel import Session

from handlers.context import Context
from handlers.language.translation import say, sayable
from handlers.messages import Reply, Unread
from handlers.wording import bill_texts
from storage.messages import reminders

ANSWERS: dict[Unread, str] = {
    "sticker": sayable("Thank you for the sticker! Send me a photo or PDF of an invoice, or ask “what's due?”."),
    "game": sayable("I play no games, but I keep books: send me a photo or PDF of an invoice, or ask “what's due?”."),
    "voice": sayable("I cannot listen to recordings. Please write to me what you want, or send a photo or PDF."),
    "video": sayable("I cannot watch videos. Please send the invoice as a photo or PDF."),
    "location": sayable("I have no use for places. Send me a photo or PDF of an invoice, or ask “what's due?”."),
    "contact": sayable("I keep no contacts. To let a colleague in, the owner says, say, “invite anna@example.com”."),
    "poll": sayable("I take no part in polls. Send me a photo or PDF of an invoice, or ask “what's due?”."),
}
"""Of mails (`encrypted`, `linked`) the text says what is to be done with that very mail, each time."""


def not_a_document(session: Session, context: Context, kind: Unread) -> tuple[Reply, ...]:
    """Why nothing was read. Of what comes again and again it is told once a day in a conversation."""
    if kind in ("encrypted", "linked", "partial", "elsewhere"):
        return (Reply(bill_texts.unread(kind)),)
    first = reminders.record_firing(
        session,
        f"unread/{kind}/{context.channel}/{context.conversation}/{context.today}",
        person_id=context.asker.id,
        scheduled_for=context.now,
        now=context.now,
        message_key=context.key,
    )
    return (Reply(say(ANSWERS[kind])),) if first else ()
