"""Prints of one document in one file: ORIGINAL, DUPLICADO, TRIPLICADO, a page marked "copy", or the same page again."""

from __future__ import annotations

from rapidfuzz import fuzz

from extraction.evidence import Page
from extraction.fields.layout.rows import rows_of
from extraction.fields.layout.value_location import alphanumeric_key
from extraction.fields.patterns.document_types import copy_words, plain_words

_ALIKE = 90.0
"""Per cent of their letters that a page and its marked copy share: their mark differs, and what OCR misread."""

_MARKED_WITHIN = 0.3
"""The share of a page, from its top or from its foot, in which it is marked as an original or a copy."""


def is_copy_of(page: Page, other: Page) -> bool:
    """Whether a page is another print of the other: marked as one and alike, or the same text layer to the letter."""
    first, second = _text(page), _text(other)
    if page.source == other.source == "text" and first == second and first:
        return True
    if not (_mark(page) or _mark(other)) or abs(len(first) - len(second)) > 0.2 * max(len(first), len(second)):
        return False
    return fuzz.ratio(first, second, score_cutoff=_ALIKE) >= _ALIKE


def _mark(page: Page) -> bool:
    """Whether the page says, in a cell by itself at its head or foot, that it is an original or a copy."""
    edges = (row for row in rows_of([page]) if not _MARKED_WITHIN < row.place < 1 - _MARKED_WITHIN)
    cells = (plain_words(row.text[start:end]) for row in edges for start, end in row.cells())
    return any(pattern.fullmatch(cell) for cell in cells for pattern in copy_words())


def _text(page: Page) -> str:
    return alphanumeric_key("".join(row.text for row in rows_of([page])))
