"""Vendor and buyer: which of the names on the first page sells and which one pays."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from extraction.evidence import Evidence
from extraction.fields.labels import fold, vocabulary
from extraction.fields.rows import CELL, Row
from extraction.fields.scoring import Candidate, candidate_at, choose, evidence
from extraction.fields.sheet import Sheet

LEGAL = re.compile(
    r"\b(?:SDN\.?\s?BHD|BHD|GmbH|mbH|UG|AG|KG|OHG|GbR|e\.?K|e\.?V|SE|Ltd|Limited|PLC|LLP|LLC|L\.L\.C|Inc|Corp|Corporation"
    r"|S\.?A\.?R\.?L|SARL|SAS|S\.A\.S|EURL|S\.?A|S\.?p\.?A|S\.?r\.?l|S\.?L|B\.?V|N\.?V|Pty|PLT|Pte|Oy|AB|A/S|ApS)\b\.?",
    re.I,
)
_TRADE = re.compile(
    r"\b(?:enterprise|trading|restaurant|restoran|hardware|store|mart|market|supermarket|hypermarket|cafe|coffee|bakery|hotel"
    r"|pharmacy|services?|company|group|shop|kedai|station|bank|media|foods?|bistro|grill|bar|pizza|kitchen|house|center|centre"
    r"|markt|apotheke|handel|werke?|verlag|boutique|moulin|television|tv|broadcast\w*|books?|stationery|motors?|auto\w*)\b",
    re.I,
)
_ADDRESS = re.compile(
    r"^\W*(?:no|lot|unit|suite|po box|p\.?o\.? box)\b[.:\s]*\d|\b(?:jalan|jln|taman|street|st|road|rd|avenue|ave|blvd"
    r"|drive|lane|rue|chemin|strasse|straße|\w+str\.|\w+stra(?:ß|ss)e|\w+weg|\w+platz|platz"
    r"|floor|kawasan|seksyen|highway|hwy|selangor|johor|kuala)\b|\b\d{4,5}(?:-\d{4})?\b",
    re.I,
)
_TOWN = re.compile(r"^[^\d,]+,\s?[A-Z]{2}\s\d{5}|^(?:[A-Z]{1,2}[ -])?\d{4,5}\s\D+$")
_REGISTRATION = re.compile(
    r"\(?\d{4,9}\s?-\s?[A-Z0-9]\)?|\b(?:co\.?|company|gst|reg|roc|tax|vat|ust|hrb|siren|siret|tva)\b.*\d{3}", re.I
)
_NOISE = re.compile(
    r"\b(?:thank|welcome|page|seite|tel|phone|fax|date|time|cashier|www|http|email|e-mail|customer|copy|tax id"
    r"|powered|call|visit|please|hours|open|order|table|server|duplicate|original|reprint|re-?print)\b|@|://",
    re.I,
)
_PREFIX = re.compile(r"^(?:remit to|pay to|payable to|c/o|attn:?|from)\s+", re.I)
_DOMAIN = re.compile(
    r"(?:@|www\.|https?://|\b)([\w-]{3,})\.(?:com?|de|fr|net|org|eu|at|ch|it|es|nl|be|my|uk|us|info|tv)\b", re.I
)
_CUT = re.compile(r"\s*(?:\(\s?[^()]*\d{3}[^()]*\)?|[●•·|]|\s[-–]\s|,\s).*$")
SECTION = 14.0
"""How far below its heading (Bill to, Verkäufer) a name may stand, in heights of its row."""


@dataclass(frozen=True)
class _Name:
    """A piece of a row that may be a name; `value` is it without registration numbers and addresses."""

    row: Row
    start: int
    end: int
    value: str


def read_parties(sheet: Sheet) -> dict[str, Evidence]:
    """Evidence for `vendor` and `buyer`, as far as they were found."""
    candidates = list(party_candidates(sheet))
    vendor = evidence("vendor", choose("vendor", candidates))
    others = [found for found in candidates if vendor is None or found.value != vendor.value]
    buyer = evidence("buyer", choose("buyer", others))
    return {name: value for name, value in {"vendor": vendor, "buyer": buyer}.items() if value}


def party_candidates(sheet: Sheet) -> Iterator[Candidate]:
    """Names on the first page and below headings, with what speaks for each."""
    names = list(_names(sheet))
    heights = [name.row.height for name in names if name.row.place < 0.4]
    tallest = max(heights, default=1.0)
    domains = {match[1].lower() for match in _DOMAIN.finditer(sheet.text)}
    folded = [fold(row.text) for row in sheet.rows]
    for order, name in enumerate(names):
        yield _candidate(sheet, name, order, tallest, domains, folded)


def _candidate(
    sheet: Sheet, name: _Name, order: int, tallest: float, domains: set[str], folded: Sequence[str]
) -> Candidate:
    row, text = name.row, name.value
    role, distance = _section(sheet.rows, row, name.start, name.end)
    below = _below(sheet.rows, name)
    plain = fold(text)
    repeats = sum(plain in other for other in folded) - 1 if len(plain) > 3 else 0
    joined = plain.replace(" ", "")
    legible = row.confidence_of(name.start, name.end)
    features = {
        # A place at the top says less the worse the words are read: it may be a logo or a stain.
        "first": legible * (order == 0),
        "second": legible * (order == 1),
        "third": legible * (order == 2),
        "legal": float(bool(LEGAL.search(text))),
        "trade": float(bool(_TRADE.search(text))),
        "place": row.place,
        "tall": row.height / tallest,
        "upper": float(text.isupper()),
        "seller": float(role == "seller"),
        "seller_near": float(role == "seller" and distance < 2.5),
        "buyer": float(role == "buyer"),
        "buyer_near": float(role == "buyer" and distance < 2.5),
        "address_below": float(bool(_ADDRESS.search(below))),
        "registered": float(bool(_REGISTRATION.search(below) or _REGISTRATION.search(row.text))),
        "repeated": min(repeats, 3) / 3,
        "domain": float(any(fuzz.partial_ratio(domain, joined) >= 85 for domain in domains if len(joined) > 3)),
        "digits": float(bool(re.search(r"\d", text))),
        "address": float(bool(_ADDRESS.search(text) or _TOWN.search(row.text[name.start : name.end]))),
        "title": float(any(pattern.search(plain) for pattern in vocabulary()["title"].values())),
        "noise": float(bool(_NOISE.search(row.text[name.start : name.end]))),
        "label": float(row.text[name.start : name.end].rstrip().endswith(":")),
        "long": float(len(text) > 45),
        "short": float(sum(char.isalpha() for char in text) < 5),
        "left": row.box_of(name.start, name.end)[0] / row.page_width if row.page_width else 0.0,
        "misread": 1 - legible,
    }
    agreement = min(1.0, (features["legal"] + features["domain"] + features["repeated"] + features["seller"]) / 2)
    return candidate_at(row, name.start, name.end, text, features, agreement)


def _names(sheet: Sheet) -> Iterator[_Name]:
    """Cells of the first page with letters enough for a name; one that goes on in the next row is joined."""
    rows = [row for row in sheet.rows if row.page == sheet.pages[0].number]
    for row in rows:
        for start, end in row.cells():
            if label := re.match(r"[^:]{2,25}:\s+(?=\w)", row.text[start:end]):
                start += label.end()
            value = _PREFIX.sub("", _CUT.sub("", row.text[start:end])).strip(" .:;,*-_~'\"#=|")
            priced = any(span.places == 2 for span in sheet.amounts[row.index])
            if sum(char.isalpha() for char in LEGAL.sub("", value)) < 3 or (
                priced and row.place > 0.3 and CELL in row.text
            ):
                continue
            yield _Name(row, start, end, value)
            if joined := _continued(sheet, row, value):
                yield _Name(row, start, end, joined)


def _continued(sheet: Sheet, row: Row, value: str) -> str:
    """The name together with the next row, where only that one ends in a legal form; "" otherwise."""
    if LEGAL.search(value) or row.index + 1 >= len(sheet.rows) or CELL in row.text:
        return ""
    after = sheet.rows[row.index + 1]
    rest = _CUT.sub("", after.text).strip(" .:;,*-_")
    found = LEGAL.search(rest)
    if CELL in after.text or _heading(value):
        return ""
    if after.page != row.page or not found or found.end() < len(rest) - 1 or len(rest.split()) > 4:
        return ""
    return f"{value} {rest}"


def _section(rows: Sequence[Row], row: Row, start: int, end: int) -> tuple[str, float]:
    """The heading that a name stands beside or under, seller or buyer, and how many rows' heights away it is."""
    before = row.text[:start].rstrip(CELL + " ")
    beside = before.rpartition(CELL)[2]
    if role := _heading(beside):
        return role, 0.0
    # "Name: Acme" in a block: the heading stands over the label.
    labelled = beside.endswith(":")
    x0, y0, x1, _ = row.box_of(len(before) - len(beside) if labelled else start, end)
    for above in reversed(rows[: row.index]):
        distance = (y0 - above.words[0].box[3]) / row.height
        if above.page != row.page or distance > SECTION:
            break
        for first, last in above.cells():
            left, _, right, _ = above.box_of(first, last)
            if left < x1 and x0 < right + row.height and (role := _heading(above.text[first:last])):
                return role, distance
    return "", 0.0


def _heading(text: str) -> str:
    """Which party a cell of few words announces, "" when it is no heading."""
    folded = fold(text)
    if not folded or len(folded.split()) > 4:
        return ""
    return next(
        (role for role in ("buyer", "seller") if vocabulary()["party"][role].match(folded)),
        "",
    )


def _below(rows: Sequence[Row], name: _Name) -> str:
    """The text of the two rows below, as far as it stands under the name."""
    x0, _, x1, _ = name.row.box_of(name.start, name.end)
    return "\n".join(
        row.text[first:last]
        for row in rows[name.row.index + 1 : name.row.index + 3]
        for first, last in row.cells()
        if row.page == name.row.page and row.box_of(first, last)[0] < x1 and x0 < row.box_of(first, last)[2]
    )
