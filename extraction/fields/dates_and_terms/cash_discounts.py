"""Discounts for early payment on a document: what its terms of payment say, with the days they come to."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from extraction.evidence import Box, CashDiscount, Evidence, Source
from extraction.fields.layout.document_layout import DocumentLayout
from extraction.fields.layout.rows import Row
from extraction.fields.patterns.cash_discounts import Dated, DiscountStep, find_cash_discounts, last_day

READ = 0.97
"""How sure a rate or a day is that stands in the words of a text layer."""

COUNTED = 0.75
"""How sure a day is that was counted from the date of issue: it may count from delivery or receipt."""

CONTRADICTED = 0.7
"""How sure a printed day is that the days beside it do not come to."""

_LINES = 3  # of a paragraph, over which one sentence may run
_FROM_ISSUE = re.compile(
    r"(?:from|after|of|ab|nach|date de|dalla|data|fecha|na)\W{1,3}(?:(?:the|date|data|de|of|la) ){0,3}"
    r"(?:invoice|rechnung\w*|belegdatum|facture|fattura|factura|factuur\w*)",
    re.I,
)


@dataclass(frozen=True)
class Stated:
    """A step where it stands. `sure` is how certainly it was read; `counts`, that its days are said to be of issue."""

    step: DiscountStep
    source: Source
    sure: float
    page: int = 1
    box: Box | None = None
    counts: bool = False


def read_cash_discounts(sheet: DocumentLayout, issued: Evidence | None, decimals: int) -> tuple[CashDiscount, ...]:
    """The steps that a sheet states, earliest first; a step that counts from an unknown date of issue is left out."""
    return discounts_of(stated_on(sheet), issued, decimals)


def discounts_of(stated: Iterable[Stated], issued: Evidence | None, decimals: int) -> tuple[CashDiscount, ...]:
    """Evidence for steps, earliest first; of what is said twice of a day the first counts."""
    dated: dict[date, Stated] = {}
    for one in stated:
        if day := _last_day(one.step, issued):
            dated.setdefault(day, one)
    return tuple(_discount(one, day, issued, decimals) for day, one in sorted(dated.items(), key=lambda pair: pair[0]))


def counted_from_issue(text: str) -> bool:
    """Whether a text says that its days count from the date of issue."""
    return bool(_FROM_ISSUE.search(text))


def _last_day(step: DiscountStep, issued: Evidence | None) -> date | None:
    since = date.fromisoformat(issued.value) if issued else None
    day = step.last_day(since)
    return day if day and (since is None or day >= since) else None


def _discount(stated: Stated, day: date, issued: Evidence | None, decimals: int) -> CashDiscount:
    step = stated.step
    reason = f'from "{step.words}"'
    found = Evidence(_amount(step, decimals), stated.sure, stated.source, stated.page, stated.box, reason)
    if step.until is not None:
        contradicted = issued is not None and step.days and last_day(date.fromisoformat(issued.value), step.days) != day
        sure = min(stated.sure, CONTRADICTED) if contradicted else stated.sure
        return CashDiscount(found, replace(found, value=day.isoformat(), confidence=sure))
    sure = min(stated.sure if stated.counts else COUNTED, issued.confidence if issued else 0.0)
    return CashDiscount(found, replace(found, value=day.isoformat(), source="derived", confidence=sure))


def _amount(step: DiscountStep, decimals: int) -> str:
    """ "2%", or what it makes of the amount that it is said to be on."""
    if step.base is None:
        text = f"{step.percent:f}"
        return f"{text.rstrip('0').rstrip('.') if '.' in text else text}%"
    return str((step.base * step.percent / 100).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP))


def stated_on(sheet: DocumentLayout) -> Iterator[Stated]:
    """What its rows state by themselves, else its paragraphs, over the ends of lines."""
    rows = [stated for row in sheet.rows for stated in _in(sheet, row.text, [(row, 0, 0)])]
    return iter(rows) if rows else (stated for lines in _paragraphs(sheet) for stated in _in(sheet, *lines))


_Lines = Sequence[tuple[Row, int, int]]
"""Pieces of rows that were joined to a text: each with its offset in its row, and in the text."""


def _in(sheet: DocumentLayout, text: str, lines: _Lines) -> Iterator[Stated]:
    for step in find_cash_discounts(text, list(_dates(sheet, text, lines))):
        row, offset, at = max((line for line in lines if line[2] <= step.start), key=lambda line: line[2])
        start, end = step.start - at + offset, min(step.end - at + offset, len(row.text))
        sure = READ if row.source == "text" else row.confidence_of(start, end) * READ
        yield Stated(step, row.source, sure, row.page, row.box_of(start, end), counted_from_issue(text[step.start :]))


def _dates(sheet: DocumentLayout, text: str, lines: _Lines) -> Iterator[Dated]:
    """Dates of the rows in the text, each at its place there."""
    for n, (row, offset, at) in enumerate(lines):
        last = lines[n + 1][2] if n + 1 < len(lines) else len(text)
        for span in sheet.dates[row.index]:
            if offset <= span.start and span.end - offset + at <= last:
                yield span.start - offset + at, span.end - offset + at, sheet.order.pick(span)


def _paragraphs(sheet: DocumentLayout) -> Iterator[tuple[str, _Lines]]:
    """Cells joined with those that stand below them, line by line."""
    for row in sheet.rows:
        for start, end in row.cells():
            lines, text, at = [(row, start, 0)], row.text[start:end], (row, start, end)
            while len(lines) < _LINES and (below := _below(sheet, *at)):
                lines.append((below[0], below[1], len(text) + 1))
                text, at = f"{text} {below[0].text[below[1] : below[2]]}", below
            if len(lines) > 1:
                yield text, lines


def _below(sheet: DocumentLayout, row: Row, start: int, end: int) -> tuple[Row, int, int] | None:
    """The cell in the next row that begins where this one does; None where there is none, or a wide gap."""
    if start == end or row.index + 1 == len(sheet.rows):
        return None
    under, (left, _, _, bottom) = sheet.rows[row.index + 1], row.box_of(start, end)
    for first, last in under.cells():
        if first == last:
            continue
        x0, y0, _, _ = under.box_of(first, last)
        if under.page == row.page and abs(x0 - left) < 2 * row.height and y0 - bottom < 1.5 * row.height:
            return under, first, last
    return None
