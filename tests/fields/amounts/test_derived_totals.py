"""A total that is not legible follows from what is, and is shown as a doubt; slanted rows find their labels."""

from __future__ import annotations

from dataclasses import replace

import pytest

from extraction.evidence import CONFIDENCE_THRESHOLD, Evidence, Page
from extraction.fields.decision.read_documents import read_documents
from extraction.fields.layout.rows import rows_of
from tests.fakes.documents.drawn_pages import page_of

HEAD = "CORNER SHOP\nBREAD   30.00\nMILK   14.50\n"


def total(text: str, confidence: float = 0.9) -> Evidence | None:
    return read_documents([page_of(HEAD + text, "ocr", confidence=confidence)])[0].fields.get("total")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("SUBTOTAL   44.50\nTAX   4.45\nTOTAL   48.8\n", "48.95"),  # the last digit is lost
        ("SUBTOTAL   44.50\nTAX   4.45\n#0TL   %B.9\n", "48.95"),
    ],
)
def test_net_and_tax_make_the_total_that_is_not_legible(text: str, value: str) -> None:
    found = total(text)
    assert found
    assert (found.value, found.source, found.reason) == (value, "derived", "44.50 + 4.45")
    assert found.confidence < CONFIDENCE_THRESHOLD


def test_a_total_that_is_printed_is_not_derived() -> None:
    found = total("SUBTOTAL   44.50\nTAX   4.45\nTOTAL   48.95\n")
    assert found
    assert (found.value, found.source) == ("48.95", "ocr")


def test_the_grosses_of_two_rates_make_the_total_and_are_not_it() -> None:
    text = "TOTAL 0% (INC. GST)   10.00\nTOTAL 6% (INC. GST)   34.50\nTOTAL PAYABLE   44.50\n"
    found = total(text)
    assert found
    assert found.value == "44.50"


def slanted(page: Page, slope: float) -> Page:
    """The page with every word as much lower as it stands to the right."""
    words = (
        replace(word, box=(x0, y0 + slope * x0, x1, y1 + slope * x0))
        for word in page.words
        for x0, y0, x1, y1 in [word.box]
    )
    return replace(page, words=tuple(words))


@pytest.mark.parametrize("slope", [-0.05, 0.0, 0.05])
def test_labels_find_their_amounts_across_a_slanting_page(slope: float) -> None:
    lines = [f"ITEM {number:<50}{number}.00" for number in range(1, 10)]
    page = slanted(page_of("\n".join(lines), "ocr"), slope)
    assert [row.text for row in rows_of([page])] == [f"ITEM {number}\t{number}.00" for number in range(1, 10)]
