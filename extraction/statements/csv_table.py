"""A bank's CSV as a table: its header, its rows, and what stands above them."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Sequence

from extraction.bank_statement import CsvTable

_DELIMITERS = ";,\t|"
_PREAMBLE = 40
"""Lines in which the header is looked for: banks print the account and the period above it."""


def read_table(text: str) -> CsvTable | None:
    """The table in a text; None where its lines have no columns in common."""
    parsed = {delimiter: _cells(text, delimiter) for delimiter in _DELIMITERS}
    rows = max(parsed.values(), key=_regularity)
    if _regularity(rows) < 2:
        return None
    width = _width(rows)
    top = next((n for n, row in enumerate(rows[:_PREAMBLE]) if _is_header(row, width)), None)
    if top is None:
        return None
    header = _padded(rows[top], width)
    body = [_padded(row, width) for row in rows[top + 1 :] if any(row)]
    above = " ".join(cell for row in rows[:top] for cell in row if cell)
    return CsvTable(header, tuple(body), above)


def _cells(text: str, delimiter: str) -> list[list[str]]:
    try:
        rows = csv.reader(io.StringIO(text), delimiter=delimiter, strict=False)
        return [[" ".join(cell.split()) for cell in row] for row in rows]
    except csv.Error:  # a line longer than any bank writes
        return []


def _regularity(rows: Sequence[Sequence[str]]) -> int:
    """How many rows have the usual width, weighed by it; 0 when there is but one column."""
    width = _width(rows)
    return sum(len(row) == width for row in rows) * (width - 1)


def _width(rows: Sequence[Sequence[str]]) -> int:
    """How many cells the rows of the table have: few wide rows outweigh some narrow ones above them."""
    counts = Counter(len(row) for row in rows)
    return max(counts, key=lambda width: (width - 1) * counts[width], default=1)


def _is_header(row: Sequence[str], width: int) -> bool:
    """As wide as the table, and every cell that says something begins with a letter."""
    named = [cell for cell in row if cell]
    return (
        abs(len(row) - width) <= 1
        and len(named) >= max(2, width // 2)
        and all(cell.lstrip('"*#(')[:1].isalpha() for cell in named)
    )


def _padded(row: Sequence[str], width: int) -> tuple[str, ...]:
    return (*row[:width], *[""] * (width - len(row)))
