"""The sample set: which bills it has, how each looks, and as which files it is written.

Some fall due in the days after a given one and one is overdue, so that "what's due?" has something to answer.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from extraction.samples.content import invoices, papers, receipts
from extraction.samples.content.bill import Bill, Layout

Form = Literal["pdf", "photo", "sideways", "upside_down", "lying", "heic", "scan", "strip"]
"""A PDF; a phone photo as JPEG, upright or turned by its EXIF orientation; one that stands on its head or lies, and
does not say so; a phone photo as HEIC; a scan as TIFF, or as JPEG of all the paper's length."""

Together = Literal["table", "stack"]
"""Papers side by side on one photo, or the pages of several documents in one PDF."""


@dataclass(frozen=True)
class Sample:
    """A document, how it looks, and as which files it is written. `name` is their name without its ending."""

    name: str
    layout: Layout
    forms: tuple[Form, ...]
    bill: Bill


@dataclass(frozen=True)
class Collection:
    """One file of several documents: the names of their samples. A stack has terms and a blank page between them."""

    name: str
    how: Together
    samples: tuple[str, ...]


COLLECTIONS = (
    Collection("two-receipts", "table", ("copper-pot-receipt", "gruener-korb-bon")),
    Collection("three-invoices", "stack", ("acme-invoice", "vandermeer-factuur", "beaumont-facture")),
)


def catalogue(today: date) -> tuple[Sample, ...]:
    """All samples, with dates around `today`."""
    return (
        Sample("acme-invoice", "letter", ("pdf", "photo"), invoices.acme()),
        Sample("holzmann-rechnung", "letter", ("pdf", "upside_down"), invoices.holzmann(today)),
        Sample("harrow-finch-invoice", "band", ("pdf", "photo"), invoices.harrow(today)),
        Sample("harrow-finch-credit-note", "band", ("pdf",), invoices.harrow_credit(today)),
        Sample("beaumont-facture", "classic", ("pdf", "heic"), invoices.beaumont(today)),
        Sample("cascade-invoice", "clean", ("pdf", "lying"), invoices.cascade(today)),
        Sample("vandermeer-factuur", "letter", ("pdf", "scan"), invoices.vermeer(today)),
        Sample("corrib-power-bill", "utility", ("pdf", "photo"), invoices.corrib(today)),
        Sample("zlota-sowa-faktura", "classic", ("pdf",), invoices.sowa(today)),
        Sample("aoi-design-invoice", "clean", ("pdf",), invoices.aoi(today)),
        Sample("buerowelt-auftrag", "letter", ("pdf",), invoices.buerowelt(today)),
        Sample("holzmann-mahnung", "letter", ("pdf",), papers.holzmann_reminder(today)),
        Sample("cascade-proforma", "clean", ("pdf",), papers.cascade_proforma(today)),
        Sample("copper-pot-receipt", "till", ("pdf", "sideways"), receipts.copper_pot(today)),
        Sample("gruener-korb-bon", "till", ("pdf", "photo"), receipts.korb(today)),
        Sample("nordwerk-bon", "till", ("strip",), receipts.nordwerk(today)),
    )
