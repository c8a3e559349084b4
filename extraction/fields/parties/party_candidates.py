"""Vendor and buyer: which of the names on the first page sells and which one pays."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from rapidfuzz import fuzz

from extraction.evidence import Evidence
from extraction.fields.candidate import Candidate, candidate_at
from extraction.fields.layout.document_layout import DocumentLayout
from extraction.fields.layout.rows import union
from extraction.fields.parties.company_names import TRADE, Name, names_of
from extraction.fields.parties.non_names import is_caption
from extraction.fields.parties.party_features import NEVER, features_of_names, signatures
from extraction.fields.patterns.legal_forms import LEGAL
from extraction.fields.patterns.misread_names import by_others, plain
from extraction.fields.patterns.vocabulary import fold, languages_of, role_of

_DOMAIN = re.compile(
    r"(?:@|www\.|https?://|\b)([\w-]{3,})\.(?:com?|de|fr|net|org|eu|at|ch|it|es|nl|be|my|uk|us|info|tv)\b", re.I
)
_NOBODY = ("title", "label", "town", "captioned", "server", "aside")
"""Features of what is nobody's name, unless it has a legal form or is called the seller."""
_WELL_READ = 0.9
"""The recogniser's confidence above which letters stand as they were read, whatever is spelt otherwise elsewhere."""
_LEGIBLE = 0.5
"""The recogniser's confidence below which a name may be any."""
_LARGE, _SMALL = 0.9, 0.6
"""Of the largest letters at the head: those of a letterhead, and at most those of the other names."""
_SAME_NAME = 85
"""Per cent of likeness from which a name at the head is the one at the foot, or has it within."""
_SHORTEST_SIGNED = 6
"""Letters of a name at the foot by which one at the head is put right."""
_MIXED = re.compile(r"[a-zß-öø-ÿ][A-ZÀ-ÖØ-Þ]{2}")  # as logos are misread
_DOUBTED = 0.8
"""The confidence beyond which a vendor cannot come that is hardly legible, or that nobody is called."""


def buyer_candidates(candidates: Sequence[Candidate], vendor: Evidence | None) -> list[Candidate]:
    """Names but the vendor's, for which a heading speaks, a legal form, and a place as the only one over an address."""
    signed = vendor and any(one.features["signs"] for one in candidates if one.value == vendor.value)
    others = [found for found in candidates if vendor is None or fold(found.value) != fold(vendor.value)]
    # Where nobody signs at the foot, two names over addresses may be a shop's and its owner's.
    blocks = {found.value for found in others if _is_addressee(found)} if signed else set()
    return [
        replace(
            found,
            features={**found.features, "addressee": float(blocks == {found.value} and _is_addressee(found))},
            agreement=(found.features["buyer"] + found.features["legal"]) / 2,
        )
        for found in others
    ]


def _is_addressee(found: Candidate) -> bool:
    """Whether a name stands over an address above the prices, as nobody's who signs for the paper."""
    told = found.features
    never = any(told[reason] for reason in (*NEVER, "seller", "others", "numbered", "after_prices", "signs", "digits"))
    return bool(told["address_below"]) and told["worded"] < 1 and not never


def party_candidates(sheet: DocumentLayout) -> Iterator[Candidate]:
    """Names on the first page and below headings, with what speaks for each; captions are nobody's."""
    domains = _domains(sheet)
    found_names = list(names_of(sheet))
    names = _as_signed(_respelt(found_names, domains), signatures(sheet, found_names))
    features = features_of_names(sheet, names, frozenset(domains))
    blocks = Counter(name.row.index for name, told in zip(names, features, strict=True) if _heads_block(name, told))
    languages = languages_of(sheet.text)
    heads = [told["place"] for told in features if _is_illegible_head(told)]
    for name, told in zip(names, features, strict=True):
        # A trade by itself may be a name (Food Bar), unless a number is called so (Company Reg).
        if is_caption(name.value, languages) and (not TRADE.search(name.value) or role_of("number", name.value)):
            continue
        agreement = min(1.0, (told["legal"] + told["domain"] + told["repeated"] + told["seller"]) / 2)
        found = candidate_at(name.row, name.start, name.end, name.value, told, agreement)
        below_head = told["tall"] < _SMALL and not told["seller"] and any(head < told["place"] for head in heads)
        found = replace(found, at_most=_DOUBTED if below_head else _at_most(name, told, blocks[name.row.index]))
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


def _as_signed(names: Sequence[Name], signed: Sequence[Name]) -> list[Name]:
    """The names, those that were read worse than at the foot as they are spelt there: beside a logo one is misread."""
    companies, found = [one for one in signed if LEGAL.search(one.value)], []
    for name in names:
        better = [one for one in companies if one.row.index > name.row.index and one.confidence > name.confidence]
        alike = [one for one in better if fuzz.partial_ratio(plain(one.value), plain(name.value)) >= _SAME_NAME]
        same = alike and alike[0].value == name.value
        long = alike and len(plain(alike[0].value)) >= _SHORTEST_SIGNED
        if name.rest is None and not name.read and long and not same:
            found.append(replace(name, value=alike[0].value, read=name.value))
        else:
            found.append(name)
    return found


def _is_illegible_head(told: Mapping[str, float]) -> bool:
    """Whether it is a company's name in the largest letters, which was hardly read: who issued the paper, likely."""
    return bool(told["legal"]) and told["tall"] > _LARGE and told["misread"] > 1 - _LEGIBLE


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
