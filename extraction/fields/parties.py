"""Vendor and buyer: which of the names on the first page sells and which one pays."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from rapidfuzz import fuzz

from extraction.evidence import Evidence
from extraction.fields.labels import fold, role_of, vocabulary
from extraction.fields.names import LEGAL, Name, names_of
from extraction.fields.rows import CELL, Row
from extraction.fields.scoring import Candidate, candidate_at, choose, evidence
from extraction.fields.sections import beside, section
from extraction.fields.sheet import Sheet

_TRADE = re.compile(
    r"\b(?:enterprise|trading|restaurant|restoran|hardware|store|mart|market|supermarket|hypermarket|cafe|coffee|bakery|hotel"
    r"|pharmacy|services?|company|group|shop|kedai|station|media|foods?|bistro|grill|bar|pizza|kitchen|house|center|centre"
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
    r"\b(?:thanks?|welcome|page|seite|tel|phone|fax|date|time|cashier|www|http|email|e-mail|customer|merchant|copy"
    r"|tax id|powered|call|visit|please|hours|open|order|table|server|duplicate|original|reprint|re-?print|dine|eat in"
    r"|take ?out|carry out|guest|served|danke|willkommen|merci|bienvenue|gracias|grazie|bedankt|terima kasih|goods sold"
    r"|posted|return\w*|refund|exchange|valid|come again|survey|signature)\b|@|://",
    re.I,
)
_PLAIN = re.compile(r"[^\W\d_]|[\s&'’.,+/()-]")
_DOMAIN = re.compile(
    r"(?:@|www\.|https?://|\b)([\w-]{3,})\.(?:com?|de|fr|net|org|eu|at|ch|it|es|nl|be|my|uk|us|info|tv)\b", re.I
)
_VALUE = re.compile(r"[#A-Z]{0,6}[-/.]?\d")


def read_parties(sheet: Sheet) -> dict[str, Evidence]:
    """Evidence for `vendor` and `buyer`, as far as they were found."""
    candidates = list(party_candidates(sheet))
    vendor = evidence("vendor", choose("vendor", candidates))
    buyer = evidence("buyer", choose("buyer", buyer_candidates(candidates, vendor)))
    return {name: value for name, value in {"vendor": vendor, "buyer": buyer}.items() if value}


def buyer_candidates(candidates: Iterable[Candidate], vendor: Evidence | None) -> list[Candidate]:
    """Names but the vendor's, for each of which a heading and a legal form speak."""
    return [
        replace(found, agreement=(found.features["buyer"] + found.features["legal"]) / 2)
        for found in candidates
        if vendor is None or found.value != vendor.value
    ]


def party_candidates(sheet: Sheet) -> Iterator[Candidate]:
    """Names on the first page and below headings, with what speaks for each."""
    names = list(names_of(sheet))
    called = {name.value: role for name in names if (role := beside(name.row, name.start)[0])}
    heights = [name.row.height for name in names if name.row.place < 0.4]
    tallest = max(heights, default=1.0)
    domains = {match[1].lower() for match in _DOMAIN.finditer(sheet.text)}
    folded = [fold(row.text) for row in sheet.rows]
    priced = (
        row.index for row, spans in zip(sheet.rows, sheet.amounts, strict=True) if any(s.places == 2 for s in spans)
    )
    first_price = next(priced, len(sheet.rows))
    for order, name in enumerate(names):
        found = _candidate(sheet, name, order, called, tallest, domains, folded)
        yield replace(found, features={**found.features, "after_prices": float(name.row.index > first_price)})


def _candidate(
    sheet: Sheet,
    name: Name,
    order: int,
    called: Mapping[str, str],
    tallest: float,
    domains: set[str],
    folded: Sequence[str],
) -> Candidate:
    row, text = name.row, name.value
    role, distance = section(sheet.rows, row, name.start, name.end)
    role = role or called.get(text, "")
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
        "odd": sum(not _PLAIN.match(char) for char in text) / len(text),
        "address_above": float(bool(_ADDRESS.search(_above(sheet.rows, name)))),
        "label": float(_is_label(row, name.start, name.end)),
        "long": float(len(text) > 45),
        "short": float(sum(char.isalpha() for char in text) < 5),
        "left": row.box_of(name.start, name.end)[0] / row.page_width if row.page_width else 0.0,
        "misread": 1 - legible,
    }
    agreement = min(1.0, (features["legal"] + features["domain"] + features["repeated"] + features["seller"]) / 2)
    return candidate_at(row, name.start, name.end, text, features, agreement)


def _is_label(row: Row, start: int, end: int) -> bool:
    """Whether a cell says what another is: a colon, a known word or heading alone, or before a number or date."""
    words = row.text[start:end].rstrip()
    if words.endswith(":") or (len(words.split()) == 1 and role_of("number", words) == "other"):
        return True
    if any(pattern.fullmatch(fold(words)) for pattern in vocabulary()["party"].values()):
        return True
    named = len(words.split()) < 4 and any(role_of(subject, words) for subject in ("number", "date"))
    return named and row.text[end : end + 1] == CELL and bool(_VALUE.match(row.text, end + 1))


def _above(rows: Sequence[Row], name: Name) -> str:
    """The text of the row above, as far as it stands over the name."""
    return "\n".join(_in_column(rows[max(name.row.index - 1, 0) : name.row.index], name))


def _below(rows: Sequence[Row], name: Name) -> str:
    """The text of the two rows below, as far as it stands under the name."""
    return "\n".join(_in_column(rows[name.row.index + 1 : name.row.index + 3], name))


def _in_column(rows: Sequence[Row], name: Name) -> Iterator[str]:
    """The cells of these rows that share a part of the page's width with the name."""
    x0, _, x1, _ = name.row.box_of(name.start, name.end)
    for row in rows:
        if row.page == name.row.page:
            for first, last in row.cells():
                left, _, right, _ = row.box_of(first, last)
                if left < x1 and x0 < right:
                    yield row.text[first:last]
