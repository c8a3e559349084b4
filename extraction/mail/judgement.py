"""Whether a file that only came along with a mail is a document: by what stands on it, never by its size."""

from __future__ import annotations

from extraction.evidence import ReadDocument, Reading
from extraction.mail.attachment import Role

_BESIDE = ("number", "issue_date", "tax", "iban", "payment_reference")
_FEWEST = 0.3
"""A total less probable than this is a number on a picture."""


def is_document(role: Role, reading: Reading) -> bool:
    """Whether a file counts that is there for this and reads so.

    What was sent always does: also where it cannot be read, its sender is told so. What was shown in a mail's text, or
    is that text, does if it says how much was or is to be paid and when, for what number, to whom or with which tax, or
    is an account statement. A logo has no words or only a name, and a banner prices at best.
    """
    if role == "sent":
        return True
    return bool(reading.statements) or any(map(_tells_total, reading.documents))


def _tells_total(document: ReadDocument) -> bool:
    total = document.fields.get("total")
    if total is None or total.confidence < _FEWEST:
        return False
    return any(name in document.fields for name in _BESIDE)
