"""Vendor and buyer: which of the names on the first page sells and which one pays."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from extraction.evidence import Evidence
from extraction.fields.candidate import Candidate, candidate_at
from extraction.fields.layout.document_layout import DocumentLayout
from extraction.fields.layout.rows import union
from extraction.fields.parties.company_names import Name, names_of
from extraction.fields.parties.party_features import NEVER, features_of_names
from extraction.fields.patterns.misread_names import by_others, plain

_DOMAIN = re.compile(
    r"(?:@|www\.|https?://|\b)([\w-]{3,})\.(?:com?|de|fr|net|org|eu|at|ch|it|es|nl|be|my|uk|us|info|tv)\b", re.I
)
_NOBODY = ("title", "label", "town", "captioned", "server", "aside")
"""Features of what is nobody's name, unless it has a legal form or is called the seller."""
_WELL_READ = 0.9
"""The recogniser's confidence above which letters stand as they were read, whatever is spelt otherwise elsewhere."""
_LEGIBLE = 0.5
"""The recogniser's confidence below which a name may be any."""
_MIXED = re.compile(r"[a-zß-öø-ÿ][A-ZÀ-ÖØ-Þ]{2}")  # as logos are misread
_DOUBTED = 0.8
"""The confidence beyond which a vendor cannot come that is hardly legible, or that nobody is called."""


def buyer_candidates(candidates: Iterable[Candidate], vendor: Evidence | None) -> list[Candidate]:
    """Names but the vendor's, for each of which a heading and a legal form speak."""
    return [
        replace(found, agreement=(found.features["buyer"] + found.features["legal"]) / 2)
        for found in candidates
        if vendor is None or found.value != vendor.value
    ]


def party_candidates(sheet: DocumentLayout) -> Iterator[Candidate]:
    """Names on the first page and below headings, with what speaks for each."""
    domains = _domains(sheet)
    names = _respelt(list(names_of(sheet)), domains)
    features = features_of_names(sheet, names, frozenset(domains))
    blocks = Counter(name.row.index for name, told in zip(names, features, strict=True) if _heads_block(name, told))
    for name, told in zip(names, features, strict=True):
        agreement = min(1.0, (told["legal"] + told["domain"] + told["repeated"] + told["seller"]) / 2)
        found = candidate_at(name.row, name.start, name.end, name.value, told, agreement)
        found = replace(found, at_most=_at_most(name, told, blocks[name.row.index]))
        if found.box and name.rest:
            found = replace(found, box=union([found.box, name.rest.box]))
        yield replace(found, source="derived", reason=f"read “{name.read}”") if name.read else found


def _domains(sheet: DocumentLayout) -> dict[str, float]:
    """The names of the web and mail addresses, each with the recogniser's confidence in it."""
    return {
        match[1].lower(): row.confidence_of(*match.span()) for row in sheet.rows for match in _DOMAIN.finditer(row.text)
    }


def _respelt(names: Sequence[Name], domains: Mapping[str, float]) -> list[Name]:
    """The names, those that were read badly as a web address or a greeting spells them that was read better."""
    greeted = {plain(name.value): name.confidence for name in names if name.said == "greeting"}
    spellings, respelt = {**greeted, **domains}, []
    for name in names:
        sure = name.confidence
        better = [other for other, confidence in spellings.items() if sure <= min(confidence, _WELL_READ)]
        spelt = by_others(name.value, better) if better and name.rest is None else ""
        respelt.append(replace(name, value=spelt, read=name.value) if spelt else name)
    return respelt


def _heads_block(name: Name, features: Mapping[str, float]) -> bool:
    """Whether an address stands under the name, and nothing says whose it is."""
    never = any(features[reason] for reason in (*NEVER, "seller", "buyer"))
    return bool(features["address_below"]) and not never and name.rest is None


def _at_most(name: Name, features: Mapping[str, float], beside: int) -> float:
    """The confidence beyond which a name cannot come; `beside` addresses head their blocks on its row.

    Doubted is what is hardly legible or was put right, an owner beside a shop's name, what is nobody's name, and which
    of two parties is the seller where nothing but their places says it.
    """
    nobody = any(features[reason] for reason in _NOBODY) and not features["legal"] and not features["seller"]
    either = beside > 1 and not features["seller"]
    misread = features["misread"] > 1 - _LEGIBLE or _MIXED.search(name.value)
    unsure = name.read or misread or features["owner"]
    return _DOUBTED if nobody or either or unsure else 1.0
