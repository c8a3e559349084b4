"""What hardly can be read, or stands beside by chance, parts no label from its amount and is no total."""

from __future__ import annotations

from dataclasses import replace

import pytest

from extraction.evidence import CONFIDENCE_THRESHOLD, Evidence, Page
from extraction.fields.decision.field_candidates import candidates_of
from extraction.fields.decision.read_documents import read_documents
from extraction.fields.layout.document_layout import lay_out
from extraction.fields.money.labelled_amounts import amounts_of
from extraction.fields.patterns.amounts import find_amounts, sign_taken_for_digit
from extraction.fields.patterns.vocabulary import role_of
from tests.fakes.documents.drawn_pages import page_of


def scanned(text: str, *scraps: str) -> Page:
    """The page of a text as OCR read it, sure of all words but the scraps."""
    page = page_of(text, "ocr", confidence=0.95)
    words = (replace(word, confidence=0.05) if word.text in scraps else word for word in page.words)
    return replace(page, words=tuple(words))


def total(page: Page) -> Evidence | None:
    return read_documents([page])[0].fields.get("total")


def roles(page: Page) -> list[tuple[str, str]]:
    return [(f"{amount.value}", amount.role) for amount in amounts_of(lay_out([page]))]


def test_a_back_that_shows_through_parts_no_label_from_its_amount() -> None:
    text = "GST  7%   OT1   1.40\nTOTAL   107  iAt   21.40\n"
    assert roles(scanned(text, "OT1", "iAt", "107")) == [("1.40", "tax"), ("21.40", "total")]


def test_scraps_in_a_table_leave_its_columns_their_headings() -> None:
    text = "            NETTO      MWST      TOTAL\nA  19%      1,64   1i  0,31  JE  1,95\n"
    assert roles(scanned(text, "1i", "JE")) == [("1.64", "subtotal"), ("0.31", "tax"), ("1.95", "total")]


def test_a_table_of_tax_rates_bears_out_the_total_whose_label_is_lost() -> None:
    text = """\
DROGERIE
CREME   8,99
TEE   3,99
OBST   6,48
T0tblgn   19,46
Mehrwertst.   ohne Mwst   mit Mwst
V 19,0%   1,44   7,55   8,99
E 7,0%   0,68   9,79   10,47
123,45.À
"""
    found = total(scanned(text, "123,45.À", "T0tblgn"))
    assert found
    assert found.value == "19.46"
    candidates = candidates_of("total", lay_out([scanned(text, "123,45.À")]))
    assert [one.value for one in candidates if one.features["adds_up"]] == ["19.46"]
    assert "123.45" not in [one.value for one in candidates]


def test_a_row_of_rates_that_makes_another_amount_bears_out_none() -> None:
    candidates = candidates_of("total", lay_out([page_of("TEE   19,47\nV 19,0%   1,44   7,55   8,99\n", "ocr")]))
    assert [one.features["adds_up"] for one in candidates if one.value == "19.47"] == [0.0]


def test_a_sum_that_its_lines_make_has_no_sign_for_its_first_digit() -> None:
    slip = "CAFE\nWINE    $9.50\nBEER    $4.25\nRINGS   $8.99\nCAKE   $31.08\nTotal   {}\n"
    found, doubted = total(scanned(slip.format("53.82"))), total(scanned(slip.format("83.82")))
    assert found
    assert doubted
    assert (found.value, found.confidence >= CONFIDENCE_THRESHOLD) == ("53.82", True)
    assert doubted.confidence < CONFIDENCE_THRESHOLD


def test_amounts_of_five_hundred_have_no_sign_for_their_first_digit() -> None:
    assert not sign_taken_for_digit(list(find_amounts("250.00  500.00  50.00  550.00")))
    assert sign_taken_for_digit(list(find_amounts("57.60  51.20  58.80")))


@pytest.mark.parametrize(
    ("words", "role"),
    [
        ("Bar", "cash"),
        ("Gegeben Bar", "cash"),
        ("Zahlung bar", "cash"),
        ("BAR TOTAL", "subtotal"),
        ("BAR SUBTOTAL", "subtotal"),
        ("PROTEIN BAR", ""),
        ("Food", "subtotal"),
        ("Food: AED", "subtotal"),
        ("French Fries", ""),
        ("Frais de port", "service"),
        ("FOOD SALES", "subtotal"),
        ("CAT FOOD", ""),
        ("10% SVC CHG", "service"),
        ("10% Srv Chg", "service"),
        ("Service Charge", "service"),
        ("CHANGE", "change"),
        ("CHG", "change"),
    ],
)
def test_words_that_mean_another_thing_beside_others(words: str, role: str) -> None:
    assert role_of("amount", words) == role


def test_each_of_two_amounts_in_a_cell_has_the_words_before_it() -> None:
    assert roles(page_of("NET SALES 100.75 GRAND TOTAL 113.35\n")) == [("100.75", "subtotal"), ("113.35", "inclusive")]


def test_numbers_with_thousands_are_amounts_where_no_decimals_are_in_use() -> None:
    sums = "SUB TOTAL   204,000\nPAJAK 10%   20,400\nTOTAL   224,400\n"
    found = total(scanned(f"HEMA RESTO\nSOP BUNTUT   180,000\nHOT TEA   24,000\n{sums}"))
    assert found
    assert (found.value, found.confidence >= CONFIDENCE_THRESHOLD) == ("224400.00", True)
    assert roles(page_of("TOTAL   4.00\nSOLD   24,000\nLEFT   20,400\nPOINTS   204,000\n")) == [("4.00", "total")]
