"""What kind of document it is: an order or a contract is no invoice, however much it looks like one."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from statistics import median

from extraction.evidence import Kind
from extraction.fields.layout.document_layout import DocumentLayout
from extraction.fields.layout.rows import CELL, Row
from extraction.fields.money.labelled_amounts import Amount
from extraction.fields.patterns.vocabulary import fold, vocabulary

_KINDS: tuple[Kind, ...] = ("invoice", "receipt", "credit_note", "statement", "other")
_TOP = 0.35
"""The share of the first page in which titles stand."""

_TALL = 1.25
"""How much larger than usual a title is written, at least."""

_ACROSS = 60
"""Letters across a page below which it is a till slip: till rolls have 24 to 48, letters on A4 70 and more."""

_FEWEST_LETTERS = 3
"""Of a word by which the width of letters is measured."""

_NUMBER = re.compile(r"(?:#|no|nr|number|nummer|id|numero|\w*\d\w*)\b|#")
_CLOCK = re.compile(r"\b\d{1,2}\s?[:;]\s?\d{2}\b")

# Points for what only receipts or invoices have; a title alone at the top of a page makes 3 and more.
_NUMBERED_INVOICE = 2.0
_NUMBERED_OTHER = 0.8  # an invoice names its order, too
_NUMBERED = 1.0
_CHANGE_GIVEN = 4.0
_PAID = 1.5
_TILL_SLIP = 3.0
_CLOCKED = 1.5
_TO_BE_PAID = 2.0


def kind_of(sheet: DocumentLayout, amounts: Sequence[Amount], found: set[str]) -> Kind:
    """The kind by the titles of the first page, their place and size, and what only one kind has.

    `found` holds the names of the fields that were found.
    """
    points: defaultdict[str, float] = defaultdict(float)
    first = [row for row in sheet.rows if row.page == sheet.pages[0].number]
    usual = sorted(row.height for row in first)[len(first) // 2] if first else 1.0
    labels: defaultdict[str, float] = defaultdict(float)
    for row in first:
        for kind, weight in _titles(row, row.height > _TALL * usual):
            stands_out = (1.0 if row.place < _TOP else 0.15) * min(max(row.height / usual, 0.7), 1.8)
            if weight > _NUMBERED_INVOICE:
                points[kind] += weight * stands_out
            else:  # labels come in numbers: the best of them counts
                labels[kind] = max(labels[kind], weight * stands_out)
    for kind, weight in labels.items():
        points[kind] += weight
    roles = {amount.role for amount in amounts if amount.value}
    points["invoice"] += _TO_BE_PAID * bool(found & {"due_date", "iban"}) + _NUMBERED * ("number" in found)
    if "total" in found:
        points["receipt"] += _CHANGE_GIVEN * (roles >= {"change", "cash"}) + _PAID * ("cash" in roles)
        points["receipt"] += _TILL_SLIP * _narrow(sheet) + _CLOCKED * (sheet.scanned and _clocked(sheet))
    best = max(_KINDS, key=lambda kind: points[kind])
    return best if points[best] > 0 else "other"


def _titles(row: Row, tall: bool) -> list[tuple[str, float]]:
    """The kinds that a row names, each with 3 for a title alone, less for one among other words."""
    titles = []
    cells = row.cells()
    for position, (start, end) in enumerate(cells):
        words = fold(row.text[start:end])
        after = row.text[end:].strip(CELL + " ") if position + 1 < len(cells) else ""
        for kind, pattern in vocabulary()["title"].items():
            if match := pattern.match(words):
                titles.append(
                    (
                        kind,
                        _weight(
                            kind, words[match.end() :].strip(), row.text[start:end], after, tall or len(cells) == 1
                        ),
                    )
                )
                break
    return titles


def _weight(kind: str, rest: str, text: str, after: str, stands_out: bool) -> float:
    """3 for a title alone; a label (Order #: 17, Bestellung: B12) names the document only if it is an invoice's."""
    numbered = bool(_NUMBER.match(rest))
    if numbered or text.rstrip().endswith(":") or re.match(r"\W*\S*\d", after):
        return _NUMBERED_OTHER if kind in {"other", "statement"} else _NUMBERED_INVOICE
    if kind in {"other", "statement"} and not stands_out:
        return 0.3
    return 3.0 if not rest else 1.5 if len(rest.split()) == 1 else 0.1


def _clocked(sheet: DocumentLayout) -> bool:
    """Whether a date has the time of day beside it, as tills print it."""
    return any(spans and _CLOCK.search(row.text) for row, spans in zip(sheet.rows, sheet.dates, strict=True))


def _narrow(sheet: DocumentLayout) -> bool:
    """Whether the first page is printed as a till slip: so few letters beside each other, as wide as they are."""
    page = sheet.pages[0]
    words = [word for word in page.words if len(word.text) >= _FEWEST_LETTERS]
    if page.source != "ocr" or not words:
        return False
    letter = median((word.box[2] - word.box[0]) / len(word.text) for word in words)
    across = max(word.box[2] for word in words) - min(word.box[0] for word in words)
    return across < _ACROSS * letter
