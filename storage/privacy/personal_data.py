"""All that is kept about a person, as values that survive JSON."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from sqlmodel import Session, SQLModel, col, or_, select

from storage.models import (
    AccessToken,
    Alarm,
    Amendment,
    Approval,
    Audit,
    Bill,
    Document,
    Identity,
    Inbound,
    Invitation,
    MailRecord,
    Passkey,
    Person,
    Post,
    Preference,
    SenderRule,
    SentMail,
    Snooze,
    Webhook,
)
from storage.people import people

_SECRET = ("code_sha256", "secret_sha256", "secret", "former_secret")


def personal_data(session: Session, person_id: int) -> dict[str, Any]:
    """By subject, each a list of records in the order in which they were made; what belongs to one message is one."""
    ids = people.ids_of(session, person_id)
    identities = session.exec(select(Identity).where(col(Identity.person_id).in_(ids))).all()
    addresses = [one.address for one in identities]
    theirs = select(Inbound.key).where(col(Inbound.person_id).in_(ids))
    said = or_(col(Post.conversation).in_(addresses), col(Post.key).in_(theirs))
    return {
        "profile": _records(session.exec(select(Person).where(col(Person.id).in_(ids))).all()),
        "identities": _records(identities),
        "preferences": _records(session.exec(select(Preference).where(col(Preference.person_id).in_(ids))).all()),
        "invitations": _of(session, Invitation, ids, "person_id", "invited_by"),
        "passkeys": _of(session, Passkey, ids, "person_id"),
        "tokens": _of(session, AccessToken, ids, "person_id"),
        "webhooks": _of(session, Webhook, ids, "person_id"),
        "messages": _records(session.exec(select(Inbound).where(col(Inbound.person_id).in_(ids))).all()),
        "chat": _records(session.exec(select(Post).where(said).order_by(col(Post.id))).all()),
        "mails received": _of(session, MailRecord, ids, "person_id"),
        "mails sent": _records(session.exec(select(SentMail).where(col(SentMail.address).in_(addresses))).all()),
        "sender rules": _of(session, SenderRule, ids, "person_id", "created_by"),
        "reminders": _of(session, Alarm, ids, "person_id") + _of(session, Snooze, ids, "person_id"),
        "documents": _records(documents_of(session, person_id)),
        "bills sent or confirmed": _of(session, Bill, ids, "created_by", "confirmed_by"),
        "corrections": _of(session, Amendment, ids, "person_id"),
        "approvals": _of(session, Approval, ids, "person_id"),
        "what they did": _of(session, Audit, ids, "person_id"),
    }


def documents_of(session: Session, person_id: int) -> list[Document]:
    """The originals that a person sent, oldest first; also those whose bytes are gone."""
    query = select(Document).where(col(Document.sent_by).in_(people.ids_of(session, person_id)))
    return list(session.exec(query.order_by(col(Document.id))).all())


def _of(session: Session, table: type[SQLModel], ids: tuple[int, ...], *columns: str) -> list[dict[str, Any]]:
    theirs = or_(*(getattr(table, name).in_(ids) for name in columns))
    return _records(session.exec(select(table).where(theirs)).all())


def _records(rows: Iterable[SQLModel]) -> list[dict[str, Any]]:
    return [
        {name: _plain(value) for name, value in row.model_dump().items() if value is not None and name not in _SECRET}
        for row in rows
    ]


def _plain(value: Any) -> Any:
    """Dates as ISO 8601, and what is kept as JSON as what it says."""
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, str) and value[:1] in ("{", "["):
        try:
            return json.loads(value)
        except ValueError:
            return value
    return value
