"""The currency of a document, from signs, codes, labels and what tells its country."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Set
from dataclasses import replace

from extraction.evidence import CONFIDENCE_THRESHOLD
from extraction.fields.candidate import Candidate, candidate_at
from extraction.fields.layout.document_layout import DocumentLayout
from extraction.fields.money.currency_signs import Place, Signs, signs_of
from extraction.fields.patterns.countries import CERTAIN, countries_of, currency_in
from extraction.fields.patterns.currencies import COMMON, NAMES, SHARED, codes

_STRAY = 4
"""So many times more often another sign stands beside amounts than one that was misread, or is of something else."""

_AGREEING = ("signed", "on_total", "labelled", "beside", "country")
_DOUBTED = CONFIDENCE_THRESHOLD - 0.05

_LABEL = re.compile(
    r"\b(?:currency|w[äa]hrung|devise|moneda|valuta|munt)\b\W{0,5}(?:code\W*)?(?:\w+[ \t])?\(?([A-Z]{3})\b", re.I
)
_NAMED = re.compile(
    r"(?:^|\t)(?:(?:in|total\w*|summe|gesamt\w*|betrag|importe|montant|suma?)\W{1,3})?(euros?|ringgit)\W*(?=$|\t)", re.I
)
_BESIDE = re.compile(
    r"(?:\(|\b(?:in|total|amount|betrag|summe|preis|price|gesamt)\s\(?)([A-Z]{3})\)?(?![A-Za-z])", re.I
)


def currency_candidates(sheet: DocumentLayout) -> Iterable[Candidate]:
    """Each currency that something speaks for, at the place where it is first written.

    What is printed beside amounts comes first; the country tells which of several a sign means, and counts by itself
    only where nothing is printed.
    """
    signs = signs_of(sheet)
    places: dict[str, Place] = {code: found.place for code, found in signs.beside.items()}
    labelled = _found(sheet, _LABEL, places)
    beside = _found(sheet, _BESIDE, places) | _found(sheet, _NAMED, places)
    countries = countries_of(sheet.text)
    country = _by_country(countries)
    written = labelled | beside | {code for code in signs.beside if signs.plain(code)}
    for code in sorted({*signs.beside, *labelled, *beside, *country}):
        features = _features(code, signs, country.keys()) | {
            "labelled": float(code in labelled),
            "beside": float(code in beside),
            "country": country.get(code, 0.0),
            "unwritten": float(bool(written) and code not in written),
            "foreign": float(signs.scanned and CERTAIN in country.values() and code not in country),
        }
        agreement = min(1.0, sum(features[name] for name in _AGREEING) / 2)
        if code not in places:
            yield Candidate(code, 1, None, "derived", features, 1.0, agreement, "from the country")
            continue
        index, start, end = places[code]
        found = candidate_at(sheet.rows[index], start, end, code, features, agreement)
        told = features["labelled"] or features["beside"] or features["signed"] or features["country"]
        yield found if told else _doubted(found, signs.beside[code].shared)


def _features(code: str, signs: Signs, country: Set[str]) -> dict[str, float]:
    """What speaks for a currency beside the amounts, and against it; `country` are those that the country tells."""
    found = signs.beside.get(code)
    if found is None:
        return dict.fromkeys(("signed", "often", "on_total", "stray", "word", "shared", "usual"), 0.0)
    most = max(other.times for other in signs.beside.values())
    own = not found.shared
    return {
        "signed": float(own and _STRAY * found.times > most),
        "often": found.times / most if own else 0.0,
        "on_total": float(own and found.on_total),
        "stray": float(own and signs.stray(code)),
        "word": float(own and signs.a_word(code)),
        "shared": float(not own),
        "usual": float(
            any(SHARED[sign.upper()][0] == code for sign in found.shared if not country & set(SHARED[sign.upper()]))
        ),
    }


def _by_country(countries: Mapping[str, float]) -> dict[str, float]:
    """Currencies of the countries that the document may be of, each with how sure that is."""
    found: dict[str, float] = {}
    for country, sure in countries.items():
        code = currency_in(country)
        found[code] = max(found.get(code, 0.0), sure)
    return found


def _doubted(found: Candidate, signs: Iterable[str]) -> Candidate:
    """What a sign means that several countries share, where nothing tells the country; or a sign that was misread."""
    reason = next((f"“{sign}” without a country" for sign in sorted(signs)), "")
    return replace(found, at_most=_DOUBTED, reason=reason)


def _found(sheet: DocumentLayout, pattern: re.Pattern[str], places: dict[str, Place]) -> set[str]:
    found = set()
    for row in sheet.rows:
        for match in pattern.finditer(row.text):
            code = NAMES.get(match[1].lower(), match[1])
            if code in (codes() if pattern is _LABEL else COMMON):
                found.add(code)
                places.setdefault(code, (row.index, match.start(1), match.end(1)))
    return found
