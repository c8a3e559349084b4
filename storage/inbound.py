"""What was served and sent, by key, so that repeated work has no second effect; and what a conversation is about."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select

from storage.locks import hold
from storage.models import Conversation, Delivery, Inbound


@dataclass(frozen=True)
class Focus:
    """What a conversation is about: the bill that "it" means, an open question of ours, and what was said last (both
    JSON), each or None."""

    bill_id: int | None = None
    pending: dict[str, Any] | None = None
    last: dict[str, Any] | None = None


@dataclass(frozen=True)
class Look:
    """A message of ours on a platform: what was sent first, and what was shown in its place last (maybe the same)."""

    first: Delivery
    latest: Delivery


def served(session: Session, key: str) -> str | None:
    """The replies (JSON) that a message got, None when it was not served yet.

    Nobody else serves the same message until this transaction ends: call it first, `record_served` last.
    """
    hold(session, f"message:{key}")
    found = session.get(Inbound, key)
    return None if found is None else found.replies


def record_served(
    session: Session,
    *,
    key: str,
    channel: str,
    conversation: str,
    person_id: int | None,
    replies: str,
    now: datetime,
) -> None:
    """Keeps the replies (JSON) to a message, in the transaction of what it did. `person_id` is None for strangers.

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
        )
    )
    session.flush()


def delivery(session: Session, key: str) -> Delivery | None:
    """What was sent under a reply's key, None when nothing was yet."""
    return session.get(Delivery, key)


def delivery_by_sent_id(session: Session, channel: str, sent_id: str) -> Delivery | None:
    """The latest of our replies that the platform knows by this id; None when it is none of ours."""
    query = select(Delivery).where(Delivery.channel == channel, Delivery.sent_id == sent_id)
    return session.exec(query.order_by(col(Delivery.sent_at).desc(), col(Delivery.key).desc())).first()


def deliveries_of(session: Session, channel: str, conversation: str, bill_id: int) -> list[Delivery]:
    """What was said of a bill in a conversation, latest first."""
    query = select(Delivery).where(
        Delivery.channel == channel, Delivery.conversation == conversation, Delivery.bill_id == bill_id
    )
    return list(session.exec(query.order_by(col(Delivery.sent_at).desc(), col(Delivery.key).desc())).all())


def looks_of(session: Session, bill_id: int) -> list[Look]:
    """How each message that speaks of a bill looks now, in every conversation; what was first sent last comes first."""
    query = select(Delivery).where(Delivery.bill_id == bill_id, col(Delivery.final).is_(True))
    looks: dict[tuple[str, str], Look] = {}
    for sent in session.exec(query.order_by(col(Delivery.sent_at), col(Delivery.key))).all():
        place = sent.channel, sent.sent_id
        looks[place] = Look(looks[place].first if place in looks else sent, sent)
    return list(reversed(looks.values()))


def kept(session: Session, key: str) -> Inbound | None:
    """A message that was served, without waiting for whoever serves it now; None when it was not."""
    return session.get(Inbound, key)


def record_delivery(
    session: Session,
    *,
    key: str,
    channel: str,
    conversation: str,
    sent_id: str,
    bill_id: int | None,
    final: bool,
    now: datetime,
) -> None:
    """Keeps what was sent as what, in place of what the key stood for before. `final` is False for a status."""
    hold(session, f"delivery:{key}")
    session.merge(
        Delivery(
            key=key,
            channel=channel,
            conversation=conversation,
            sent_id=sent_id,
            bill_id=bill_id,
            final=final,
            sent_at=now,
        )
    )
    session.flush()


def focus(session: Session, channel: str, conversation: str) -> Focus:
    """What the conversation is about; nothing, if it is new."""
    found = _conversation(session, channel, conversation)
    return Focus() if found is None else Focus(found.bill_id, found.pending, found.last)


def set_focus(
    session: Session,
    channel: str,
    conversation: str,
    *,
    bill_id: int | None = None,
    pending: dict[str, Any] | None = None,
    last: dict[str, Any] | None = None,
) -> None:
    """From now on the conversation is about this, and nothing else."""
    hold(session, f"conversation:{channel}:{conversation}")
    found = _conversation(session, channel, conversation) or Conversation(channel=channel, conversation=conversation)
    found.bill_id, found.pending, found.last = bill_id, pending, last
    session.add(found)
    session.flush()


def _conversation(session: Session, channel: str, conversation: str) -> Conversation | None:
    query = select(Conversation).where(Conversation.channel == channel, Conversation.conversation == conversation)
    return session.exec(query).one_or_none()
