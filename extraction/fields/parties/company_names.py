"""Names on the first page: pieces of rows that may be what a company is called."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from extraction.evidence import Box
from extraction.fields.layout.document_layout import DocumentLayout
from extraction.fields.layout.rows import CELL, Row
from extraction.fields.parties.addresses import is_address, is_town
from extraction.fields.parties.non_names import announced, is_label, talk
from extraction.fields.parties.party_headings import heading
from extraction.fields.patterns.legal_forms import LEGAL, correct_legal_form
from extraction.fields.patterns.misread_names import is_barcode_noise, lettered, without_scraps
from extraction.fields.patterns.vocabulary import fold, keywords

TRADE = re.compile(
    r"\b(?:enterprise|trading|restaurant|restoran|hardware|store|mart|market|supermarket|hypermarket|cafe|coffee|bakery"
    r"|hotel|pharmacy|services?|company|group|shop|kedai|pasar|farmasi|perniagaan|syarikat|station|media|foods?|bistro"
    r"|grill|bar|pizza|kitchen|house|center|centre|museum|holdings?|pizzeria|ristorante|trattoria|brasserie|tavern|markt"
    r"|apotheke|handel|werke?|verlag|boutique|moulin|television|tv|broadcast\w*|books?|stationery|motors?"
    r"|auto(?!route|bahn)\w*)\b",
    re.I,
)
"""What companies do, as their names say it."""

_ABBREVIATED = re.compile(r"(?:\w\.\s?\w|Inc|Ltd|Corp|Co|Bhd|Pty|Pte|Lda|Ltda)\.$", re.I)
_PREFIX = re.compile(r"^(?:remit to|pay to|payable to|c/o|attn:?|from)\s+", re.I)
_CUT = re.compile(
    r"\s*(?:\(\s?[^()]*\d{3}[^()]*\)?|[●•·|]|#\s?\d|\s0\d{3}|\s[-–]\s|,\s(?!(?:Inc|LLC|L\.L\.C|Ltd|Limited|PLC|LLP|Corp|Ltda|Lda|S\.[AL])\b)).*$",
    re.I,
)
_ONLY_TRADE = re.compile(rf"(?:{TRADE.pattern}|[&\s])+", re.I)
_ONE_WORD = re.compile(r"\W?(?: [^\W\d_]+)?")  # behind the legal form, its town
_LINKED = re.compile(r"(?:&|\b(?:and|und|et|of))$", re.I)
_LINKING = re.compile(r"^(?:&|(?:and|und|et|of)\b)", re.I)


@dataclass(frozen=True)
class Name:
    """A piece of a row that may be a name; `value` is it without registration numbers and addresses.

    `rest` is the piece of the next row in which the name goes on, None where it ends in its own. `said` is what
    announces it in its cell: "greeting" (Welcome to …), "owner" (Owned by …), "label" (Name: …), "" for nothing. `read`
    is what OCR made of it, "" where that is what it is taken to be;
    `priced` says that an amount stands on its row.
    """

    row: Row
    start: int
    end: int
    value: str
    rest: Name | None = None
    said: str = ""
    read: str = ""
    priced: bool = False

    @property
    def last(self) -> Name:
        """The piece in which it ends."""
        return self.rest or self

    @property
    def confidence(self) -> float:
        """The recogniser's confidence in the least certain of its words."""
        own = self.row.confidence_of(self.start, self.end)
        return min(own, self.rest.confidence) if self.rest else own

    @property
    def box(self) -> Box:
        """Where its own piece stands."""
        return self.row.box_of(self.start, self.end)


