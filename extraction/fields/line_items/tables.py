"""Lines in tables with headings, as invoices have them: columns by where the headings stand, rows by their totals."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from extraction.fields.layout.document_layout import DocumentLayout
from extraction.fields.layout.rows import Row
from extraction.fields.line_items.line_arithmetic import BillLine, Factors, Number, factors_of
from extraction.fields.line_items.table_headings import Column, Heading, headings, is_heading, nearest, overlap
from extraction.fields.money.labelled_amounts import SUMS
from extraction.fields.patterns.amounts import AmountSpan
from extraction.fields.patterns.vocabulary import role_of

_END = SUMS | {"tax"}
_PER_CENT = re.compile(r"\s?%")
_THOUSAND = re.compile(r"[^\S\t]\d{3}")
_LEADING = re.compile(r"^(?:\d+[.,]\d+\s+)+")  # a quantity in a column that has no name
_EDGE = 0.7  # of a row's height, by which amounts of one column are out of line at most
_GAP = 1.0  # of a row's height, between rows of one description
_MOST_ROWS = 3  # of a description beside the one with the amount


@dataclass
class _Found:
    """A row with an amount in the column of totals, and the rows about it with more of its description."""

    row: Row
    total: AmountSpan
    numbers: list[tuple[Row, AmountSpan]]
    words: list[str] = field(default_factory=list)


def tables(sheet: DocumentLayout, decimals: int) -> Iterator[tuple[BillLine, ...]]:
    """The lines below each heading, up to a row of sums or another table; none for one that has no lines."""
    for heading in headings(sheet):
        if lines := tuple(_lines(sheet, heading, decimals)):
            yield lines


def _lines(sheet: DocumentLayout, heading: Heading, decimals: int) -> Iterator[BillLine]:
    body = list(_body(sheet, heading, decimals))
    found = _aligned(list(_found(sheet, heading, body, decimals)))
    for one in found:
        description = _LEADING.sub("", " ".join(one.words)).strip()
        if re.search(r"[^\W\d_]{2}", description):
            factors = factors_of(one.total.value, _numbers(one), _said(one, heading))
            yield BillLine(description, factors, one.row, one.total)


def _body(sheet: DocumentLayout, heading: Heading, decimals: int) -> Iterator[Row]:
    """The rows of the table; a heading that is repeated on the next page is passed over."""
    for row in sheet.rows[heading.last + 1 :]:
        if is_heading(sheet, row):
            if row.page == sheet.rows[heading.last].page or not _repeats(sheet, heading, row):
                return
        elif _is_sum(sheet, heading, row, decimals):
            return
        else:
            yield row


def _repeats(sheet: DocumentLayout, heading: Heading, row: Row) -> bool:
    return any(row.text == sheet.rows[at].text for at in range(heading.first, heading.last + 1))


def _is_sum(sheet: DocumentLayout, heading: Heading, row: Row, decimals: int) -> bool:
    """Whether words for a sum stand before the first amount, and neither quantity nor price."""
    spans = [span for span in sheet.amounts[row.index] if span.places in {2, decimals} and not span.unit]
    if not spans or role_of("amount", row.text[: spans[0].start]) not in _END:
        return False
    roles = {_column(heading, row, span).role for span in sheet.amounts[row.index]}
    return not roles & {"quantity", "unit_price"}


def _found(sheet: DocumentLayout, heading: Heading, body: Sequence[Row], decimals: int) -> Iterator[_Found]:
    """Each row with an amount in the column of totals, and the words in that of descriptions, above or below it too."""
    waiting: list[Row] = []  # rows with words that belong to the next amount, if they stand close
    last: _Found | None = None
    more = 0
    for row in body:
        spans = _joined(row, sheet.amounts[row.index])
        total = _total(heading, row, spans, decimals)
        words = _described(heading, row, priced=total is not None)
        if total is None:
            priced = any(span.places >= 2 and _column(heading, row, span).role != "description" for span in spans)
            plain = words and ":" not in words and not priced
            if last and more < _MOST_ROWS and plain and _follows(sheet, row, last.row, more):
                last.words.append(words)
                more += 1
            else:
                more = _MOST_ROWS
                waiting = [*waiting, row][-_MOST_ROWS:]
            continue
        numbers = [(row, span) for span in spans if span is not total]
        found = _Found(row, total, numbers, [words] if words else [])
        if not words or not numbers:
            _take_above(sheet, heading, found, waiting)
        waiting, last, more = [], found, 0
        yield found


def _joined(row: Row, spans: Sequence[AmountSpan]) -> list[AmountSpan]:
    """The numbers of a row; two that a blank parts are one where the second are thousands (2 000 pieces)."""
    numbers: list[AmountSpan] = []
    for span in spans:
        before = numbers[-1] if numbers else None
        if before and not before.places and _THOUSAND.fullmatch(row.text[before.end : span.end]):
            numbers[-1] = replace(before, end=span.end, value=before.value * 1000 + span.value, unit=span.unit)
        else:
            numbers.append(span)
    return numbers


def _take_above(sheet: DocumentLayout, heading: Heading, found: _Found, waiting: Sequence[Row]) -> None:
    """What stands close above an amount that has no words, or no other numbers, beside it."""
    below = found.row
    words: list[str] = []
    for row in reversed(waiting):
        if not _close(row, below):
            break
        words.insert(0, _described(heading, row, priced=True))
        found.numbers[:0] = [(row, span) for span in _joined(row, sheet.amounts[row.index])]
        below = row
    found.words[:0] = [text for text in words if text]


def _follows(sheet: DocumentLayout, row: Row, anchor: Row, rows_between: int) -> bool:
    """Whether the row stands right below the rows that are joined to the anchor already."""
    return row.index == anchor.index + rows_between + 1 and _close(sheet.rows[row.index - 1], row)


def _close(above: Row, below: Row) -> bool:
    if above.page != below.page:
        return False
    gap = min(word.box[1] for word in below.words) - max(word.box[3] for word in above.words)
    return gap < _GAP * below.height


def _total(heading: Heading, row: Row, spans: Sequence[AmountSpan], decimals: int) -> AmountSpan | None:
    """The last amount of the row in the column of totals, None when there is none."""
    for span in reversed(spans):
        money = (span.places and span.places in {2, decimals}) or (not decimals and not span.places)
        if money and not span.unit and _column(heading, row, span).role == "total":
            return span
    return None


def _column(heading: Heading, row: Row, span: AmountSpan) -> Column:
    left, _, right, _ = row.box_of(span.start, span.end)
    return nearest(heading.columns, left, right)


def _numbers(one: _Found) -> list[Number]:
    return [Number(span.value, bool(_PER_CENT.match(row.text, span.end))) for row, span in one.numbers]


def _said(one: _Found, heading: Heading) -> Factors:
    """Quantity and price by the columns in which the row's numbers stand."""
    best: dict[str, tuple[float, Decimal]] = {}
    for row, span in one.numbers:
        left, _, right, _ = row.box_of(span.start, span.end)
        column = nearest(heading.columns, left, right)
        under = (overlap(column, left, right), span.value)
        best[column.role] = max(best.get(column.role, under), under)
    quantity, price = (best[role][1] if role in best else None for role in ("quantity", "unit_price"))
    return Factors(quantity, price)


def _described(heading: Heading, row: Row, *, priced: bool) -> str:
    """The words of the row under the heading of descriptions, or nearest to it; "" where none stand there.

    In a row that is `priced`, what stands after them under another heading is a number of that column.
    """
    kept: list[str] = []
    inside, right = False, 0.0
    for word in row.words:
        column = nearest(heading.columns, word.box[0], word.box[2])
        under = priced and overlap(column, word.box[0], word.box[2]) > 0 and re.search(r"\d", word.text)
        goes_on = inside and word.box[0] - right < row.height and not under
        inside = column.role == "description" or goes_on
        right = word.box[2]
        if inside:
            kept.append(word.text)
    return " ".join(kept)


def _aligned(found: Sequence[_Found]) -> list[_Found]:
    """Those whose totals share the right or the left edge that most of them have."""
    boxes = [one.row.box_of(one.total.start, one.total.end) for one in found]
    best: list[_Found] = []
    for edge in (2, 0):
        for middle in boxes:
            reach = _EDGE * (middle[3] - middle[1])
            there = [one for one, box in zip(found, boxes, strict=True) if abs(box[edge] - middle[edge]) <= reach]
            best = there if len(there) > len(best) else best
    return best
