"""Vendor and buyer: which of the names on the first page sells and which one pays."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from rapidfuzz import fuzz

from extraction.evidence import Evidence
from extraction.fields.addresses import above, below, is_address, is_company_number, is_registered, is_town
from extraction.fields.labels import fold, role_of, vocabulary
from extraction.fields.legal_forms import LEGAL
from extraction.fields.names import TRADE, Name, names_of, worded
from extraction.fields.rows import CELL, Row, union
from extraction.fields.scoring import Candidate, candidate_at, choose, evidence
from extraction.fields.sections import beside, section
from extraction.fields.sheet import Sheet

_NOISE = re.compile(
    r"\b(?:thanks?|tq|welcome|page|seite|tel|phone|fax|date|time|cashier|www|http|email|e-mail|customer|merchant|copy"
    r"|tax id|powered|call|visit|please|hours|open|order|table|server|duplicate|original|reprint|re-?print|dine|eat in"
    r"|take ?out|carry out|guest|served|host|clerk|pump|danke|willkommen|merci|bienvenue|gracias|grazie|bedankt"
    r"|terima kasih|goods sold|posted|return\w*|refund|exchange|valid|come again|survey|signature|tisch|bediener"
    r"|kellner|caissier|vendeur|vendedor|mesa|tafel"
    r"|separate before paying|vor der einzahlung|d[ée]tacher avant|staccare prima)\b|@|://",  # the last on Swiss slips
    re.I,
)
_PLAIN = re.compile(r"[^\W\d_]|[\s&'’.,+/()-]")
_DOMAIN = re.compile(
    r"(?:@|www\.|https?://|\b)([\w-]{3,})\.(?:com?|de|fr|net|org|eu|at|ch|it|es|nl|be|my|uk|us|info|tv)\b", re.I
)
_NEVER = ("title", "noise", "label", "address", "comma")
"""Features that a name at the head of a document does not have."""
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
    setting = _setting(sheet, names)
    written = [_written(name) for name in names]
    for name, own, standing in zip(names, written, _standings(names, written), strict=True):
        features = {**own, **standing, **_surroundings(name, setting)}
        agreement = min(1.0, (features["legal"] + features["domain"] + features["repeated"] + features["seller"]) / 2)
        found = candidate_at(name.row, name.start, name.end, name.value, features, agreement)
        yield replace(found, box=union([found.box, name.rest.box])) if found.box and name.rest else found


@dataclass(frozen=True)
class _Setting:
    """What the document says as a whole, `folded` row by row; `called` are names that a heading stands beside.

    `incorporated` says that some name has a legal form and a number in a register.
    """

    rows: Sequence[Row]
    folded: Sequence[str]
    domains: frozenset[str]
    called: Mapping[str, str]
    incorporated: bool
    tallest: float
    first_price: int


def _setting(sheet: Sheet, names: Sequence[Name]) -> _Setting:
    priced = (
        row.index for row, spans in zip(sheet.rows, sheet.amounts, strict=True) if any(s.places == 2 for s in spans)
    )
    return _Setting(
        rows=sheet.rows,
        folded=[fold(row.text) for row in sheet.rows],
        domains=frozenset(match[1].lower() for match in _DOMAIN.finditer(sheet.text)),
        incorporated=any(LEGAL.search(name.value) and _is_numbered(sheet.rows, name) for name in names),
        called={name.value: role for name in names if (role := beside(name.row, name.start)[0])},
        tallest=max((name.row.height for name in names if name.row.place < 0.4), default=1.0),
        first_price=next(priced, len(sheet.rows)),
    )


def _written(name: Name) -> dict[str, float]:
    """What the letters of a name say."""
    row, text = name.row, name.value
    cell = row.text[name.start : name.end]
    return {
        "legal": float(bool(LEGAL.search(text))),
        "trade": float(bool(TRADE.search(text))),
        "upper": float(text.isupper()),
        "digits": float(bool(re.search(r"\d", text))),
        "address": float(is_address(text) or is_town(cell)),
        "title": float(_is_title(fold(text))),
        "noise": float(bool(_NOISE.search(cell))),
        "odd": sum(not _PLAIN.match(char) for char in text) / len(text),
        "label": float(_is_label(row, name.start, name.end)),
        "worded": worded(text),
        "comma": float(cell.rstrip().endswith(",")),
        "long": float(len(text) > 45),
        "short": float(sum(char.isalpha() for char in text) < 5),
        "joined": float(name.rest is not None and any(map(str.isalpha, LEGAL.sub("", name.rest.value)))),
        "misread": 1 - row.confidence_of(name.start, name.end),
    }


def _standings(names: Sequence[Name], written: Sequence[Mapping[str, float]]) -> Iterator[dict[str, float]]:
    """Where each name comes among those that may be one, and whether the head of the document ended above it."""
    count, headed = 0, False
    for name, own in zip(names, written, strict=True):
        plausible = not any(own[reason] for reason in _NEVER) and own["worded"] <= 0.7 and own["odd"] <= 0.35
        headed = headed or bool(own["title"] and count)
        order = count - 1 if name.rest and count else count
        # A place at the top says less the worse the words are read: it may be a logo or a stain.
        seen = math.sqrt(1 - own["misread"]) if plausible else 0.0
        yield {
            "first": seen * (order == 0),
            "second": seen * (order == 1),
            "third": seen * (order == 2),
            "after_title": float(headed),
        }
        count += plausible and name.rest is None


def _surroundings(name: Name, setting: _Setting) -> dict[str, float]:
    """What stands around a name and elsewhere on the document."""
    row, rows = name.row, setting.rows
    role, distance = section(rows, row, name.start, name.end)
    role = role or setting.called.get(name.value, "")
    over, under = above(rows, name), below(rows, name)
    plain, joined = fold(name.last.value), fold(name.value).replace(" ", "")
    # Among the prices it is an article that is repeated.
    counted = len(plain) > 3 and row.index <= setting.first_price
    repeats = sum(plain in other for other in setting.folded) - 1 if counted else 0
    domains = setting.domains if len(joined) > 3 else ()
    return {
        "place": row.place,
        "tall": row.height / setting.tallest,
        "left": row.box_of(name.start, name.end)[0] / row.page_width if row.page_width else 0.0,
        "after_prices": float(row.index > setting.first_price),
        "seller": float(role == "seller"),
        "seller_near": float(role == "seller" and distance < 2.5),
        "buyer": float(role == "buyer"),
        "buyer_near": float(role == "buyer" and distance < 2.5),
        "address_below": float(is_address(under)),
        "address_above": float(is_address(over)),
        "registered": float(is_registered(under) or is_registered(row.text)),
        "numbered": float(_is_numbered(rows, name)),
        "trading": float(setting.incorporated and not LEGAL.search(name.value)),
        "repeated": max(0, min(repeats, 3)) / 3,
        "domain": float(any(fuzz.partial_ratio(domain, joined) >= 85 for domain in domains)),
    }


def _is_numbered(rows: Sequence[Row], name: Name) -> bool:
    """Whether a company's number in a register stands right behind the name or in the row below."""
    last = name.last
    cell = last.row.text[last.start : last.end]
    behind = cell[cell.rfind("(") :] if "(" in cell else cell.partition(last.value)[2]
    return is_company_number(behind) or is_company_number(below(rows, name, 1))


def _is_title(plain: str) -> bool:
    """Whether folded text begins or ends with what a document is called."""
    found = (match for pattern in vocabulary()["title"].values() for match in pattern.finditer(plain))
    return any(match.start() == 0 or match.end() == len(plain) for match in found)


def _is_label(row: Row, start: int, end: int) -> bool:
    """Whether a cell says what another is: a colon, a known word or heading alone, or before a number or date."""
    words = row.text[start:end].rstrip()
    if words.endswith(":") or (len(words.split()) == 1 and role_of("number", words) == "other"):
        return True
    if any(pattern.fullmatch(fold(words)) for pattern in vocabulary()["party"].values()):
        return True
    named = len(words.split()) < 4 and any(role_of(subject, words) for subject in ("number", "date"))
    return named and row.text[end : end + 1] == CELL and bool(_VALUE.match(row.text, end + 1))