def names_of(sheet: DocumentLayout) -> Iterator[Name]:
    """Cells of the first page with letters enough for a name; one that goes on in the next row is joined."""
    rows = [row for row in sheet.rows if row.page == sheet.pages[0].number]
    for row in rows:
        for first, last in row.cells():
            after, said = announced(row.text[first:last])
            start, end = _piece(row, first + after, last)
            value = _name(row, start, end)
            priced = any(span.places == 2 for span in sheet.amounts[row.index])
            dated = any(day.start < end and start < day.end for day in sheet.dates[row.index])
            if sum(map(str.isalpha, LEGAL.sub("", value))) < 3 or dated or is_barcode_noise(value):
                continue
            if priced and row.place > 0.3 and CELL in row.text:
                continue
            name = Name(row, start, end, value, said=said, priced=priced)
            yield name
            if rest := _continued(sheet, name):
                yield replace(name, value=f"{value} {rest.value}", rest=rest)


def worded(name: str) -> float:
    """The share of a name's letters that stand in words of the vocabulary and say nothing of a trade, 0 to 1.

    A trade by itself is nobody's name.
    """
    if TRADE.fullmatch(name):
        return 1.0
    letters = sum(map(str.isalpha, fold(name)))
    words = fold(TRADE.sub(" ", name)).split()
    return min(1.0, sum(len(word) for word in words if word in keywords()) / letters) if letters else 0.0


def _piece(row: Row, start: int, end: int) -> tuple[int, int]:
    """Start and end of what OCR may have read a name from, without the scraps beside it."""
    if row.source != "ocr":
        return start, end
    first, last = without_scraps(row.text[start:end])
    return start + first, start + last


def _name(row: Row, start: int, end: int) -> str:
    """The text without what stands behind a name; the dot that ends an abbreviated legal form stays (B.V., Ltd.)."""
    whole = _PREFIX.sub("", _CUT.sub("", row.text[start:end])).strip(" :;,*-_~'\"#=|").lstrip(".")
    if ")" not in whole:
        whole = whole.lstrip("( ")
    plain = whole.rstrip(" .:;,*-_~'\"#=|")
    if row.source == "ocr" and (right := correct_legal_form(lettered(plain))) != plain:
        return right
    dotted = f"{plain}."
    legal = [found.end() for found in LEGAL.finditer(dotted)]
    if whole.startswith(dotted) and len(dotted) in legal and _ABBREVIATED.search(dotted):
        return dotted
    return plain


def _continued(sheet: DocumentLayout, name: Name) -> Name | None:
    """Where a name goes on in the next row; None where it ends in its own, or is a heading, an address or a slogan."""
    cell = name.row.text[name.start : name.end]
    other = heading(name.value) or is_label(name.row, name.start, name.end) or is_address(cell) or is_town(cell)
    if LEGAL.search(name.value) or other or talk(cell) > 0.5 or name.row.index + 1 >= len(sheet.rows):
        return None
    after = sheet.rows[name.row.index + 1]
    if after.page != name.row.page:
        return None
    cells = (_piece(after, *cell) for cell in after.cells() if not is_label(after, *cell))
    pieces = (Name(after, start, end, _name(after, start, end)) for start, end in cells)
    return next((piece for piece in pieces if _completes(name, piece.value) and _written_on(name, piece)), None)


def _completes(name: Name, rest: str) -> bool:
    """Whether a piece of text is the rest of a name: a legal form, its trade, or what "and" links to it.

    What begins with the name itself is its longer form.
    """
    if fold(rest).startswith(fold(name.value)):
        return False
    found = LEGAL.search(rest)
    if found and _ONE_WORD.fullmatch(rest, found.end()) and len(rest[: found.end()].split()) <= 4:
        return True
    if re.search(r"\d", rest):
        return False
    return bool(_ONLY_TRADE.fullmatch(rest) or _LINKED.search(name.value) or _LINKING.search(rest))


def _written_on(name: Name, rest: Name) -> bool:
    """Whether a name goes on in a piece: right below it, in letters of its size, on its left or about its middle."""
    row, after = name.row, rest.row
    x0, _, x1, y1 = row.box_of(name.start, name.end)
    left, top, right, _ = after.box_of(rest.start, rest.end)
    high, low = max(row.height, after.height), min(row.height, after.height)
    aligned = min(abs(left - x0), abs(left + right - x0 - x1) / 2) < high
    return aligned and top - y1 < high and low > 0.6 * high
