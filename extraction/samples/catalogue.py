"""The sample set: which bills it has, how each looks, and as which files it is written.

Some fall due in the days after a given one and one is overdue, so that "what's due?" has something to answer.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from extraction.samples import bills
from extraction.samples.bill import Bill

Layout = Literal["letter", "band", "classic", "clean", "utility", "till"]
Form = Literal["pdf", "photo", "sideways", "heic", "scan"]
"""A PDF; a phone photo as JPEG, upright or turned by its EXIF orientation; the same as HEIC; a scan as TIFF."""


@dataclass(frozen=True)
class Sample:
    """A document, how it looks, and as which files it is written. `name` is their name without its ending."""

    name: str
    layout: Layout
    forms: tuple[Form, ...]
    bill: Bill


def catalogue(today: date) -> tuple[Sample, ...]:
    """All samples, with dates around `today`."""
    return (
        Sample("acme-invoice", "letter", ("pdf", "photo"), bills.acme()),
        Sample("holzmann-rechnung", "letter", ("pdf",), bills.holzmann(today)),
        Sample("harrow-finch-invoice", "band", ("pdf", "photo"), bills.harrow(today)),
        Sample("harrow-finch-credit-note", "band", ("pdf",), bills.harrow_credit(today)),
        Sample("beaumont-facture", "classic", ("pdf", "heic"), bills.beaumont(today)),
        Sample("cascade-invoice", "clean", ("pdf",), bills.cascade(today)),
        Sample("vandermeer-factuur", "letter", ("pdf", "scan"), bills.vermeer(today)),
        Sample("corrib-power-bill", "utility", ("pdf", "photo"), bills.corrib(today)),
        Sample("zlota-sowa-faktura", "classic", ("pdf",), bills.sowa(today)),
        Sample("aoi-design-invoice", "clean", ("pdf",), bills.aoi(today)),
        Sample("buerowelt-auftrag", "letter", ("pdf",), bills.buerowelt(today)),
        Sample("copper-pot-receipt", "till", ("pdf", "sideways"), bills.copper_pot(today)),
        Sample("gruener-korb-bon", "till", ("pdf", "photo"), bills.korb(today)),
    )
