"""What people said by the platform's ids of it, and the bills that came from it."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Any

from sqlmodel import Session, col, select

from storage.db.locks import acquire_lock
from storage.db.tenancy import company_of
from storage.models import Bill, BillState, Saying


def record_sayings(
    session: Session, channel: str, sent_ids: Sequence[str], message_key: str, text: str = "", *, again: bool = False
) -> None:
    """Notes by which ids the platform knows a message, and what it says. Several are those of its attachments, in their
    order. `again`: it is an earlier one as it reads by now, and what came of it came of it then."""
    if again:
        for said in filter(None, (find_saying(session, channel, sent_id) for sent_id in sent_ids)):
            said.words = fingerprint(text)
        session.flush()
        return
    for place, sent_id in enumerate(sent_ids):
        acquire_lock(session, f"saying:{channel}:{sent_id}")
        which = place if len(sent_ids) > 1 else None
        words = fingerprint(text)
        row: dict[str, Any] = {"company_id": company_of(session), "channel": channel, "sent_id": sent_id}
        session.merge(Saying(**row, message_key=message_key, place=which, words=words))
    session.flush()


def fingerprint(text: str) -> str:
    """By what words are known again (`Saying.words`)."""
    return hashlib.sha256(text.encode()).hexdigest()


def find_saying(session: Session, channel: str, sent_id: str) -> Saying | None:
    """What somebody said that the platform knows by this id; None for nothing that came to us."""
    return session.get(Saying, (company_of(session), channel, sent_id))


def bills_of(session: Session, said: Saying) -> tuple[int, ...]:
    """The bills that came from a message, or from the attachment that is meant; of a duplicate that was discarded the
    one that it looked like."""
    found = _bills(session, f"{said.message_key}/{said.place}/") if said.place is not None else []
    found = found or _bills(session, f"{said.message_key}/")
    return tuple(
        dict.fromkeys(
            bill.duplicate_of if bill.state is BillState.VOID and bill.duplicate_of else bill.id for bill in found
        )
    )


def origins_of(session: Session, channel: str, bill: Bill) -> tuple[str, ...]:
    """By which ids a channel knows what a bill came from; empty where it came from elsewhere."""
    message_key, _, rest = bill.key.partition("/")
    query = select(Saying).where(Saying.channel == channel, Saying.message_key == message_key)
    found = session.exec(query).all()
    place = rest.partition("/")[0]
    return tuple(said.sent_id for said in found if said.place is None or str(said.place) == place)


def _bills(session: Session, beginning: str) -> Sequence[Bill]:
    """The bills whose key begins so (see `handlers.documents.receive`)."""
    query = select(Bill).where(col(Bill.key).startswith(beginning, autoescape=True))
    return session.exec(query.order_by(col(Bill.id))).all()
