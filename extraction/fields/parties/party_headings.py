"""Headings of parties (Bill to, Verkäufer) and the names that stand under or beside them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extraction.fields.layout.rows import CELL, Row
from extraction.fields.patterns.legal_forms import LEGAL
from extraction.fields.patterns.vocabulary import fold, vocabulary

_SENDER_LINE = re.compile(r"(?:\s[·•|–-]\s|,\s).*\b[A-Z]{0,2}-?\d{4,5}\b|(?:\s[·•|]\s.*){2}")
_POSTCODE = re.compile(r"\b[A-Z]{0,2}-?\d{4,5}\b")
_SMALLER = 0.85
"""How high the sender's line over an address is at most, as a share of the address's rows (DIN 5008, field 1)."""
_ADDRESSEE = 4.0
"""How far below the sender's line the addressee's name may stand, in heights of its row."""

SECTION = 14.0
"""How far below its heading (Bill to, Verkäufer) a name may stand, in heights of its row."""


def section(rows: Sequence[Row], row: Row, start: int, end: int) -> tuple[str, float]:
    """The heading that a name stands beside or under, seller or buyer, and how many rows' heights away it is."""
    role, label = beside(row, start)
    if role:
        return role, 0.0
    # "Name: Acme" in a block: the heading stands over the label.
    x0, y0, x1, _ = row.box_of(row.text.rindex(label, 0, start) if label.endswith(":") else start, end)
    for above in reversed(rows[: row.index]):
        distance = (y0 - above.words[0].box[3]) / row.height
        if above.page != row.page or distance > SECTION:
            break
        for first, last, (left, _, right, _) in above.cell_boxes:
            if not (left < x1 and x0 < right + row.height):
                continue
            if role := heading(above.text[first:last]):
                return role, distance
            if distance < _ADDRESSEE and _is_sender_line(above, first, last, row):
                return "buyer", distance
    return "", 0.0


def beside(row: Row, start: int) -> tuple[str, str]:
    """The party that the cell left of a name announces, and that cell's words; both "" where there is none."""
    words = row.text[:start].rstrip(CELL + " ").rpartition(CELL)[2]
    return heading(words), words


def _is_sender_line(above: Row, first: int, last: int, row: Row) -> bool:
    """Whether a cell is the small line of the sender's name and address that stands over an addressee's."""
    text = above.text[first:last]
    own = _SENDER_LINE.search(text) or ((legal := LEGAL.search(text)) and _POSTCODE.search(text, legal.end()))
    return above.height < _SMALLER * row.height and bool(own)


def heading(text: str) -> str:
    """Which party a cell of few words announces, "" when it is no heading."""
    return next((role for role in ("buyer", "seller") if announces(role, text)), "")


def announces(role: str, text: str) -> bool:
    """Whether a cell of few words announces a party of that role of the vocabulary."""
    folded = fold(text)
    return 0 < len(folded.split()) <= 4 and bool(vocabulary()["party"][role].match(folded))
