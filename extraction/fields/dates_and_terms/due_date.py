"""The due date that terms of payment make of the date of issue."""

from __future__ import annotations

from datetime import date

from extraction.evidence import Evidence
from extraction.fields.layout.document_layout import DocumentLayout
from extraction.fields.patterns.payment_terms import due_date_under, find_payment_terms


def due_date_from_terms(sheet: DocumentLayout, issued: Evidence) -> Evidence | None:
    """The due date by the longest terms that the document states, counted from its date of issue."""
    stated = [(terms, row) for row in sheet.rows if (terms := find_payment_terms(row.text))]
    if not stated:
        return None
    terms, row = max(stated, key=lambda pair: pair[0].days)
    return Evidence(
        due_date_under(date.fromisoformat(issued.value), terms).isoformat(),
        # A derived date is doubtful by its nature: terms may count from delivery or receipt.
        min(0.75, issued.confidence * 0.85),
        "derived",
        row.page,
        row.box_of(terms.start, terms.end),
        f'from "{terms.words}"',
    )
