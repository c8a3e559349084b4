"""A document laid out for the search of fields: its rows, with the dates and amounts in them found once."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from extraction.evidence import Page
from extraction.fields.layout.rows import Row, rows_of
from extraction.fields.patterns.amounts import AmountSpan, decimal_mark, find_amounts, sign_taken_for_digit, with_sign
from extraction.fields.patterns.date_parts import DateSpan
from extraction.fields.patterns.dates import find_dates
from extraction.fields.patterns.day_order import DayOrder, day_order

_TIME = re.compile(r"(?<![\d.,])\d{1,2}\s?[:;]\s?\d{2}(?:\s?[:;.]\s?\d{2})?(?!\d)\s?(?:[AaPp][Mm])?")


@dataclass(frozen=True)
class DocumentLayout:
    """Rows of all pages in reading order; `dates[i]` and `amounts[i]` are what stands in `rows[i]`."""

    pages: tuple[Page, ...]
    rows: tuple[Row, ...]
    dates: tuple[tuple[DateSpan, ...], ...]
    amounts: tuple[tuple[AmountSpan, ...], ...]
    order: DayOrder

    @property
    def text(self) -> str:
        """The whole text, a line for each row."""
        return "\n".join(row.text for row in self.rows)

    @property
    def scanned(self) -> bool:
        """Whether any of it was read by OCR."""
        return any(page.source == "ocr" for page in self.pages)


def lay_out(pages: Sequence[Page]) -> DocumentLayout:
    """The sheet of a document's pages."""
    rows = rows_of(pages)
    texts = [row.text for row in rows]
    dates = tuple(tuple(find_dates(row.text, misread=row.source == "ocr")) for row in rows)
    masked = [_without_dates(text, spans) for text, spans in zip(texts, dates, strict=True)]
    mark = decimal_mark(masked)
    amounts = tuple(
        tuple(find_amounts(text, mark, points_lost=row.source == "ocr")) for row, text in zip(rows, masked, strict=True)
    )
    if any(page.source == "ocr" for page in pages) and sign_taken_for_digit([s for spans in amounts for s in spans]):
        amounts = tuple(tuple(map(with_sign, spans)) for spans in amounts)
    order = day_order(texts, [span for spans in dates for span in spans])
    return DocumentLayout(tuple(pages), rows, dates, amounts, order)


def _without_dates(text: str, spans: Sequence[DateSpan]) -> str:
    """The text with dates and times blanked out, of the same length: 14.03 and 21:49 are no amounts."""
    for span in spans:
        text = text[: span.start] + " " * (span.end - span.start) + text[span.end :]
    return _TIME.sub(lambda match: " " * len(match[0]), text)
