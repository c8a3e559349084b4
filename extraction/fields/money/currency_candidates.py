"""The currency of a document, from signs, codes, labels and what tells its country."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from extraction.fields.candidate import Candidate, candidate_at
from extraction.fields.layout.document_layout import DocumentLayout
from extraction.fields.patterns.currencies import COMMON, NAMES, SHARED, codes, currency_code_of

_STRAY = 4
"""So many times more often another sign stands beside amounts than one that was misread, or is of something else."""

# What tells a country, and with it the currency to expect. Weaker than any sign.
_COUNTRY = {
    "MYR": r"\bSDN\.?\s*BHD|\bMALAYSIA\b|\bSELANGOR\b|\bKUALA LUMPUR\b|\bJOHOR\b|\bJALAN\b",
    "USD": r"\b[A-Z]{2}[ .,]{1,2}\d{5}(?:-\d{4})?\b|\bUSA\b|\(\d{3}\)\s?\d{3}-\d{4}",
    "GBP": r"\bGB\d{9}\b|\bUNITED KINGDOM\b|\b[A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2}\b",
    "CHF": r"\bCHE-\d{3}\.\d{3}\.\d{3}|\bSchweiz\b|\bSuisse\b",
    "CAD": r"\b[A-Z]\d[A-Z] \d[A-Z]\d\b|\bHST\b",
    "AUD": r"\bABN\b",
    "SGD": r"\bSINGAPORE\b",
    "HKD": r"\bHONG KONG\b",
    "NZD": r"\bNEW ZEALAND\b",
    "EUR": r"\b(?:DE|AT|FR|IT|ES|NL|BE|IE|FI|PT|LU)(?:[A-Z]\d{7,9}|\d{8,11})[A-Z]?\b|\bGmbH\b"
    r"|\bMwSt|\bUSt|\bSteuer-?(?:Nr|nummer)\b|\bTVA\b|\bSARL\b|\bSIRET\b|\bP\.? ?IVA\b|\bPARTITA IVA\b|\bBTW\b"
    r"|\bIBAN:? ?(?:DE|AT|FR|IT|ES|NL|BE)",
}
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
    """Each currency that something speaks for, at the place where it is first written."""
    signs: Counter[str] = Counter()
    places: dict[str, tuple[int, int, int]] = {}
    shared: set[str] = set()
    ambiguous: Counter[str] = Counter()
    for row, spans in zip(sheet.rows, sheet.amounts, strict=True):
        for span in spans:
            if not span.currency:
                continue
            ambiguous[span.currency.upper()] += span.currency.upper() in SHARED
            code = currency_code_of(span.currency)
            if code and code in COMMON:
                signs[code] += 1
                places.setdefault(code, (row.index, span.start, span.end))
            for code in SHARED.get(span.currency.upper(), ()):
                shared.add(code)
                places.setdefault(code, (row.index, span.start, span.end))
    labelled = _found(sheet, _LABEL, places)
    beside = _found(sheet, _BESIDE, places) | _found(sheet, _NAMED, places)
    text = sheet.text
    country = {code for code, pattern in _COUNTRY.items() if re.search(pattern, text, re.I if code != "USD" else 0)}
    most = max((*signs.values(), *ambiguous.values()), default=0)
    for code in sorted({*signs, *shared, *labelled, *beside, *country}):
        features = {
            "signed": float(_STRAY * signs[code] > most),
            "often": signs[code] / most if most else 0.0,
            "shared": float(code in shared),
            "labelled": float(code in labelled),
            "beside": float(code in beside),
            "country": float(code in country),
            "dollar": float(code == "USD" and code in shared),
        }
        index, start, end = places.get(code, (0, 0, len(sheet.rows[0].text)))
        found = candidate_at(sheet.rows[index], start, end, code, features, min(1.0, sum(features.values()) / 3))
        if code in places:
            yield found
        else:
            yield Candidate(code, 1, None, "derived", features, 1.0, found.agreement, "from the country")


def _found(sheet: DocumentLayout, pattern: re.Pattern[str], places: dict[str, tuple[int, int, int]]) -> set[str]:
    found = set()
    for row in sheet.rows:
        for match in pattern.finditer(row.text):
            code = NAMES.get(match[1].lower(), match[1])
            if code in (codes() if pattern is _LABEL else COMMON):
                found.add(code)
                places.setdefault(code, (row.index, match.start(1), match.end(1)))
    return found
