"""A document looked at again, with what corrections of its vendor's earlier documents taught. Pure.

A hint is further evidence among the candidates, never an order: what does not stand on the page is not used. Only the
vendor's right name, its currency and its terms of payment stand nowhere; they say where they come from.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from extraction.corrections.printed_values import ALIKE, FIELDS_OF, PrintedValue, printed_values_on, similarity
from extraction.corrections.vendor_hints import FieldPlaces, KnownValue, VendorHints, VendorName
from extraction.evidence import CONFIDENCE_THRESHOLD, FIELDS, Evidence, Page, ReadDocument, pages_of
from extraction.fields.candidate import Candidate, Choice
from extraction.fields.dates_and_terms.due_date import due_date_from_terms
from extraction.fields.decision.field_candidates import candidates_of
from extraction.fields.decision.scoring import choose, evidence_for
from extraction.fields.layout.document_layout import DocumentLayout, lay_out
from extraction.fields.layout.value_location import alphanumeric_key, locate_value

REASON = "as you corrected last time"
BY_NUMBER = "by its VAT number"

_POINTS = 12.0
"""What standing where the value stood before adds to a candidate's score: about what all other features together do."""

_SURE = 0.95
_DOUBTED = CONFIDENCE_THRESHOLD - 0.05
_EXACT = frozenset({"xml", "qr"})


def apply_hints(document: ReadDocument, pages: Sequence[Page], hints: VendorHints) -> ReadDocument:
    """The document with what is remembered of its vendor; the same one where there is nothing to remember."""
    if hints == VendorHints():
        return document
    own = pages_of(document, pages)
    sheet = lay_out(own)
    if hints.vendor and not _is_vendors(hints.vendor, document, sheet):
        return document
    fields = dict(document.fields)
    if hints.vendor:
        fields["vendor"] = _renamed(fields.get("vendor"), hints.vendor)
    if own and hints.currency and (found := _currency(fields.get("currency"), hints.currency, sheet)):
        fields["currency"] = found
    seen = printed_values_on(sheet) if own and hints.places else []
    for name in FIELDS:
        if name in hints.places and (found := _found_again(name, fields, hints.places[name], sheet, seen)):
            fields[name] = found
    if due := _due(document, fields, hints, sheet):
        fields["due_date"] = due
    return replace(document, fields={name: fields[name] for name in FIELDS if name in fields})


def _is_vendors(name: VendorName, document: ReadDocument, sheet: DocumentLayout) -> bool:
    """Whether the document is of the vendor of that name: by what was read, by print, or by its VAT number where
    no other name is beyond doubt (a shop prints the number of who runs it)."""
    if name.misread or locate_value(sheet, "vendor", name.value):
        return True
    read = document.fields.get("vendor")
    return name.numbered and (read is None or read.confidence < CONFIDENCE_THRESHOLD)


def _renamed(read: Evidence | None, name: VendorName) -> Evidence:
    reason = REASON if name.misread or not name.numbered else BY_NUMBER
    if read is None:
        return Evidence(name.value, _SURE if name.sure else _DOUBTED, "derived", reason=reason)
    if read.source in _EXACT or alphanumeric_key(read.value) == alphanumeric_key(name.value):
        return replace(read, value=name.value)
    return replace(read, value=name.value, confidence=_SURE if name.sure else _DOUBTED, source="derived", reason=reason)


def _currency(read: Evidence | None, usual: KnownValue, sheet: DocumentLayout) -> Evidence | None:
    """The usual currency where the document says it too, with a sign that several share, or says none; else None."""
    if read and read.source in _EXACT:
        return None
    candidates = list(candidates_of("currency", sheet))
    if not any(found.value == usual.value for found in candidates):
        taken = replace(read, value=usual.value) if read else Evidence(usual.value, 0, "derived")
        return _marked(taken, usual.sure, _SURE) if read is None or read.confidence < CONFIDENCE_THRESHOLD else None
    favoured = [_favoured(found, 1.0) if found.value == usual.value else found for found in candidates]
    found = _taken("currency", read, choose("currency", favoured), usual.sure)
    # A sign that several share is no rival of what people said twice.
    return replace(found, confidence=max(found.confidence, _SURE)) if found and usual.sure else found


