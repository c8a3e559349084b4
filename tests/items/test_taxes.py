"""Each tax rate comes with its net amount and tax, from a table of rates or from the sums."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from extraction.evidence import CONFIDENCE_THRESHOLD, TaxLine
from extraction.fields.decision.read_documents import read_documents
from extraction.pipeline.extract import extract_documents
from extraction.samples.catalogue import Sample, catalogue
from extraction.samples.layouts.fonts import find_fonts
from extraction.samples.sample_writer import render
from tests.fakes.documents.drawn_pages import page_of
from tests.items.test_line_items import no_ocr


def taxes(text: str, source: str = "text") -> list[tuple[str, str | None, str | None]]:
    (document,) = read_documents([page_of(text, source)])
    return [(line.rate, line.net, line.tax) for line in document.taxes if line.confidence >= CONFIDENCE_THRESHOLD]


@pytest.mark.parametrize("sample", catalogue(date(2026, 11, 22)), ids=lambda sample: sample.name)
def test_the_rates_of_the_samples(sample: Sample) -> None:
    bill = sample.bill
    (document,) = extract_documents(render(sample, find_fonts()), no_ocr).documents
    assert [(Decimal(line.rate), _minor(line.tax, bill.exponent)) for line in document.taxes] == [
        (tax.rate, tax.amount) for tax in bill.taxes
    ]
    for line, tax in zip(document.taxes, bill.taxes, strict=True):
        assert line.net is None or _minor(line.net, bill.exponent) == tax.net
        assert line.confidence >= CONFIDENCE_THRESHOLD


def _minor(amount: str | None, exponent: int) -> int:
    return int(Decimal(amount or 0).scaleb(exponent))


def test_a_table_of_rates() -> None:
    assert taxes("""
Warenwert 457,20 EUR

USt      Netto      Steuer     Brutto
19 %     321,40     61,07      382,47
7 %      127,59      8,93      136,52

Summe netto                    448,99
USt gesamt                      70,00
Rechnungsbetrag                518,99
""") == [("7", "127.59", "8.93"), ("19", "321.40", "61.07")]


def test_one_rate_beside_its_tax_is_that_of_the_rest() -> None:
    assert taxes("""
Subtotal          100.00
VAT 20%            20.00
Total      GBP    120.00
""") == [("20", "100.00", "20.00")]


def test_a_discount_is_no_tax() -> None:
    assert taxes("""
Subtotal               100.00
Discount 10%            10.00
Net amount              90.00
VAT 20%                 18.00
Total      GBP         108.00
""") == [("20", "90.00", "18.00")]


def test_rates_that_do_not_make_the_tax_are_doubtful() -> None:
    (document,) = read_documents(
        [
            page_of("""
Subtotal               100.00
VAT 5%                  12.00
VAT                     20.00
Total      GBP         120.00
""")
        ]
    )
    assert all(line.confidence < CONFIDENCE_THRESHOLD for line in document.taxes if line.rate == "5")


def test_a_document_without_tax_has_none() -> None:
    assert taxes("Acme GmbH\nInvoice 7\nTotal    EUR 12.00") == []


def test_a_line_is_frozen_data() -> None:
    assert TaxLine("19", "100.00", "19.00") == TaxLine("19", "100.00", "19.00", "text", 1.0)
