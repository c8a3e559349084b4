"""A misread digit is put right only where arithmetic forces it, and never made worse."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extraction.evidence import CONFIDENCE_THRESHOLD, Page, ReadDocument
from extraction.fields.decision.read_documents import read_documents
from tests.fakes.documents.drawn_pages import page_of

SLIP = """
    HARBOUR GRILL
    12 Quay Street, Portland, OR 97201
    03/04/2025  12:31
Clam Chowder          17.00
Lobster Roll          27.25
Iced Tea               6.50
SUBTOTAL              50.75
TAX 8%                 4.06
TOTAL                 54.81
CASH                  60.00
CHANGE                 5.19
"""


def damaged(page: Page, printed: str, read: str) -> Page:
    """The page with one amount, in its first place, read as another, not very surely."""
    at = next(number for number, word in enumerate(page.words) if word.text == printed)
    words = list(page.words)
    words[at] = replace(words[at], text=read, confidence=0.6)
    return replace(page, words=tuple(words))


def slip(printed: str, read: str) -> ReadDocument:
    page = page_of(SLIP, "ocr", confidence=0.97)
    (document,) = read_documents([damaged(page, printed, read)])
    return document


@pytest.mark.parametrize(("field", "printed", "read"), [("subtotal", "50.75", "56.75"), ("tax", "4.06", "4.86")])
def test_a_part_that_two_sums_force_is_put_right(field: str, printed: str, read: str) -> None:
    found = slip(printed, read).fields[field]
    assert (found.value, found.source) == (printed, "derived")
    assert found.reason.startswith(f"read {read}, ")
    assert found.confidence >= CONFIDENCE_THRESHOLD


def test_a_total_that_the_rest_forces_is_right_however_it_is_found() -> None:
    total = slip("54.81", "54.01").fields["total"]
    assert (total.value, total.source) == ("54.81", "derived")


def test_what_one_sum_alone_forces_is_shown_as_a_doubt() -> None:
    page = page_of(
        """
    KIOSK
Magazine  2 x 4.50     9.00
Coffee    2 x 1.20     2.40
TOTAL                 11.40
""",
        "ocr",
        confidence=0.97,
    )
    (document,) = read_documents([damaged(page, "11.40", "11.48")])
    total = document.fields["total"]
    assert total.confidence < CONFIDENCE_THRESHOLD
    assert (total.value, total.reason) in {("11.40", "read 11.48, lines add up to 11.40"), ("11.48", "")}


def test_what_may_be_either_of_two_stays_as_it_was_read() -> None:
    page = page_of(
        """
    KIOSK
SUBTOTAL              10.00
TAX                    1.50
TOTAL                 11.90
""",
        "ocr",
        confidence=0.6,
    )
    (document,) = read_documents([page])
    assert document.value("subtotal") in {"10.00", None}
    assert not any(found.reason.startswith("read ") for found in document.fields.values())


def test_a_text_layer_is_never_repaired() -> None:
    (document,) = read_documents([damaged(page_of(SLIP), "4.06", "4.86")])
    assert not any(found.reason.startswith("read ") for found in document.fields.values())


def test_what_was_legible_is_not_repaired() -> None:
    page = damaged(page_of(SLIP, "ocr", confidence=0.97), "4.06", "4.86")
    legible = replace(page, words=tuple(replace(word, confidence=0.97) for word in page.words))
    (document,) = read_documents([legible])
    assert document.fields["tax"].source != "derived" or not document.fields["tax"].reason.startswith("read ")


@settings(max_examples=60)
@given(
    st.lists(st.integers(min_value=101, max_value=9_999), min_size=2, max_size=5),
    st.sampled_from([5, 7, 10, 19, 20]),
    st.integers(min_value=0, max_value=999),
)
def test_a_repair_is_always_what_was_printed(prices: list[int], rate: int, seed: int) -> None:
    """Whatever digit of whatever amount is misread, no field is repaired to another value than the printed one."""
    net = sum(prices)
    tax = (net * rate + 50) // 100
    truth = {"subtotal": net, "tax": tax, "total": net + tax}
    rows = [f"Article {'ABCDE'[n]}          {price / 100:.2f}" for n, price in enumerate(prices)]
    rows += [f"Subtotal             {net / 100:.2f}", f"VAT {rate}%             {tax / 100:.2f}"]
    rows += [f"Total                {(net + tax) / 100:.2f}"]
    page = page_of("\n".join(["    KIOSK", *rows]), "ocr", confidence=0.97)
    amounts = [number for number, word in enumerate(page.words) if "." in word.text]
    at = amounts[seed % len(amounts)]
    text = page.words[at].text
    places = [place for place, char in enumerate(text) if char.isdigit()]
    place = places[seed % len(places)]
    other = str((int(text[place]) + 1 + seed % 9) % 10)
    words = list(page.words)
    words[at] = replace(words[at], text=text[:place] + other + text[place + 1 :], confidence=0.6)
    (document,) = read_documents([replace(page, words=tuple(words))])
    for name, printed in truth.items():
        found = document.fields.get(name)
        if found and found.reason.startswith("read "):
            assert Decimal(found.value) == Decimal(printed).scaleb(-2), found
