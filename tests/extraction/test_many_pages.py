"""Long files: every page of a text layer, and as many scanned ones as can be waited for; the rest is told."""

from __future__ import annotations

import pytest

from extraction.evidence import Word
from extraction.files.pages import MAX_OCR_PAGES, MAX_PAGES
from extraction.pipeline.extract import extract_documents
from tests.fakes.documents.document_files import encoded, pdf, photograph


def words(picture: object, number: int) -> tuple[Word, ...]:
    return (Word(f"Page {number} of 99", (10, 10, 90, 30), number),)


@pytest.mark.parametrize(
    ("pages", "told"), [(MAX_OCR_PAGES + 1, ""), (MAX_PAGES + 1, f"first {MAX_PAGES} of {MAX_PAGES + 1} pages")]
)
def test_text_layers_are_read_to_the_end_of_what_is_usual(pages: int, told: str) -> None:
    reading = extract_documents(pdf(pages=pages), words)
    assert len(reading.pages) == min(pages, MAX_PAGES)
    assert told in reading.notice
    assert bool(reading.notice) is bool(told)


def test_of_a_long_fax_the_first_pages_are_read_and_the_rest_is_told() -> None:
    sheet = photograph(("x",), 80, 100)
    fax = encoded(sheet, "TIFF", save_all=True, append_images=[sheet] * MAX_OCR_PAGES)
    reading = extract_documents(fax, words)
    assert [page.number for page in reading.pages] == list(range(1, MAX_OCR_PAGES + 1))
    assert reading.notice == f"Only the first {MAX_OCR_PAGES} of {MAX_OCR_PAGES + 1} pages were read."
