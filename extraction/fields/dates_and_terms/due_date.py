"""The due date that terms of payment make of the date of issue."""

from __future__ import annotations

from datetime import date

from extraction.evidence import Evidence
from extraction.fields.layout.document_layout import Sheet
from extraction.fields.patterns.payment_terms import due_by, find_terms


def due_from_terms(sheet: Sheet, issued: Evidence) -> Evidence | None:
    """The due date by the longest terms that the document states, counted from its date of issue."""
    stated = [(terms, row) for row in sheet.rows if (terms := find_terms(row.text))]
    if not stated:
        return None
    terms, row = max(stated, key=lambda pair: pair[0].days)
    return Evidence(
        due_by(date.fromisoformat(issued.value), terms).isoformat(),
        # A derived date is doubtful by its nature: terms may count from delivery or receipt.
        min(0.75, issued.confidence * 0.85),
        "derived",
        row.page,
        row.box_of(terms.start, terms.end),
        f'from "{terms.words}"',
    )
