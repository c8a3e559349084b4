"""The project's own invoices, as a PDF prints them: each field is right, and only what terms say is doubted."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from numpy.typing import NDArray

from extraction.evidence import CONFIDENCE_THRESHOLD, FIELDS, Word
from extraction.pipeline.extract import extract_documents
from extraction.process.read_command import summary
from extraction.samples.catalogue import Sample, catalogue
from extraction.samples.content.bill import truth
from extraction.samples.layouts.fonts import find_fonts
from extraction.samples.sample_writer import render

TODAY = date(2026, 11, 22)
SAMPLES = [sample for sample in catalogue(TODAY) if truth(sample.bill)["kind"] != "other"]


def no_ocr(picture: NDArray[np.uint8], page: int) -> tuple[Word, ...]:
    raise AssertionError(f"page {page} has a text layer")


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.name)
def test_a_clean_document_is_read_in_full_without_doubt(sample: Sample) -> None:
    (document,) = extract_documents(render(sample, find_fonts()), no_ocr).documents
    facts = truth(sample.bill)
    assert document.kind == facts["kind"]
    assert {name: found.value for name, found in document.fields.items()} == {
        name: facts[name] for name in FIELDS if name in facts
    }
    doubted = {name: found.reason for name, found in document.fields.items() if found.confidence < CONFIDENCE_THRESHOLD}
    assert set(doubted) <= {"due_date"}
    assert all(reason.startswith("from ") for reason in doubted.values())


def test_a_discount_that_one_offers_is_read_without_doubt() -> None:
    offering = {}
    for sample in SAMPLES:
        (document,) = extract_documents(render(sample, find_fonts()), no_ocr).documents
        if document.discounts:
            offering[sample.name] = document.discounts
    ((step,),) = offering.values()
    assert list(offering) == ["holzmann-rechnung"]
    assert (step.amount.value, step.until.value) == ("2%", "2026-11-25")
    assert min(step.amount.confidence, step.until.confidence) >= CONFIDENCE_THRESHOLD


def test_who_has_a_file_read_is_told_of_its_discount() -> None:
    sample = next(sample for sample in SAMPLES if sample.name == "holzmann-rechnung")
    told = summary("holzmann-rechnung.pdf", extract_documents(render(sample, find_fonts()), no_ocr)).splitlines()
    assert '    discount          2% until 2026-11-25  (from "2 % Skonto bei Zahlung innerhalb von 14 Tagen")' in told
