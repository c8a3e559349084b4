"""Vendor and buyer: which of the names on the first page sells and which one pays."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from rapidfuzz import fuzz

from extraction.evidence import Evidence
from extraction.fields.addresses import (
    above,
    below,
    is_address,
    is_company_number,
    is_country,
    is_registered,
    is_town,
)
from extraction.fields.captions import announces_owner, is_label, is_noise, is_title, talk
from extraction.fields.labels import fold
from extraction.fields.legal_forms import LEGAL
from extraction.fields.misread_names import by_domain
from extraction.fields.names import TRADE, Name, names_of, worded
from extraction.fields.rows import CELL, Row, union
from extraction.fields.scoring import Candidate, candidate_at, choose, evidence
from extraction.fields.sections import beside, section
from extraction.fields.sheet import Sheet

_PLAIN = re.compile(r"[^\W\d_]|[\s&'’.,+/()-]")
_DOMAIN = re.compile(
    r"(?:@|www\.|https?://|\b)([\w-]{3,})\.(?:com?|de|fr|net|org|eu|at|ch|it|es|nl|be|my|uk|us|info|tv)\b", re.I
)
_ASIDE = re.compile(r"\(.*\)\W?")
_NEVER = ("title", "noise", "label", "address", "town", "comma", "captioned", "server", "aside", "priced")
"""Features that a name at the head of a document does not have."""
_NOBODY = ("title", "label", "town", "captioned", "server", "aside")
"""Features of what is nobody's name, unless it has a legal form or is called the seller."""
_WELL_READ = 0.9
"""The recogniser's confidence above which letters stand as they were read, whatever is spelt otherwise elsewhere."""
_LEGIBLE = 0.6
"""The recogniser's confidence below which a name may be any."""
_DOUBTED = 0.8
"""The confidence beyond which a vendor cannot come that is hardly legible, or that nobody is called."""


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
    domains = {
        match[1].lower(): row.confidence_of(*match.span()) for row in sheet.rows for match in _DOMAIN.finditer(row.text)
    }
    names = [_respelt(name, domains) for name in names_of(sheet)]
    setting = _setting(sheet, names, frozenset(domains))
    written = [_written(name) for name in names]
    for name, own, standing in zip(names, written, _standings(names, written), strict=True):
        features = {**own, **standing, **_surroundings(name, setting)}
        features["captioned"] *= 1 - features["seller"]  # "Name: Acme" in the seller's block
        features["upper"] *= 1 - setting.capitals
        agreement = min(1.0, (features["legal"] + features["domain"] + features["repeated"] + features["seller"]) / 2)
        found = candidate_at(name.row, name.start, name.end, name.value, features, agreement)
        found = replace(found, at_most=_at_most(name, features))
        if found.box and name.rest:
            found = replace(found, box=union([found.box, name.rest.box]))
        yield replace(found, source="derived", reason=f"read “{name.read}”") if name.read else found


@dataclass(frozen=True)
class _Setting:
    """What the document says as a whole, `folded` row by row; `called` are names that a heading stands beside.

    `incorporated` says that some name has a legal form and a number in a register, `capitals` how many of the names
    are written in capitals, 0 to 1.
    """

    rows: Sequence[Row]
    folded: Sequence[str]
    domains: frozenset[str]
    called: Mapping[str, str]
    incorporated: bool
    capitals: float
    tallest: float
    first_price: int


def _setting(sheet: Sheet, names: Sequence[Name], domains: frozenset[str]) -> _Setting:
    priced = (
        row.index for row, spans in zip(sheet.rows, sheet.amounts, strict=True) if any(s.places == 2 for s in spans)
    )
    return _Setting(
        rows=sheet.rows,
        folded=[fold(row.text) for row in sheet.rows],
        domains=domains,
        incorporated=any(LEGAL.search(name.value) and _is_numbered(sheet.rows, name) for name in names),
        called={name.value: role for name in names if (role := beside(name.row, name.start)[0])},
        capitals=sum(name.value.isupper() for name in names) / max(1, len(names)),
        tallest=max((name.row.height for name in names if name.row.place < 0.4), default=1.0),
        first_price=next(priced, len(sheet.rows)),
    )


