"""Names on the first page: pieces of rows that may be what a company is called."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from extraction.fields.rows import CELL, Row
from extraction.fields.sections import heading
from extraction.fields.sheet import Sheet

LEGAL = re.compile(
    r"\b(?:SDN\.?\s?BHD|BHD|GmbH|mbH|UG|AG|KG|OHG|GbR|e\.?K|e\.?V|SE|Ltd|Limited|PLC|LLP|LLC|L\.L\.C|Inc|Corp|Corporation"
    r"|S\.?A\.?R\.?L|SARL|SAS|S\.A\.S|EURL|S\.?A|S\.?p\.?A|S\.?r\.?l|S\.?L|B\.?V|N\.?V|Pty|PLT|Pte|Oy|AB|A/S|ApS"
    r"|Sp\.? ?z ?o\.? ?o|s\.r\.o|d\.o\.o|Kft|Ltda|Lda|V\.?O\.?F|K\.K)\b\.?",
    re.I,
)
"""Legal forms of companies (ISO 20275)."""

_ABBREVIATED = re.compile(r"(?:\w\.\s?\w|Inc|Ltd|Corp|Bhd|Pty|Pte|Lda|Ltda)\.$", re.I)
_PREFIX = re.compile(r"^(?:remit to|pay to|payable to|c/o|attn:?|from)\s+", re.I)
_CUT = re.compile(
    r"\s*(?:\(\s?[^()]*\d{3}[^()]*\)?|[●•·|]|\s[-–]\s|,\s(?!(?:Inc|LLC|L\.L\.C|Ltd|Limited|PLC|LLP|Corp|S\.[AL])\b)).*$",
    re.I,
)


@dataclass(frozen=True)
class Name:
    """A piece of a row that may be a name; `value` is it without registration numbers and addresses."""

    row: Row
    start: int
    end: int
    value: str


def names_of(sheet: Sheet) -> Iterator[Name]:
    """Cells of the first page with letters enough for a name; one that goes on in the next row is joined."""
    rows = [row for row in sheet.rows if row.page == sheet.pages[0].number]
    for row in rows:
        for start, end in row.cells():
            if label := re.match(r"[^:]{2,25}:\s+(?=\w)", row.text[start:end]):
                start += label.end()
            value = _name(row.text[start:end])
            priced = any(span.places == 2 for span in sheet.amounts[row.index])
            if sum(char.isalpha() for char in LEGAL.sub("", value)) < 3 or (
                priced and row.place > 0.3 and CELL in row.text
            ):
                continue
            yield Name(row, start, end, value)
            if joined := _continued(sheet, row, value):
                yield Name(row, start, end, joined)


def _name(text: str) -> str:
    """The text without what stands behind a name; the dot that ends an abbreviated legal form stays (B.V., Ltd.)."""
    whole = _PREFIX.sub("", _CUT.sub("", text)).strip(" :;,*-_~'\"#=|").lstrip(".")
    plain = whole.rstrip(" .:;,*-_~'\"#=|")
    dotted = f"{plain}."
    legal = [found.end() for found in LEGAL.finditer(dotted)]
    return dotted if whole.startswith(dotted) and len(dotted) in legal and _ABBREVIATED.search(dotted) else plain


def _continued(sheet: Sheet, row: Row, value: str) -> str:
    """The name together with the next row, where only that one ends in a legal form; "" otherwise."""
    if LEGAL.search(value) or row.index + 1 >= len(sheet.rows) or CELL in row.text:
        return ""
    after = sheet.rows[row.index + 1]
    if CELL in after.text or after.page != row.page or heading(value) or not _written_on(row, after):
        return ""
    rest = _name(after.text)
    found = LEGAL.search(rest)
    if not found or found.end() < len(rest) - 1 or len(rest.split()) > 4:
        return ""
    return f"{value} {rest}"


def _written_on(row: Row, after: Row) -> bool:
    """Whether a row goes on in the next: right below it, in letters of its size, on its left or about its middle."""
    x0, _, x1, y1 = row.box_of(0, len(row.text))
    left, top, right, _ = after.box_of(0, len(after.text))
    high, low = max(row.height, after.height), min(row.height, after.height)
    aligned = min(abs(left - x0), abs(left + right - x0 - x1) / 2) < high
    return aligned and top - y1 < high and low > 0.6 * high
