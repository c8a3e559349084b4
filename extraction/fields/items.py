"""Line items, where a table with clear headings lists them; none otherwise."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from extraction.evidence import LineItem
from extraction.fields.amounts import AmountSpan, parse_amount
from extraction.fields.labels import fold, role_of, vocabulary
from extraction.fields.rows import Row
from extraction.fields.sheet import Sheet

_END = frozenset({"subtotal", "total", "inclusive", "due", "tax", "net_total", "rounded"})


@dataclass(frozen=True)
class _Column:
    """A column of the table: what its heading calls it, and from where to where the heading reaches."""

    role: str
    left: float
    right: float


def read_items(sheet: Sheet, decimals: int = 2) -> tuple[LineItem, ...]:
    """The lines below the first heading row with a description and a total, up to the row of a sum.

    `decimals` are those of the currency.
    """
    for row in sheet.rows:
        columns = _columns(row)
        if {"description", "total"} <= {column.role for column in columns}:
            return _lines(sheet, sheet.rows[row.index + 1 :], columns, decimals)
    return ()


def _columns(row: Row) -> list[_Column]:
    found: dict[str, _Column] = {}
    for start, end in row.cells():
        words = fold(row.text[start:end])
        if not words or len(words.split()) > 4:
            continue
        role = next((name for name, pattern in vocabulary()["items"].items() if pattern.search(words)), "")
        if role:
            left, _, right, _ = row.box_of(start, end)
            # The last of several columns of one name is the line's sum; of the others the first counts.
            if role == "total" or role not in found:
                found[role] = _Column(role, left, right)
    return sorted(found.values(), key=lambda column: column.left)


def _lines(sheet: Sheet, rows: Sequence[Row], columns: Sequence[_Column], decimals: int) -> tuple[LineItem, ...]:
    items: list[LineItem] = []
    for row in rows:
        spans = [span for span in sheet.amounts[row.index] if span.places in {2, decimals} and not span.unit]
        first = row.text[: spans[0].start] if spans else row.text
        if spans and role_of("amount", first) in _END:
            break
        total = _at(row, spans, columns, "total")
        words = _words(row, columns)
        if total and words:
            quantity = _quantity(row, columns)
            price = _at(row, spans, columns, "unit_price")
            items.append(LineItem(words, quantity, f"{price.value:f}" if price else None, f"{total.value:f}"))
    return tuple(items)


def _at(row: Row, spans: Sequence[AmountSpan], columns: Sequence[_Column], role: str) -> AmountSpan | None:
    """The amount that stands under the heading of that role, None when none does."""
    for span in spans:
        left, _, right, _ = row.box_of(span.start, span.end)
        nearest = min(columns, key=lambda column: min(abs(column.right - right), abs(column.left - left)))
        if nearest.role == role:
            return span
    return None


def _quantity(row: Row, columns: Sequence[_Column]) -> str | None:
    """The number under the heading of the quantity, None when there is none."""
    column = next((column for column in columns if column.role == "quantity"), None)
    for match in re.finditer(r"-?\d+(?:[.,]\d+)?", row.text) if column else ():
        left, _, right, _ = row.box_of(match.start(), match.end())
        if column and left < column.right + row.height and column.left - row.height < right:
            value = parse_amount(match[0].lstrip("-"), "," if "," in match[0] else ".")
            return None if value is None else f"{-value if match[0].startswith('-') else value:f}"
    return None


def _words(row: Row, columns: Sequence[_Column]) -> str:
    """The words under the heading of the description, "" when there are none with letters."""
    column = next(column for column in columns if column.role == "description")
    after = min((other.left for other in columns if other.left > column.left), default=float("inf"))
    parts = []
    for start, end in row.cells():
        left, _, right, _ = row.box_of(start, end)
        if left < max(after - row.height, column.right) and right > column.left - row.height:
            parts.append(row.text[start:end])
    text = " ".join(parts).strip()
    return text if re.search(r"[^\W\d_]{2}", text) else ""
