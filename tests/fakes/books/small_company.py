"""A small company to write tests about: its owner, and invoices that come in."""

from __future__ import annotations

from datetime import UTC, date, datetime
from itertools import count
from typing import Any

from sqlmodel import Session

from storage.bills.bill_drafts import draft
from storage.db.database import Database
from storage.documents import document_register
from storage.models import Bill, Document
from storage.people import people

NOW = datetime(2025, 3, 21, 9, 30, tzinfo=UTC)
TODAY = date(2025, 3, 21)

ACME = {
    "vendor": "Acme GmbH",
    "number": "2024-117",
    "issue_date": "2025-03-03",
    "due_date": "2025-04-02",
    "currency": "EUR",
    "subtotal": "1050.00",
    "tax": "199.50",
    "total": "1249.50",
}
"""What is read on the invoice of the examples."""

_files = count(1)


def owner(database: Database) -> int:
    """The id of the owner, created at the first call."""
    with database.transaction() as session:
        return people.ensure_owner(session, "Olga", [("terminal", "owner")], NOW).id


def evidence(**values: str | None) -> dict[str, dict[str, Any]]:
    """Evidence as a reader finds it; None leaves a field out."""
    return {
        name: {"value": value, "confidence": 0.9, "page": 1, "box": [1, 2, 3, 4], "source": "ocr", "reason": ""}
        for name, value in values.items()
        if value is not None
    }


def document(session: Session, person_id: int, sha256: str | None = None) -> Document:
    """A document that was sent; a new one each time unless its SHA-256 is given."""
    sha256 = sha256 or f"{next(_files):064x}"
    return document_register.register(
        session,
        sha256=sha256,
        name="scan.pdf",
        media_type="application/pdf",
        sent_by=person_id,
        message_key=f"terminal:{sha256[-6:]}",
        now=NOW,
    )


def invoice(
    session: Session, person_id: int, *, kind: str = "invoice", file: Document | None = None, **values: str | None
) -> Bill:
    """A draft of Acme's invoice with some values changed, from a new file unless one is given."""
    file = file or document(session, person_id)
    return draft(
        session,
        key=f"terminal:{next(_files)}",
        document=file,
        kind=kind,
        evidence=evidence(**{**ACME, **values}),
        person_id=person_id,
        now=NOW,
    )
