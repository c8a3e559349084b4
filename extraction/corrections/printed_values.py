"""What is printed on a document that a field could be, with what tells it from the rest: its words and its place.

A correction says which value is right, not where it stands. Sightings are kept with each document, so that what a
person says can be found among them, and the same place looked at on the vendor's next document.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from rapidfuzz import fuzz

from extraction.fields.candidate import Candidate, candidate_at
from extraction.fields.decision.field_values import read_currency
from extraction.fields.layout.document_layout import DocumentLayout
from extraction.fields.layout.labels import cell_above, cell_left
from extraction.fields.layout.rows import Row
from extraction.fields.layout.value_location import alphanumeric_key
from extraction.fields.money.labelled_amounts import amounts_of, format_amount
from extraction.fields.patterns.currencies import currency_decimals
from extraction.fields.patterns.vocabulary import fold

What = Literal["date", "amount", "number"]

FIELDS_OF: dict[What, tuple[str, ...]] = {
    "date": ("issue_date", "due_date"),
    "amount": ("total", "subtotal", "tax", "tip"),
    "number": ("number", "purchase_order", "payment_reference"),
}
"""Fields that are found again by where they stand. An account to pay to is none: that is never taken on trust."""

MOST = 80
"""Sightings of one sort that are kept: long lists of lines hold hundreds of amounts, of which the last are sums."""

ALIKE = 0.6
"""Likeness from which two sightings are the same thing on two documents."""

_TOKEN = re.compile(r"(?<![\w/.\-])[A-Za-z0-9][\w/.\-]*\d[\w/.\-]*(?<![.\-/])|(?<![\w.,])\d(?!\w)")
_LABEL_WORDS = 5
_SAME_WORDS = 80.0  # per cent: a letter or two may be misread
_BESIDE = 0.06  # of the page's width or height, by which the same thing may stand elsewhere


@dataclass(frozen=True)
class PrintedValue:
    """A value on a page, as evidence writes it.

    `beside` and `above` are the folded words before it in its row and over it, without digits; `x`, `y` its place as a
    share of the page (of an amount its right edge, of others the left); `shape` the pattern of a number ("A-9/9"), or
    whether a date in digits begins with the "day" or the "month"; else "".
    """

    what: What
    value: str
    beside: str
    above: str
    page: int
    x: float
    y: float
    shape: str = ""


def printed_values_on(sheet: DocumentLayout) -> list[tuple[PrintedValue, Candidate]]:
    """Every date, amount and number of the document, each also as a candidate that nothing speaks for yet."""
    found = [*_of_sort(sheet, "date", _dates(sheet))[:MOST], *_of_sort(sheet, "number", _numbers(sheet))[:MOST]]
    return found + _of_sort(sheet, "amount", _amounts(sheet))[-MOST:]


def holds(sighting: PrintedValue, value: str) -> bool:
    """Whether it shows this value, however that is spelled."""
    if sighting.what == "amount":
        return Decimal(sighting.value) == Decimal(value)
    return alphanumeric_key(sighting.value) == alphanumeric_key(value)


def similarity(one: PrintedValue, other: PrintedValue) -> float:
    """How much two sightings on two documents look like the same thing, 0 to 1: by words, place and shape.

    Where the words differ they are two things, wherever they stand; so are dates in two orders of day and month.
    """
    words = _by_words(one, other)
    if one.what != other.what or not words:
        return 0.0
    if one.what == "date" and {one.shape, other.shape} == {"day", "month"}:
        return 0.0
    across, down = abs(one.x - other.x) <= _BESIDE, abs(one.y - other.y) <= _BESIDE and one.page == other.page
    return words + 0.1 * across + 0.15 * (across and down) + 0.15 * (one.shape == other.shape)


def _by_words(one: PrintedValue, other: PrintedValue) -> float:
    if one.beside or other.beside:
        return 0.6 * _same(one.beside, other.beside)
    if one.above or other.above:
        return 0.5 * _same(one.above, other.above)
    return 0.3


def _same(words: str, others: str) -> bool:
    return bool(words and others) and fuzz.ratio(words, others) >= _SAME_WORDS


Found = tuple[Row, int, int, str, str]
"""A row, from where to where in its text, the value, and its shape."""


def _dates(sheet: DocumentLayout) -> Iterator[Found]:
    for row, spans in zip(sheet.rows, sheet.dates, strict=True):
        for span in spans:
            orders = ("day", "month") if len(span.readings) > 1 else (span.leads,)
            for day, order in zip(span.readings, orders, strict=True):
                yield row, span.start, span.end, day.isoformat(), order


def _numbers(sheet: DocumentLayout) -> Iterator[Found]:
    for row in sheet.rows:
        taken = [(span.start, span.end) for span in sheet.dates[row.index]]
        taken += [(span.start, span.end) for span in sheet.amounts[row.index] if span.places == 2]
        for match in _TOKEN.finditer(row.text):
            if not any(start <= match.start() and match.end() <= end for start, end in taken):
                yield row, match.start(), match.end(), match[0], _shape(match[0])


def _amounts(sheet: DocumentLayout) -> Iterator[Found]:
    currency = read_currency(sheet)
    decimals = currency_decimals(currency.value if currency else None)
    for amount in amounts_of(sheet, decimals):
        yield amount.row, amount.span.start, amount.span.end, format_amount(amount.value, decimals), ""


def _of_sort(sheet: DocumentLayout, what: What, found: Iterator[Found]) -> list[tuple[PrintedValue, Candidate]]:
    pages = {page.number: page for page in sheet.pages}
    first = sheet.pages[0].number if sheet.pages else 1
    sightings = []
    for row, start, end, value, shape in found:
        candidate = candidate_at(row, start, end, value, {})
        assert candidate.box is not None
        left, top, right, bottom = candidate.box
        page = pages[row.page]
        sighting = PrintedValue(
            what,
            value,
            _label(cell_left(row, start)),
            _label(cell_above(sheet.rows, row, start, end)),
            row.page - first + 1,
            round((right if what == "amount" else left) / (page.width or 1), 3),
            round((top + bottom) / 2 / (page.height or 1), 3),
            shape,
        )
        sightings.append((sighting, candidate))
    return sightings


def _label(text: str) -> str:
    """The last words that name a value, without those that have digits: they change from document to document."""
    words: Sequence[str] = [word for word in fold(text).split() if not any(map(str.isdigit, word))]
    return " ".join(words[-_LABEL_WORDS:])


def _shape(text: str) -> str:
    return re.sub(r"[A-Za-z]+", "A", re.sub(r"\d+", "9", text))
