"""Which originals were sent, by whom and when; their bytes lie in storage.documents.document_store."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, select

from storage.db.lists import one_of
from storage.db.locks import acquire_lock
from storage.db.tenancy import company_of
from storage.models import Bill, BillState, Document, Enclosure, QuarantinedMail


def register(
    session: Session, *, sha256: str, name: str, media_type: str, sent_by: int, message_key: str, now: datetime
) -> Document:
    """The document of these bytes, added when they are sent for the first time, or again once they were
    discarded; else it stays as it is."""
    acquire_lock(session, f"document:{sha256}")
    found = find_document(session, sha256)
    if found is None:
        found = Document(
            sha256=sha256,
            name=name,
            media_type=media_type,
            sent_by=sent_by,
            message_key=message_key,
            received_at=now,
        )
        session.add(found)
        session.flush()
    elif found.discarded_at is not None:  # its bytes are here again
        found.discarded_at, found.name, found.received_at = None, name, now
        session.flush()
    return found


def find_document(session: Session, sha256: str) -> Document | None:
    """The document of these bytes, None when they were never sent."""
    return session.exec(select(Document).where(Document.sha256 == sha256)).one_or_none()


def of_message(session: Session, message_key: str) -> set[str]:
    """The names (SHA-256) of the files that came first with the message of this key."""
    return set(session.exec(select(Document.sha256).where(Document.message_key == message_key)).all())


def find_by_id(session: Session, document_id: int) -> Document:
    """The document with this id."""
    return session.exec(select(Document).where(Document.id == document_id)).one()


def record_enclosures(session: Session, names: Iterable[str], *, now: datetime) -> None:
    """Notes files (SHA-256) that our replies carry, so that they stay as long as the replies can be seen."""
    for name in sorted(set(names)):
        acquire_lock(session, f"enclosure:{name}")
        if session.get(Enclosure, (company_of(session), name)) is None:
            session.add(Enclosure(sha256=name, kept_at=now))
    session.flush()


def unreferenced_files(session: Session, names: Collection[str]) -> set[str]:
    """Those of the stored files (SHA-256) that nothing in the ledger speaks of: what strangers sent."""
    return set(names) - _spoken_of(session, lambda column: one_of(column, names))


def files_spoken_of(session: Session) -> set[str]:
    """All files (SHA-256) that anything in the ledger speaks of."""
    return _spoken_of(session, lambda column: col(column).is_not(None))


def _spoken_of(session: Session, which: Callable[[Any], ColumnElement[bool]]) -> set[str]:
    sent = select(Document.sha256).where(which(Document.sha256), col(Document.discarded_at).is_(None))
    drawn, enclosed, held = (
        select(column).where(which(column))
        for column in (Bill.picture_sha256, Enclosure.sha256, QuarantinedMail.sha256)
    )
    return {name for query in (sent, drawn, enclosed, held) for name in session.exec(query).all() if name}


def bills_of(session: Session, sha256: str) -> list[Bill]:
    """Bills (not void) that these bytes brought, in the order of their parts: what sending them again would repeat."""
    return list(
        session.exec(
            select(Bill)
            .join(Document, col(Document.id) == col(Bill.document_id))
            .where(Document.sha256 == sha256, Bill.state != BillState.VOID)
            .order_by(col(Bill.part), col(Bill.id))
        ).all()
    )


def of_bill(session: Session, bill: Bill) -> Document:
    """The original that a bill came from."""
    return session.exec(select(Document).where(Document.id == bill.document_id)).one()


def forms_of(session: Session, document: Document) -> list[Document]:
    """Other files that came with an original and say the same, such as the e-invoice beside its PDF."""
    return list(session.exec(select(Document).where(Document.form_of == document.id).order_by(col(Document.id))).all())
