"""The words beside or above a value, and how far from it they may stand."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extraction.fields.layout.rows import CELL, Row

ABOVE = 6.0
"""How far above a value the heading of its column may stand, in heights of its row."""


def text_left(row: Row, start: int) -> str:
    """What stands before a value on its row."""
    return row.text[:start]


def cell_left(row: Row, start: int) -> str:
    """The words before a value in its own cell, or, where there are none, those of the nearest cell to the left."""
    first, _ = row.cell_at(start)
    own = row.text[first:start].strip(" :")
    if own or not first:
        return own
    return next((cell for cell in reversed(row.text[: first - 1].split(CELL)) if cell.strip()), "")


def cell_above(rows: Sequence[Row], row: Row, start: int, end: int) -> str:
    """The text of the nearest cell above that has a letter and stands over the value, "" if there is none near."""
    x0, y0, x1, _ = row.box_of(start, end)
    for above in reversed(rows[: row.index]):
        if above.page != row.page or y0 - above.words[0].box[3] > ABOVE * row.height:
            break
        for first, last in above.cells():
            text = above.text[first:last]
            left, _, right, _ = above.box_of(first, last)
            if left < x1 and x0 < right and re.search(r"[^\W\d_]{2}", text):
                return text
    return ""
