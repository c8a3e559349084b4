"""Messages that were served, by key, so that serving one again has no second effect."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session

from storage import audit
from storage.db.locks import acquire_lock
from storage.messages import own_keys
from storage.messages.own_keys import Speaker
from storage.models import Inbound


def served(session: Session, key: str, speaker: Speaker) -> str | None:
    """The replies (JSON) that a message got, None when it was not served yet. `speaker` is who said it where.

    Nobody else serves the same message until this transaction ends: call it first, `record_served` last. What is
    done in between stands in the audit with the message's key.
    Raises: KeyOfAnother where the message of that key was another's.
    """
    acquire_lock(session, f"message:{key}")
    audit.record_under(session, key)
    found = session.get(Inbound, key)
    if found is None:
        return None
    own_keys.check_own_message(session, speaker, found)
    return found.replies


def record_served(
    session: Session,
    *,
    key: str,
    channel: str,
    conversation: str,
    person_id: int | None,
    replies: str,
    now: datetime,
    shared: bool = False,
) -> None:
    """Keeps the replies (JSON) to a message, in the transaction of what it did. `person_id` is None for strangers;
    `shared` says that others read the conversation.

    Raises: sqlalchemy.exc.IntegrityError when the message was served already, which undoes the transaction.
    """
    session.add(
        Inbound(
            key=key,
            channel=channel,
            conversation=conversation,
            person_id=person_id,
            served_at=now,
            replies=replies,
            shared=shared,
        )
    )
    session.flush()


def find_without_waiting(session: Session, key: str) -> Inbound | None:
    """A message that was served, without waiting for whoever serves it now; None when it was not."""
    return session.get(Inbound, key)
