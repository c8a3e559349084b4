"""The project's own invoices, as a PDF prints them: each field is right, and only what terms say is doubted."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from numpy.typing import NDArray

from extraction.evidence import DOUBT_BELOW, FIELDS, Word
from extraction.pipeline import read
from extraction.samples.bill import truth
from extraction.samples.catalogue import Sample, catalogue
from extraction.samples.typefaces import find_faces
from extraction.samples.write import render

SAMPLES = [sample for sample in catalogue(date(2026, 11, 22)) if truth(sample.bill)["kind"] != "other"]


def no_ocr(picture: NDArray[np.uint8], page: int) -> tuple[Word, ...]:
    raise AssertionError(f"page {page} has a text layer")


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.name)
def test_a_clean_document_is_read_in_full_without_doubt(sample: Sample) -> None:
    (document,) = read(render(sample, find_faces()), no_ocr).documents
    facts = truth(sample.bill)
    assert document.kind == facts["kind"]
    assert {name: found.value for name, found in document.fields.items()} == {
        name: facts[name] for name in FIELDS if name in facts
    }
    doubted = {name: found.reason for name, found in document.fields.items() if found.confidence < DOUBT_BELOW}
    assert set(doubted) <= {"due_date"}
    assert all(reason.startswith("from ") for reason in doubted.values())
