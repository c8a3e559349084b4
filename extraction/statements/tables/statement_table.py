"""A bank's table from the rows of its file: which row is the header, and what stands above it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from extraction.bank_statement import StatementTable
from extraction.statements.tables.column_words import is_known
from extraction.statements.tables.printed_amounts import amount_in, decimal_mark
from extraction.statements.tables.printed_dates import date_in

_PREAMBLE = 40
"""Rows in which the header is looked for: banks print the account and the period above it."""
_EXCEL_TEXT = re.compile(r'="(.*)"|\'(?=[\d-])(.*?)\'?')
"""How exports keep Excel from taking a number for one: ="0123", '0123."""


def table_of(rows: Sequence[Sequence[str]]) -> StatementTable | None:
    """The table in these rows; None where nothing in them looks like one of dates and amounts."""
    told = [[_cell(cell) for cell in row] for row in rows]
    width = _width(told)
    if width < 2:
        return None
    top = _header(told, width)
    if top is not None:
        header, begin = _padded(told[top], width), top + 1
    elif (first := next((n for n, row in enumerate(told) if _is_movement(row)), None)) is not None:
        header, begin = tuple(str(n) for n in range(1, width + 1)), first
    else:
        return None
    return StatementTable(
        header=header,
        rows=tuple(_padded(row, width) for row in told[begin:]),
        above=tuple(tuple(filter(None, row)) for row in told[: begin if top is None else top] if any(row)),
        headed=top is not None,
        begins=begin + 1,
    )


def _cell(cell: str) -> str:
    text = " ".join(cell.split())
    found = _EXCEL_TEXT.fullmatch(text)
    return (found[1] or found[2] or "").strip() if found else text


def _width(rows: Sequence[Sequence[str]]) -> int:
    """How many cells the rows of the table have: few wide rows outweigh some narrow ones above them."""
    counts = Counter(len(row) for row in rows)
    return max(counts, key=lambda width: (width - 1) * counts[width], default=1)


def _header(rows: Sequence[Sequence[str]], width: int) -> int | None:
    """The row with the most headings that banks use; without one, a row of words right before the first movement; None
    where there is neither."""
    known = {
        n: sum(is_known(cell) for cell in row if cell)
        for n, row in enumerate(rows[:_PREAMBLE])
        if _are_words(row, width)
    }
    best = max(known, key=lambda n: (known[n], -n), default=None)
    if best is not None and known[best] > 1:
        return best
    first = next((n for n, row in enumerate(rows) if _is_movement(row)), 0)
    before = next((n for n in range(first - 1, -1, -1) if any(rows[n])), None)
    return before if before in known else None


def _are_words(row: Sequence[str], width: int) -> bool:
    """About as wide as the table, and every cell that says something begins with a letter."""
    named = [cell for cell in row if cell]
    return (
        len(row) >= width - 1
        and len(named) >= max(2, width // 3)
        and all(cell.lstrip('"*#( ')[:1].isalpha() for cell in named)
    )


def _is_movement(row: Sequence[str]) -> bool:
    """A row with a date and an amount."""
    dates = [any(date_in(cell, order) for order in ("dmy", "mdy")) for cell in row]
    return any(dates) and any(
        amount_in(cell, decimal_mark([cell])) is not None
        for cell, is_date in zip(row, dates, strict=True)
        if cell and not is_date
    )


def _padded(row: Sequence[str], width: int) -> tuple[str, ...]:
    """With as many cells as the table has; more only where those say something."""
    full = [*row, *[""] * (width - len(row))]
    while len(full) > width and not full[-1]:
        full.pop()
    return tuple(full)
