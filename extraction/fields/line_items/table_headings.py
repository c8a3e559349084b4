"""The headings of tables of lines: which columns a table has, and where each of them stands."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from extraction.fields.layout.document_layout import DocumentLayout
from extraction.fields.layout.rows import Row
from extraction.fields.patterns.vocabulary import fold, vocabulary

_ROWS = 5
"""Rows that a heading has at most."""

_NEAR = 1.6
"""How far apart these rows stand at most, in heights of the lower one."""

_WORDS = 3


@dataclass(frozen=True)
class Column:
    """A column of a table: what its heading calls it, and from where to where the heading reaches."""

    role: str
    left: float
    right: float


@dataclass(frozen=True)
class Heading:
    """The columns of a table from left to right, which stand in the rows `first` to `last`."""

    columns: tuple[Column, ...]
    first: int
    last: int

    def column(self, role: str) -> Column | None:
        """The column of that role, None where the table has none."""
        return next((column for column in self.columns if column.role == role), None)


def headings(sheet: DocumentLayout) -> Iterator[Heading]:
    """Every heading of a table of lines: it has a column of totals, and one that says what they are for."""
    row = 0
    while row < len(sheet.rows):
        heading = _heading_at(sheet, row)
        if heading:
            yield heading
        row = heading.last + 1 if heading else row + 1


def is_heading(sheet: DocumentLayout, row: Row) -> bool:
    """Whether a row has names of columns, two at least, and no amounts."""
    return not _amounts(sheet, row) and len({column.role for column in _columns(row)}) > 1


def nearest(columns: Sequence[Column], left: float, right: float) -> Column:
    """The column under whose heading something stands: that which it overlaps most, else the nearest."""
    return max(columns, key=lambda column: overlap(column, left, right))


def overlap(column: Column, left: float, right: float) -> float:
    """How far something reaches under a heading; below 0, how far apart from it it is."""
    return min(column.right, right) - max(column.left, left)


def _heading_at(sheet: DocumentLayout, first: int) -> Heading | None:
    rows = _rows_together(sheet, first)
    found: list[Column] = []
    for row in rows:
        found += _columns(row)
    columns = _merged(found)
    roles = {column.role for column in columns}
    if "total" not in roles or not ("description" in roles or {"quantity", "unit_price"} <= roles):
        return None
    return Heading(columns, first, rows[-1].index)


def _rows_together(sheet: DocumentLayout, first: int) -> list[Row]:
    """The row and those below it, as long as each stands close and names a column."""
    rows = [sheet.rows[first]]
    if not _columns(rows[0]) or _amounts(sheet, rows[0]):
        return rows
    for above, row in pairwise(sheet.rows[first : first + _ROWS]):
        gap = min(word.box[1] for word in row.words) - min(word.box[1] for word in above.words)
        if row.page != above.page or gap > _NEAR * row.height or _amounts(sheet, row) or not _columns(row):
            break
        rows.append(row)
    return rows


def _amounts(sheet: DocumentLayout, row: Row) -> bool:
    return any(span.places >= 2 for span in sheet.amounts[row.index])


def _columns(row: Row) -> list[Column]:
    """The names of columns in a row: the longest run of words that is one, then the next."""
    words = list(re.finditer(r"\S+", row.text))
    found, at = [], 0
    while at < len(words):
        for many in range(min(_WORDS, len(words) - at), 0, -1):
            start, end = words[at].start(), words[at + many - 1].end()
            if role := _role(row.text[start:end]):
                left, _, right, _ = row.box_of(start, end)
                found.append(Column(role, left, right))
                at += many - 1
                break
        at += 1
    return found


def _role(text: str) -> str:
    if "\t" in text:
        return ""
    words = fold(text)
    return next((role for role, pattern in vocabulary()["items"].items() if pattern.fullmatch(words)), "")


def _merged(found: Sequence[Column]) -> tuple[Column, ...]:
    """Columns left to right. Of several of totals the last is the line's; names above each other are one column."""
    columns: list[Column] = []
    for column in sorted(found, key=lambda column: column.right):
        same = [known for known in columns if known.role == column.role]
        if column.role == "total":
            columns = [known for known in columns if known not in same]
        elif over := next((known for known in same if column.left < known.right), None):
            columns.remove(over)
            column = Column(column.role, min(over.left, column.left), column.right)
        elif same and column.role != "position":
            continue
        columns.append(column)
    described = next((column for column in columns if column.role == "description"), None)
    # Numbers of articles under whose heading that of descriptions stands are part of these.
    apart = [known for known in columns if known.role != "position" or not described or _apart(known, described)]
    return tuple(sorted(apart, key=lambda column: column.left))


def _apart(one: Column, other: Column) -> bool:
    return one.right <= other.left or other.right <= one.left
