"""Totals of receipts whose points, signs and labels were lost are found by what else is printed, or doubted."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extraction.evidence import CONFIDENCE_THRESHOLD, Evidence
from extraction.fields.decision.read_documents import read_documents
from extraction.fields.layout.document_layout import lay_out
from extraction.fields.money.arithmetic_checks import sums_for
from extraction.fields.money.labelled_amounts import amounts_of
from extraction.fields.money.total_candidates import total_candidates
from tests.fakes.documents.drawn_pages import page_of

SLIP = "CORNER SHOP\nBREAD   30.00\nMILK   14.50\n"
CENT = Decimal("0.01")


def total(text: str, confidence: float = 0.95) -> Evidence:
    return read_documents([page_of(text, "ocr", confidence=confidence)])[0].fields["total"]


def features(text: str, value: str) -> dict[str, float]:
    """What speaks for and against the first place where the value stands."""
    candidates = total_candidates(amounts_of(lay_out([page_of(text, "ocr", confidence=0.95)])))
    return dict(next(found.features for found in candidates if found.value == value))


@pytest.mark.parametrize("rounding", ["0.01", "-0.01"])
def test_a_rounding_explains_the_total_whatever_sign_was_read(rounding: str) -> None:
    sums = f"SUB-TOTAL   27.27\nGST 6%   1.64\nROUNDING   {rounding}\nTOTAL   28.90\nCASH   28.90\nCHANGE   0.00\n"
    found = total(f"PHARMACY\nGLOVES   14.90\nLATEX   14.00\n{sums}")
    assert (found.value, found.source) == ("28.90", "ocr")
    assert found.confidence >= CONFIDENCE_THRESHOLD


@given(st.integers(2_00, 900_00), st.sampled_from([6, 7, 10, 19]), st.booleans())
def test_net_tax_and_rounding_of_either_sign_make_the_rounded_total(cents: int, rate: int, signed: bool) -> None:
    net, tax = Decimal(cents) / 100, (Decimal(cents * rate) / 10_000).quantize(CENT)
    rounded = ((net + tax) * 20).quantize(Decimal(1)) / 20
    rounding = rounded - net - tax
    shown = rounding if signed else abs(rounding)
    text = f"SHOP\nSUBTOTAL   {net:.2f}\nTAX   {tax:.2f}\nROUNDING   {shown:.2f}\nTOTAL   {rounded:.2f}\n"
    assert sums_for(rounded, amounts_of(lay_out([page_of(text)]))).parts == (net, tax)


def test_a_total_that_was_paid_to_the_cent_beats_one_that_its_subtotal_contradicts() -> None:
    sums = "SUBTOTAL   27.21\nGST 6%   1.64\nTOTAL   28.90\nCASH   28.90\nCHANGE   0.00\n"
    assert total(f"PHARMACY\nGLOVES   14.90\nLATEX   14.00\n{sums}").value == "28.90"


def test_what_was_paid_is_said_by_the_total_and_by_the_card_above_it_too() -> None:
    slip = f"{SLIP}SUMME   44.50\nDebit Mastercard\nEUR 44 50\n"
    assert features(slip, "44.50")["paid"] == 1.0
    assert features(slip.replace("44 50", "45 50"), "44.50")["paid"] == 0.0


def test_a_tax_is_no_more_than_half_of_what_it_is_levied_on() -> None:
    slip = "GRILL\nSUBTOTAL   28.05\nTAX   {}\nTOTAL   {}\n"
    assert features(slip.format("21.95", "50.00"), "50.00")["adds_up"] == 0.0
    assert features(slip.format("7.00", "35.05"), "35.05")["adds_up"] == 1.0


def test_the_tax_may_be_of_a_part_of_the_subtotal_that_its_summary_shows() -> None:
    sums = "SUB-TOTAL   74.06\nGST   4.04\nTOTAL   78 18\nDEBIT CARD   78\nGST SUMMARY\nSR   67.26   6   4.04\n"
    found = total(f"PHARMACY\nGLOVES   70.10\nSWAB   8.00\n{sums}ZRL   6.80   0   0.00\n")
    assert (found.value, found.source, found.reason) == ("78.10", "derived", "74.06 + 4.04")
    assert found.confidence < CONFIDENCE_THRESHOLD


def test_prices_under_a_heading_for_tax_make_no_total_beside_a_tax_in_words() -> None:
    slip = "GRILL\nChk 1067          Gst\nRIBEYE            13.00\nSALMON            11.00\nSUBTOTAL          44.00\n"
    amounts = amounts_of(lay_out([page_of(slip + "TAX               3.85\n", "ocr")]))
    assert [(str(amount.value), amount.role) for amount in amounts][:2] == [("13.00", "tax"), ("11.00", "tax")]
    assert [found.value for found in total_candidates(amounts) if found.source == "derived"] == ["47.85"]


def test_digits_without_their_point_bear_out_the_sum_that_has_them() -> None:
    slip = "STEAK HOUSE\nLATOUR   218.00\nVEAL   146.00\nSUBTOTAL   364.00\nTAX   10.23\nTOTAL   $37 4 2 3\n"
    found = total(slip)
    assert (found.value, found.source) == ("374.23", "derived")


def test_an_amount_without_words_may_be_the_tax_where_it_is_one_at_a_usual_rate() -> None:
    slip = "GRILL\nAYRAN   10.00\nKEBAB   10.40\nNETTO   17.14\nM.gt   3.26\nSUMME   20.40\n"
    assert features(slip, "20.40")["adds_up"] == 1.0
    assert features(slip.replace("3.26", "3.20").replace("20.40", "20.34"), "20.34")["adds_up"] == 0.0


def test_a_subtotal_above_a_total_is_outranked_and_a_total_is_not() -> None:
    slip = f"{SLIP}SUBTOTAL   44.50\nTOTAL   46.72\n"
    assert [features(slip, value)["outranked"] for value in ("44.50", "46.72")] == [1.0, 0.0]
    assert features(f"{SLIP}SUBTOTAL   44.50\n", "44.50")["outranked"] == 0.0


def test_cents_whose_point_was_lost_are_tax_and_change_of_a_till() -> None:
    slip = "PHARMACY\nCHIPS   1.98\nSUBTOTAL   1.98\nLA 4.5% TAX   09\nTOTAL   2.07\nCASH   2.25\nCHANGE   18\n"
    assert features(slip, "2.07")["adds_up"] == 1.0
    assert features(slip, "2.07")["settled"] == 1.0
    assert total(slip).value == "2.07"
    assert total("PHARMACY\nCHIPS   4.00\nCOUPON   4.00\nSUBTOTAL   00\nTAX   82\nTOTAL   82\n").value == "0.82"


def test_a_grand_total_without_decimals_counts_beside_amounts_that_have_them() -> None:
    slip = "CAFE\nSub Total   1774.00\nFood Disc   687.00\nNet Total   1087.00\nGST   21.00\nGrand Total   1108\n"
    assert total(slip).value == "1108.00"
    assert total("CAFE\nTEA   4.00\nTOTAL   4.00\nNEW BALANCE   453\n").value == "4.00"  # of points, say


@pytest.mark.parametrize("row", ["48 9 000", "1 9   7.29"])
def test_a_total_with_other_digits_beside_it_is_doubted(row: str) -> None:
    assert total(f"GRILL\nSTEAK   4.10\nWATER   3.19\nTotal   {row}\n", 0.99).confidence < CONFIDENCE_THRESHOLD


def test_letters_and_tax_rates_beside_a_total_are_no_digits_of_it() -> None:
    for row in ("Total incl. 6% GST   7.29", "Total   7.29 9h", "Tota1   7.29"):
        assert features(f"GRILL\nSTEAK   4.10\nWATER   3.19\n{row}\n", "7.29")["crowded"] == 0.0


def test_a_total_without_the_sign_that_the_others_have_may_have_it_for_a_digit() -> None:
    slip = "CAFE\nWINE   $9.50\nBEER   $4.25\nRINGS   $8.99\nSub-Total   $49.72\nTax   $4.10\nAmount Due   {}\n"
    assert features(slip.format("653.82"), "653.82")["like_sign"] == 1.0
    assert features(slip.format("$53.82"), "53.82")["like_sign"] == 0.0
    assert total(slip.format("653.82"), 0.99).confidence < CONFIDENCE_THRESHOLD


@pytest.mark.parametrize(("label", "tax"), [("(INCLUSIVE) GST 6%", "33.57"), ("inkl. MwSt", "94.70")])
def test_a_tax_that_the_total_includes_is_no_total(label: str, tax: str) -> None:
    (document,) = read_documents([page_of(f"CAFE\nSUB-TOTAL   593.10\n{label}   {tax}\nTOTAL   593.10\n", "ocr")])
    assert (document.value("total"), document.value("tax")) == ("593.10", tax)


def test_a_total_that_includes_a_tax_is_one() -> None:
    (document,) = read_documents([page_of("CAFE\nNet   559.53\nGST 6%   33.57\nIncl. GST   593.10\n", "ocr")])
    assert (document.value("total"), document.value("tax")) == ("593.10", "33.57")


def test_cash_and_change_below_a_total_of_lines_are_known_by_what_they_make() -> None:
    rows = (
        ("TOTAAL", "9.50"),
        ("Koffie", "9.60"),
        ("Vittel", "2.85"),
        ("x", "21.95"),
        ("Totaal incl BTW", "50.00"),
        ("EUR", "28.05"),
    )
    found = total("CAFE\n" + "".join(f"{words:<18}   {amount:>8}\n" for words, amount in rows))
    assert found.value == "21.95"