def _respelt(name: Name, domains: Mapping[str, float]) -> Name:
    """The name as one of the page's web addresses spells it that was read better; `domains` with their confidence."""
    sure = name.row.confidence_of(name.start, name.end)
    if name.row.source != "ocr" or name.rest or sure > _WELL_READ:
        return name
    spelt = by_domain(name.value, [domain for domain, confidence in domains.items() if confidence > sure])
    return replace(name, value=spelt, read=name.value) if spelt else name


def _written(name: Name) -> dict[str, float]:
    """What the letters of a name say."""
    row, text = name.row, name.value
    start, _ = row.cell_at(name.start)
    cell = row.text[name.start : name.end]
    left = row.text[: max(start - 1, 0)].rpartition(CELL)[2]
    return {
        "legal": float(bool(LEGAL.search(text))),
        "trade": float(sum(map(str.isalpha, TRADE.sub("", text))) > 2 and bool(TRADE.search(text))),
        "upper": float(text.isupper()),
        "digits": float(bool(re.search(r"\d", text))),
        "address": float(is_address(text)),
        "town": float(is_town(cell) or is_town(row.text) or is_country(text)),
        "title": float(is_title(text)),
        "noise": float(is_noise(cell)),
        "priced": float(name.priced),
        "captioned": float(name.said == "label" or left.rstrip().endswith(":")),
        "server": float(is_noise(f"{left} {row.text[start : name.start]}") and name.said != "greeting"),
        "greeted": float(name.said == "greeting"),
        "aside": float(bool(_ASIDE.fullmatch(cell))),
        "talk": talk(cell),
        "odd": sum(not _PLAIN.match(char) for char in text) / len(text),
        "label": float(is_label(row, name.start, name.end)),
        "worded": worded(text),
        "comma": float(cell.rstrip().endswith(",")),
        "long": float(len(text) > 45),
        "short": float(sum(char.isalpha() for char in text) < 5),
        "joined": float(name.rest is not None and any(map(str.isalpha, LEGAL.sub("", name.rest.value)))),
        "misread": 1 - row.confidence_of(name.start, name.end),
    }


def _standings(names: Sequence[Name], written: Sequence[Mapping[str, float]]) -> Iterator[dict[str, float]]:
    """How probably each name is the first, second or third of the document, and whether its head ended above it."""
    over = before = (1.0, 0.0, 0.0)  # how probably none, one and two names stand above
    headed, named = False, False
    for name, own in zip(names, written, strict=True):
        plausible = not any(own[reason] for reason in _NEVER) and own["worded"] <= 0.7 and own["odd"] <= 0.35
        headed = headed or bool(own["title"] and named)
        # A place at the top says less the worse the words are read: it may be a logo or a stain.
        seen = math.sqrt(1 - own["misread"]) if plausible else 0.0
        places = before if name.rest else over
        yield {
            **{place: seen * share for place, share in zip(("first", "second", "third"), places, strict=True)},
            "after_title": float(headed),
        }
        if name.rest is None:
            named = named or plausible
            none, one, two = before = over
            over = none * (1 - seen), one * (1 - seen) + none * seen, two * (1 - seen) + one * seen


def _surroundings(name: Name, setting: _Setting) -> dict[str, float]:
    """What stands around a name and elsewhere on the document."""
    row, rows = name.row, setting.rows
    role, distance = section(rows, row, name.start, name.end)
    role = role or setting.called.get(name.value, "")
    over = above(rows, row, name.start, name.end)
    under = below(rows, name.last.row, name.last.start, name.last.end)
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
        "owner": float(name.said == "owner" or announces_owner(over)),
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
    return is_company_number(behind) or is_company_number(below(rows, last.row, last.start, last.end, 1))


def _at_most(name: Name, features: Mapping[str, float]) -> float:
    """The confidence beyond which a name cannot come: hardly legible, put right, one of two, or nobody's."""
    nobody = any(features[reason] for reason in _NOBODY) and not features["legal"] and not features["seller"]
    unsure = name.read or features["owner"] or features["misread"] > 1 - _LEGIBLE
    return _DOUBTED if nobody or unsure else 1.0
