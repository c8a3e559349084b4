"""What was sent, by key, and how each of our messages looks now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from storage.db.locks import acquire_lock
from storage.models import Delivery


@dataclass(frozen=True)
class ShownMessage:
    """A message of ours on a platform: what was sent first, and what was shown in its place last (maybe the same)."""

    first: Delivery
    latest: Delivery


def delivery(session: Session, key: str) -> Delivery | None:
    """What was sent under a reply's key, None when nothing was yet."""
    return session.get(Delivery, key)


def delivery_by_sent_id(session: Session, channel: str, sent_id: str) -> Delivery | None:
    """The latest of our replies that the platform knows by this id; None when it is none of ours."""
    query = select(Delivery).where(Delivery.channel == channel, Delivery.sent_id == sent_id)
    return session.exec(query.order_by(col(Delivery.sent_at).desc(), col(Delivery.key).desc())).first()


def gathered_with(session: Session, sent: Delivery) -> list[Delivery]:
    """What went out together with a reply, itself included: replies to the same message under one id, in their
    order."""
    message_key = sent.key.rpartition("#")[0]
    query = select(Delivery).where(
        Delivery.channel == sent.channel,
        Delivery.sent_id == sent.sent_id,
        col(Delivery.key).startswith(f"{message_key}#", autoescape=True),
    )
    return sorted(session.exec(query).all(), key=lambda one: int(one.key.rpartition("#")[2].partition("/")[0]))


def deliveries_of(session: Session, channel: str, conversation: str, bill_id: int) -> list[Delivery]:
    """What was said of a bill in a conversation, latest first."""
    query = select(Delivery).where(
        Delivery.channel == channel, Delivery.conversation == conversation, Delivery.bill_id == bill_id
    )
    return list(session.exec(query.order_by(col(Delivery.sent_at).desc(), col(Delivery.key).desc())).all())


def shown_messages_of(session: Session, bill_id: int) -> list[ShownMessage]:
    """How each message that speaks of a bill looks now, in every conversation; what was first sent last comes first."""
    query = select(Delivery).where(Delivery.bill_id == bill_id, col(Delivery.final).is_(True))
    looks: dict[tuple[str, str], ShownMessage] = {}
    for sent in session.exec(query.order_by(col(Delivery.sent_at), col(Delivery.key))).all():
        place = sent.channel, sent.sent_id
        looks[place] = ShownMessage(looks[place].first if place in looks else sent, sent)
    return list(reversed(looks.values()))


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
    """Keeps what was sent as what, in place of what the key stood for before. `final` is False for a status, which
    takes the place of nothing that is final."""
    acquire_lock(session, f"delivery:{key}")
    known = session.get(Delivery, key)
    if known and known.final and not final:
        return
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
