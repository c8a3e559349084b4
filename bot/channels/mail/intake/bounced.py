"""A bounce updates the delivery that it speaks of: the person hears elsewhere what did not arrive."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session

from bot.channels.mail.intake.bounces import Bounce
from handlers.messages import Reply, from_json, split_reply_key, to_json
from storage.mail import sent_mails
from storage.messages import idempotency, outbox
from storage.messages.outbox import Posting
from storage.models import SentMail


def note_bounce(session: Session, bounce: Bounce, now: datetime) -> str | None:
    """Notes what a bounce says of the first mail of ours that it names; that mail's reply key, None for none of ours.

    A mail that is only late, or of which the server says that it arrived, stays delivered.
    """
    for message_id in bounce.message_ids:
        if sent := sent_mails.by_message_id(session, message_id):
            if bounce.failed:
                outbox.fail(session, _posting(session, sent), reason=bounce.reason or "returned", now=now)
            return sent.key
    return None


def _posting(session: Session, sent: SentMail) -> Posting:
    """What had been sent, as far as it is still known."""
    message_key, n = split_reply_key(sent.key)
    served = idempotency.find_without_waiting(session, message_key)
    replies = from_json(tuple[Reply, ...], served.replies) if served else ()
    together = tuple(reply for reply in replies[n:] if not reply.quiet)
    reply = to_json(together, tuple[Reply, ...]) if together else ""
    conversation = served.conversation if served else sent.address
    person_id = served.person_id if served else None
    return Posting(sent.key, "mail", conversation, sent.address, person_id, sent.subject, "", reply)
