"""Real e-invoices and payment codes, measured; skips where the data sets are absent."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from extraction.bench.datasets import Sample, samples_of
from extraction.evidence import CONFIDENCE_THRESHOLD, ReadDocument
from extraction.pipeline.extract import extract_documents

DATA = Path(__file__).parents[3] / "shared" / "data"
FIELDS = {
    "number": "number",
    "issue_date": "issue_date",
    "due_date": "due_date",
    "vendor": "vendor",
    "customer": "buyer",
    "currency": "currency",
    "subtotal": "subtotal",
    "tax": "tax",
    "total": "total",
    "iban": "iban",
    "reference": "payment_reference",
}
"""The truth's names → ours. Its `vendor_vat_id` is at times a tax number and is held against ours apart."""

NO_IBANS = frozenset({"IBAN", "XX"})
"""What two test files have in the place of one."""


def documents_of(name: str) -> Iterator[tuple[Sample, ReadDocument]]:
    """Each file of a set with the first document in it, read without OCR."""
    if not (DATA / name).is_dir():
        pytest.skip(f"the data set {name} is not here")
    for sample in samples_of(DATA / name):
        reading = extract_documents(sample.path.read_bytes(), lambda picture, page: ())
        assert reading.problem is None, sample.path.name
        yield sample, reading.documents[0]


def right(document: ReadDocument, name: str, truth: Any) -> bool:
    value = document.value(name)
    if value is None:
        return name == "iban" and truth in NO_IBANS
    if name in ("subtotal", "tax", "total"):
        return Decimal(value) == Decimal(truth)
    return value == truth


@pytest.mark.parametrize(("name", "least"), [("einvoice_xml", 800), ("einvoice_pdf", 450), ("swiss_qr", 140)])
def test_every_field_that_the_truth_has_is_read(name: str, least: int) -> None:
    missed, fields = [], 0
    for sample, document in documents_of(name):
        for theirs, ours in FIELDS.items():
            if theirs in sample.truth:
                fields += 1
                if not right(document, ours, sample.truth[theirs]):
                    missed.append((sample.path.name, ours, sample.truth[theirs], document.value(ours)))
    assert missed == []
    assert fields >= least


def test_vat_ids_are_the_truths_wherever_it_has_one() -> None:
    for name in ("einvoice_xml", "einvoice_pdf"):
        for sample, document in documents_of(name):
            theirs = "".join(sample.truth.get("vendor_vat_id", "").split())
            if theirs[:2].isalpha() and theirs[2:].isalnum() and any(map(str.isdigit, theirs)):
                assert document.value("vat_id") == theirs, sample.path.name


def test_where_print_and_xml_disagree_on_the_total_it_is_said() -> None:
    mismatched = [found for found in documents_of("einvoice_pdf") if found[0].truth.get("xml_visual_mismatch")]
    assert len(mismatched) == 2
    for sample, document in mismatched:
        total = document.fields["total"]
        assert total.confidence < CONFIDENCE_THRESHOLD
        assert total.reason == f"the print says {sample.truth['printed_total']}"


def test_few_totals_of_e_invoices_are_doubted_without_need() -> None:
    sure = [document.fields["total"].confidence >= CONFIDENCE_THRESHOLD for _, document in documents_of("einvoice_pdf")]
    assert sum(sure) >= len(sure) - 2  # the two above
