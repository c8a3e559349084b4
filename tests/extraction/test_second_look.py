"""A page that leaves its total or date in doubt is looked at closer, and the look that leaves less doubt counts."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from extraction.evidence import Word
from extraction.pipeline.extract import extract_documents
from tests.fakes.documents.document_files import encoded, photograph

PLAIN = ("Corner Cafe Ltd", "12 High Street, London", "Date: 12/03/2024", "Coffee 4.50", "Cake 8.00", "TOTAL 12.50")
TORN = ("Corner Cafe Ltd", "12 High Street, London", "Date: 12/0 24", "Coffee 4.50", "Cake 8.00", "TOTAL 12.50")
UNREAD = ("Corner Cafe Ltd", "12 High Street, London", "Coffee", "Cake", "TOTAL")


class Look:
    """Recognises these lines on every picture; `pages` has the numbers of those it was shown."""

    def __init__(self, *lines: str, confidence: float = 0.98) -> None:
        self._lines, self._confidence = lines, confidence
        self.pages: list[int] = []

    def __call__(self, picture: np.ndarray, number: int) -> tuple[Word, ...]:
        self.pages.append(number)
        return tuple(
            Word(text, (20, 30 * row, 20 + 12 * len(text), 30 * row + 22), number, self._confidence)
            for row, text in enumerate(self._lines, 1)
        )


def photo(frames: int = 1) -> bytes:
    sheet = photograph(PLAIN, 400, 500)
    return encoded(sheet, "TIFF", save_all=True, append_images=[sheet] * (frames - 1))


def values(
    recognise: Callable[..., tuple[Word, ...]], closer: Callable[..., tuple[Word, ...]] | None
) -> list[str | None]:
    (document,) = extract_documents(photo(), recognise, closer).documents
    return [document.value("issue_date"), document.value("total")]


def test_what_is_sure_is_not_looked_at_again() -> None:
    closer = Look()
    assert values(Look(*PLAIN), closer) == ["2024-03-12", "12.50"]
    assert closer.pages == []


@pytest.mark.parametrize("first", [TORN, UNREAD])
def test_what_was_not_found_is_found_closer(first: tuple[str, ...]) -> None:
    assert values(Look(*first), None) != ["2024-03-12", "12.50"]
    closer = Look(*PLAIN)
    assert values(Look(*first), closer) == ["2024-03-12", "12.50"]
    assert closer.pages == [1]


def test_what_was_found_stays_where_closer_finds_less() -> None:
    assert values(Look(*TORN), Look(*UNREAD)) == values(Look(*TORN), None)


def test_the_words_of_the_look_that_counts_are_those_of_the_page() -> None:
    reading = extract_documents(photo(), Look(*TORN), Look(*PLAIN))
    assert [word.text for page in reading.pages for word in page.words] == list(PLAIN)


def test_pages_of_a_longer_file_and_blank_ones_are_looked_at_once() -> None:
    closer = Look(*PLAIN)
    assert len(extract_documents(photo(frames=2), Look(*UNREAD), closer).pages) == 2
    assert not extract_documents(photo(), Look(), closer).documents[0].fields
    assert closer.pages == []
