"""The rows of a text whose cells a delimiter separates."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Sequence

from extraction.bank_statement import StatementTable
from extraction.errors import Unreadable
from extraction.limits import MOST_COLUMNS, MOST_ROWS, TOO_MANY_MOVEMENTS
from extraction.statements.tables.statement_table import table_of

_DELIMITERS = ";,\t|"
_SAMPLE = 500
"""Rows by which the delimiter is told."""
_BESIDE = 100
"""Rows above and below the movements."""


def read_table(text: str) -> StatementTable | None:
    """The table in a text; None where its lines have no columns in common. Raises: Unreadable where it is too large."""
    sampled = {delimiter: _cells(text, delimiter, _SAMPLE) for delimiter in _DELIMITERS}
    delimiter = max(sampled, key=lambda each: _regularity(sampled[each]))
    if _regularity(sampled[delimiter]) < 2:
        return None
    return table_of(_cells(text, delimiter, MOST_ROWS + _BESIDE))


def _cells(text: str, delimiter: str, most: int) -> list[list[str]]:
    """The cells of so many rows. Raises: Unreadable where one is too wide, or there are more rows than any may have."""
    rows: list[list[str]] = []
    try:
        for row in csv.reader(io.StringIO(text.replace("\0", "")), delimiter=delimiter, strict=False):
            if len(row) > MOST_COLUMNS:
                return []
            if len(rows) == most:
                if most > MOST_ROWS:
                    raise Unreadable(TOO_MANY_MOVEMENTS)
                break
            rows.append(row)
        return rows
    except csv.Error:  # a line longer than any bank writes
        return []


def _regularity(rows: Sequence[Sequence[str]]) -> int:
    """How many rows have the usual width, weighed by it; 0 when there is but one column."""
    counts = Counter(len(row) for row in rows)
    width = max(counts, key=lambda width: (width - 1) * counts[width], default=1)
    return counts[width] * (width - 1)
