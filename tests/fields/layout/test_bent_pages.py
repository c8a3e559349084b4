"""Labels find their amounts on pages that slant, that were photographed at an angle, or whose paper curls."""

from __future__ import annotations

from dataclasses import replace

import pytest

from extraction.evidence import Page
from extraction.fields.decision.read_documents import read_documents
from extraction.fields.layout.deskew_words import deskew_words
from extraction.fields.layout.rows import rows_of
from tests.fakes.documents.drawn_pages import page_of

SLIP = """\
              NOODLE  BAR
           370  ALEXANDRA  ROAD
13/07/2016  14:11        T001       A480804

1  KOPI                               1.70
1  WANTON  SOUP  NOODLE               8.90
1  SPARE  RIB  SOUP                   7.80
1  PORK  CHOP                        12.50
1  CHICKEN  FLOSS                    10.50
1  TOAST                              5.90
SUBTOTAL                             47.30
10% SVC CHG                           4.73
GST 7%                                3.64

TOTAL                                55.67
CASH                                 60.00
CHANGE                                4.33
"""


def bent(page: Page, slant: float, fan: float) -> Page:
    """The page with rows in its middle that fall by the slant, lower ones by up to the fan more, higher ones less."""
    across, down = page.width / 2, page.height / 2
    words = []
    for word in page.words:
        x0, y0, x1, y1 = word.box
        lower = (slant + fan * ((y0 + y1) / 2 - down) / down) * ((x0 + x1) / 2 - across)
        words.append(replace(word, box=(x0, y0 + lower, x1, y1 + lower)))
    return replace(page, words=tuple(words))


@pytest.mark.parametrize(
    ("slant", "fan"), [(0.0, 0.08), (0.0, -0.08), (-0.02, -0.06), (0.03, 0.06), (0.17, 0.0), (-0.15, 0.04)]
)
def test_every_label_finds_its_amount_however_the_page_is_bent(slant: float, fan: float) -> None:
    flat = page_of(SLIP, "ocr")
    page = bent(flat, slant, fan)
    assert [row.text.split() for row in rows_of([page])] == [row.text.split() for row in rows_of([flat])]
    (document,) = read_documents([page])
    assert [document.value(name) for name in ("subtotal", "tax", "total")] == ["47.30", "3.64", "55.67"]


def test_a_flat_page_stays_as_it_is() -> None:
    page = page_of(SLIP, "ocr")
    assert deskew_words(page.words) == list(page.words)


def test_words_below_each_other_tell_of_no_bend() -> None:
    page = page_of("\n".join(f"{'  ' * number}row {number}" for number in range(9)), "ocr")
    assert deskew_words(page.words) == list(page.words)


def test_a_page_of_many_words_is_put_level_by_some_of_them() -> None:
    rows = [f"{'word ' * (8 + number % 5)}     {number}.00" for number in range(60)]
    flat = page_of("\n".join(row.replace(" ", "  ") for row in rows), "ocr")
    assert len(flat.words) > 500
    assert [row.text for row in rows_of([bent(flat, 0.03, 0.05)])] == [row.text for row in rows_of([flat])]
