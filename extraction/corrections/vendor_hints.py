"""From what people said of a vendor's earlier documents to what the next one is looked at for. Pure.

The latest two documents count. Where they agree, a hint is sure; else the latest is followed and the value shown as a
doubt, so that one wrong correction spoils nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from extraction.corrections.printed_values import (
    ALIKE,
    FIELDS_OF,
    PrintedValue,
    What,
    holds,
    printed_values_on,
    similarity,
)
from extraction.evidence import Page, ReadDocument, pages_of
from extraction.fields.layout.document_layout import lay_out

LATEST = 2
"""Documents that have a say in a hint."""

_PLACES = 4
_LONGEST_TERMS = 180


@dataclass(frozen=True)
class DocumentSnapshot:
    """What a document looked like when it was read, before anything known of its vendor was put in.

    `vendor`, `vat_id` and `iban` are those that were read, None where none was.
    """

    vendor: str | None = None
    vat_id: str | None = None
    iban: str | None = None
    sightings: tuple[PrintedValue, ...] = ()


@dataclass(frozen=True)
class Example:
    """An earlier document of the vendor: `values` that a person said or let stand, and which of them were `said`.

    `issued` is its date of issue whether or not a person knows of it, None where it has none.
    """

    values: dict[str, str]
    said: frozenset[str]
    issued: date | None = None
    sightings: tuple[PrintedValue, ...] = ()


@dataclass(frozen=True)
class KnownValue:
    """A value that does not change from document to document; `sure` where the latest two agree on it."""

    value: str
    sure: bool


@dataclass(frozen=True)
class VendorName(KnownValue):
    """The right name of the vendor. `misread` says that the one read is the same but for some letters; `numbered`, that
    the VAT number on the document is the vendor's.

    Any other name is taken only where the right one is printed, too, or the number is the vendor's and the name that
    was read is doubtful: what was read may be anybody's (the buyer's, say).
    """

    misread: bool = True
    numbered: bool = False


@dataclass(frozen=True)
class FieldPlaces:
    """Where a field stood on the latest document that tells; `sure` where it stood so on the one before, too."""

    sightings: tuple[PrintedValue, ...]
    sure: bool


@dataclass(frozen=True)
class VendorHints:
    """What corrections of a vendor's documents taught. All empty where nothing was corrected.

    `vendor` is the right name for the one that was read, `terms` the days from issue until payment is due.
    """

    vendor: VendorName | None = None
    currency: KnownValue | None = None
    terms: KnownValue | None = None
    places: dict[str, FieldPlaces] = field(default_factory=dict)


def snapshot_of(document: ReadDocument, pages: Sequence[Page]) -> DocumentSnapshot:
    """What is kept of a document that was read from these pages (others than its own are left out)."""
    own = pages_of(document, pages)
    sightings = tuple(sighting for sighting, _ in printed_values_on(lay_out(own))) if own else ()
    return DocumentSnapshot(document.value("vendor"), document.value("vat_id"), document.value("iban"), sightings)


def learn(examples: Sequence[Example], vendor: VendorName | None = None) -> VendorHints:
    """The hints from a vendor's documents, latest first. A field that nobody ever corrected needs none."""
    said = frozenset(name for example in examples for name in example.said)
    places = {
        name: found
        for what, names in FIELDS_OF.items()
        for name in names
        if name in said and (found := _places(what, name, examples))
    }
    return VendorHints(
        vendor,
        currency=_known([example.values.get("currency") for example in examples]) if "currency" in said else None,
        terms=_known([_terms(example) for example in examples]) if "due_date" in said else None,
        places=places,
    )


def _places(what: What, name: str, examples: Sequence[Example]) -> FieldPlaces | None:
    """Where the field stood on the latest documents that have it; None where it stood nowhere."""
    found = [tuple(_standing(what, name, example)) for example in examples if name in example.values][:LATEST]
    latest = next(filter(None, found), None)
    if latest is None:
        return None
    agree = len(found) == LATEST and any(similarity(one, other) >= ALIKE for one in found[0] for other in found[1])
    return FieldPlaces(latest[:_PLACES], agree)


def _standing(what: What, name: str, example: Example) -> Iterator[PrintedValue]:
    return (seen for seen in example.sightings if seen.what == what and holds(seen, example.values[name]))


def _known(values: Sequence[str | None]) -> KnownValue | None:
    latest = [value for value in values if value is not None][:LATEST]
    return KnownValue(latest[0], len(latest) == LATEST and latest[0] == latest[1]) if latest else None


def _terms(example: Example) -> str | None:
    """Days from the date of issue to the due date; None where one is unknown, or the due date is printed."""
    due = example.values.get("due_date")
    if example.issued is None or due is None or any(_standing("date", "due_date", example)):
        return None
    days = (date.fromisoformat(due) - example.issued).days
    return str(days) if 0 <= days <= _LONGEST_TERMS else None
