"""The project's own samples: each is of its type without a doubt, the papers that are no bills among them."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from extraction.evidence import CONFIDENCE_THRESHOLD
from extraction.pipeline.extract import extract_documents
from extraction.samples.catalogue import Sample, catalogue
from extraction.samples.layouts.fonts import find_fonts
from extraction.samples.sample_writer import render

TODAY = date(2025, 3, 21)
SAMPLES = list(catalogue(TODAY))


def no_ocr(*_: Any) -> Any:
    raise AssertionError("a text layer needs no OCR")


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.name)
def test_a_sample_is_of_its_type(sample: Sample) -> None:
    (document,) = extract_documents(render(sample, find_fonts()), no_ocr).documents
    assert document.type is not None
    assert (document.kind, document.type.value) == (sample.bill.kind, sample.bill.type)
    assert document.kind_confidence >= CONFIDENCE_THRESHOLD


def test_the_reminder_names_the_invoice_that_it_is_of() -> None:
    by_name = {sample.name: sample for sample in SAMPLES}
    (document,) = extract_documents(render(by_name["holzmann-mahnung"], find_fonts()), no_ocr).documents
    assert document.preceding_invoice is not None
    assert document.preceding_invoice.value == by_name["holzmann-rechnung"].bill.number
