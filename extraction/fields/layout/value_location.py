"""Where on its pages a value is printed that is known from elsewhere: an e-invoice's XML, a payment code."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from extraction.evidence import Box
from extraction.fields.layout.document_layout import DocumentLayout
from extraction.fields.layout.rows import Row

AMOUNTS = frozenset({"subtotal", "tax", "tip", "total"})
DATES = frozenset({"issue_date", "due_date"})

PageBox = tuple[int, Box]
"""A page, from 1, and a box on it."""

Place = tuple[Row, int, int]

_FEWEST = 2  # letters and digits of a text that is looked for


def locate_value(sheet: DocumentLayout, name: str, value: str) -> list[PageBox]:
    """Where the value of the field `name` is printed, in whichever form, the likeliest place first; [] if nowhere.

    That is the last for an amount, since sums stand at the end, and the first for all else. An amount to be paid back
    may be printed without its sign. A currency is not looked for: its signs say little.
    """
    if name == "currency":
        return []
    if name in AMOUNTS:
        places = [*_amounts(sheet, Decimal(value))][::-1]
    elif name in DATES:
        places = [*_dates(sheet, date.fromisoformat(value))]
    else:
        places = [*_texts(sheet, value)]
    return [(row.page, row.box_of(start, end)) for row, start, end in places]


def _amounts(sheet: DocumentLayout, amount: Decimal) -> Iterator[Place]:
    # With a point behind thousands apart by a blank, as Swiss QR-bills must have it, an amount looks like two.
    written = re.escape(f"{abs(amount):,.2f}").replace(",", r"[^\S\t]")
    blanks = re.compile(rf"(?<![\d.,]){written}(?!\d)")
    for row, spans in zip(sheet.rows, sheet.amounts, strict=True):
        yield from ((row, span.start, span.end) for span in spans if span.value in (amount, abs(amount)))
        if abs(amount) >= 1000:
            yield from ((row, *match.span()) for match in blanks.finditer(row.text))


def _dates(sheet: DocumentLayout, day: date) -> Iterator[Place]:
    for row, spans in zip(sheet.rows, sheet.dates, strict=True):
        yield from ((row, span.start, span.end) for span in spans if day in span.readings)


def _texts(sheet: DocumentLayout, value: str) -> Iterator[Place]:
    """Rows with the letters and digits of the value in its order, whatever stands between them, as whole words."""
    wanted = "".join(character.lower()[:1] for character in value if character.isalnum())
    if len(wanted) < _FEWEST:
        return
    for row in sheet.rows:
        offsets = [offset for offset, character in enumerate(row.text) if character.isalnum()]
        written = "".join(row.text[offset].lower()[:1] for offset in offsets)
        at = written.find(wanted)
        while at >= 0:
            start, end = offsets[at], offsets[at + len(wanted) - 1] + 1
            if not (row.text[start - 1 : start].isalnum() or row.text[end : end + 1].isalnum()):
                yield row, start, end
                break
            at = written.find(wanted, at + 1)


def alphanumeric_key(text: str) -> str:
    """Only letters and digits, without case: what makes two spellings of a name or a number the same."""
    return "".join(character for character in text.casefold() if character.isalnum())
