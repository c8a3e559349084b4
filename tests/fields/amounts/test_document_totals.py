"""Which of the amounts on a whole document is its total, its tax, and what leaves them in doubt."""

from __future__ import annotations

import pytest

from extraction.evidence import CONFIDENCE_THRESHOLD
from extraction.fields.layout.document_layout import lay_out
from extraction.fields.money.labelled_amounts import amounts_of
from extraction.fields.money.total_candidates import total_candidates
from tests.fakes.documents.drawn_pages import page_of, read_drawn


def test_a_total_that_fits_nothing_else_is_doubted_when_it_was_hard_to_read() -> None:
    text = "CORNER SHOP\n12 High Street\nBREAD   2.20\nMILK   1.15\nTOTAL   87.60\n"
    total = read_drawn(text, "ocr", 0.5).fields["total"]
    assert total.value == "87.60"
    assert total.confidence < CONFIDENCE_THRESHOLD


def test_a_total_that_cash_less_change_confirms_is_surer_than_one_they_contradict() -> None:
    slip = "CORNER SHOP\nBREAD   2.20\nMILK   4.40\nTOTAL   {}\nCASH   20.00\nCHANGE   3.40\n"
    confirmed, contradicted = (
        read_drawn(slip.format(total), "ocr", 0.8).fields["total"] for total in ("16.60", "18.60")
    )
    assert (confirmed.value, contradicted.value) == ("16.60", "18.60")
    assert confirmed.confidence > contradicted.confidence + 0.1


def test_cash_is_the_total_where_it_is_paid_to_the_cent_and_the_total_is_not_legible() -> None:
    slip = "CAFE LATTE   11.32\nSTTL   11.32\n6% GST   0.68\nTOTAL   2 O\nCASH   12.00\nCHANGE   0.00\n"
    assert read_drawn(slip, "ocr", 0.9).value("total") == "12.00"


def test_cash_without_a_change_is_not_the_total() -> None:
    slip = "SHOP\nBREAD   2.20\nMILK   4.40\nTOTAL   16.60\nCASH   20.00\n"
    assert read_drawn(slip, "ocr", 0.8).value("total") == "16.60"


def test_what_a_machine_accepted_is_no_total() -> None:
    slip = "Parking ticket   5.00 RM\nAmount incl. GST   5.00 RM\nAccepted total   10.00 RM\nChan9e   5.00 RM\n"
    assert read_drawn(slip, "ocr", 0.9).value("total") == "5.00"


def test_what_is_already_paid_does_not_change_the_total() -> None:
    sums = "Total HT   500,00 €\nTVA 20%   100,00 €\nTotal TTC   600,00 €\n"
    assert read_drawn(f"Facture FA-1\n{sums}Acompte   200,00 €\nSolde à payer   400,00 €").value("total") == "600.00"


def test_a_total_rounded_for_cash_is_the_total() -> None:
    text = (
        "KEDAI MAJU\nTOTAL INCL GST   29.28\nROUNDING ADJ   0.02\nTOTAL ROUNDED   29.30\nCASH   50.00\nCHANGE   20.70\n"
    )
    assert read_drawn(text, "ocr", 0.9).value("total") == "29.30"


def test_an_amount_rounded_to_is_not_taken_for_the_adjustment() -> None:
    text = "KEDAI\nTOTAL (INCLUSIVE GST) RM   52.08\nROUNDING ADJUSTMENT   .02\nROUNDING RM   52.10\n"
    assert read_drawn(text + "CASH   60.00\nCHANGE   7.90\n", "ocr", 0.9).value("total") == "52.10"


def test_a_dollar_sign_that_ocr_took_for_a_digit_is_put_right_when_every_amount_has_it() -> None:
    text = "NOODLE BAR\nBEEF NOODLES   57.10\nTEA   51.10\nTOTAL AMOUNT   58.20\n"  # $7.10 + $1.10 = $8.20
    total = read_drawn(text, "ocr", 0.8).fields["total"]
    assert total.value == "8.20"
    assert read_drawn(text.replace("57.10", "37.10"), "ocr", 0.8).fields["total"].value == "58.20"


def test_a_total_whose_first_digit_may_be_a_dollar_sign_is_doubted() -> None:
    text = "NOODLE BAR\nBEEF NOODLES   $37.10\nTOTAL AMOUNT   58.20\n"
    assert read_drawn(text, "ocr", 0.99).fields["total"].confidence < CONFIDENCE_THRESHOLD
    assert read_drawn(text.replace("58.20", "48.20"), "ocr", 0.99).fields["total"].confidence >= CONFIDENCE_THRESHOLD


@pytest.mark.parametrize(
    ("slip", "whole", "less"),
    [
        ("TOTAL   68.87\nGST 6%   4.13\nIN ALL   73.00\n", "73.00", "68.87"),  # 68.87 + 4.13 = 73.00
        ("TOTAL   4.00\nACCEPTED TOTAL   10.00\nCASH   10.00\nCHANGE   6.00\n", "4.00", "10.00"),  # 10.00 - 6.00
    ],
)
def test_sums_speak_against_an_amount_beside_which_another_is_the_whole(slip: str, whole: str, less: str) -> None:
    candidates = total_candidates(amounts_of(lay_out([page_of(slip)])))
    found = {one.value: one for one in candidates}
    assert found[whole].agreement > 0
    assert (found[less].features["less"], found[whole].features["less"]) == (1, 0)


def test_the_tax_of_several_rates_is_their_sum_and_says_so() -> None:
    rates = "Total HT   2 096,70 €\nTVA 10%   128,25 €\nTVA 20%   162,84 €\nTotal TTC   2 387,79 €\n"
    tax = read_drawn(f"Facture FA-1\n{rates}").fields["tax"]
    assert (tax.value, tax.source) == ("291.09", "derived")  # 128.25 + 162.84
    assert tax.reason == "sum of 128.25 + 162.84"


def test_amounts_in_a_row_are_named_by_their_columns() -> None:
    text = "SUMME   58,36\n\nMwSt   Netto   MwSt   Brutto\nA=19%  13,88   2,64   16,52\nB=7%   39,10   2,74   41,84\n"
    document = read_drawn(text + "Summe  52,98   5,38   58,36\n")
    assert [document.value(name) for name in ("subtotal", "tax", "total")] == ["52.98", "5.38", "58.36"]
