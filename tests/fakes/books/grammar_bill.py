"""A draft bill as the grammar sees it: Friday 21 March 2025, a vendor misread, EUR; what is heard about it."""

from __future__ import annotations

from datetime import date
from typing import Any

from handlers.requests import Amend, FieldChange
from handlers.understand.interpreter import understand
from handlers.understand.text.sentence_context import SentenceContext

TODAY = date(2025, 3, 21)
MONDAY, SUNDAY = date(2025, 3, 17), date(2025, 3, 23)
KNOWN = {
    "vendor": "Acne GmbH",
    "number": "2024-117",
    "issue_date": "2025-03-03",
    "due_date": "2025-04-02",
    "currency": "EUR",
    "subtotal": "1050.00",
    "tax": "199.50",
    "total": "1249.50",
}


def hear(text: str) -> Any:
    """What is understood while this bill is in focus."""
    return understand(text, SentenceContext(TODAY, "EUR", known=KNOWN))


def amend(**fields: str | None) -> Amend:
    """The wish to change these fields."""
    return Amend(tuple(FieldChange(name, value) for name, value in fields.items()))