def _found_again(
    name: str,
    fields: dict[str, Evidence],
    places: FieldPlaces,
    sheet: DocumentLayout,
    seen: Sequence[tuple[PrintedValue, Candidate]],
) -> Evidence | None:
    """The value that stands where this field stood before; None where none does, or a better source has it."""
    read = fields.get(name)
    if read and read.source in _EXACT:
        return None
    marked = [
        (found, alike)
        for sighting, found in seen
        if sighting.what == _sort(name) and (alike := _alike(sighting, places)) >= ALIKE
    ]
    if name == "due_date" and (issued := fields.get("issue_date")):
        marked = [pair for pair in marked if pair[0].value >= issued.value]
    if not marked:
        return None
    return _taken(name, read, choose(name, _favouring(candidates_of(name, sheet), marked)), places.sure)


def _favouring(candidates: Sequence[Candidate], marked: Sequence[tuple[Candidate, float]]) -> list[Candidate]:
    """All candidates, those that are marked with points for it, and the marked ones that were none before."""
    points = {(found.page, _top(found), alphanumeric_key(found.value)): alike for found, alike in marked}
    favoured = []
    for found in candidates:
        alike = points.pop((found.page, _top(found), alphanumeric_key(found.value)), 0.0)
        favoured.append(_favoured(found, alike) if alike else found)
    features = {(found.page, found.box): found.features for found in candidates}
    return favoured + [
        # A date read the other way round has all that speaks for it the first way.
        _favoured(replace(found, features=features.get((found.page, found.box), {})), alike)
        for found, alike in marked
        if (found.page, _top(found), alphanumeric_key(found.value)) in points
    ]


def _top(found: Candidate) -> float:
    return found.box[1] if found.box else 0.0


def _favoured(found: Candidate, alike: float) -> Candidate:
    return replace(found, remembered=_POINTS * alike, agreement=max(found.agreement, alike))


def _taken(name: str, read: Evidence | None, choice: Choice | None, sure: bool) -> Evidence | None:
    """The choice as evidence, if it is what was remembered; what was read anyway is no less certain for it."""
    found = evidence_for(name, choice)
    if choice is None or found is None or not choice.candidate.remembered:
        return None
    if read and alphanumeric_key(read.value) == alphanumeric_key(found.value):
        return replace(read, confidence=max(read.confidence, found.confidence if sure else 0.0))
    return _marked(found, sure, found.confidence)


def _marked(found: Evidence, sure: bool, confidence: float) -> Evidence:
    return replace(found, confidence=confidence if sure else min(confidence, _DOUBTED), reason=REASON)


def _due(
    document: ReadDocument, fields: dict[str, Evidence], hints: VendorHints, sheet: DocumentLayout
) -> Evidence | None:
    """The due date by the usual terms where none is printed for certain; None where it stays as it is."""
    issued, due = fields.get("issue_date"), fields.get("due_date")
    if issued is None or (due and (due.source in _EXACT or due.reason == REASON)):
        return None
    derived = due is None or due.source == "derived"
    if hints.terms and (derived or (due and due.confidence < CONFIDENCE_THRESHOLD)):
        day = date.fromisoformat(issued.value) + timedelta(days=int(hints.terms.value))
        certain = min(_SURE, issued.confidence) if hints.terms.sure else _DOUBTED
        return Evidence(day.isoformat(), certain, "derived", reason=f"{hints.terms.value} days, {REASON}")
    if due and derived and issued.value != document.value("issue_date"):
        return due_date_from_terms(sheet, issued)
    return None


def _alike(sighting: PrintedValue, places: FieldPlaces) -> float:
    return max((similarity(sighting, place) for place in places.sightings), default=0.0)


def _sort(name: str) -> str:
    return next(what for what, names in FIELDS_OF.items() if name in names)
