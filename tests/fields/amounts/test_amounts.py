"""Amounts are read in every convention of thousands and decimals."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extraction.fields.patterns.amounts import decimal_mark, find_amounts, parse_amount


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1,234.56", "1234.56"),  # English
        ("1.234,56", "1234.56"),  # German
        ("1 234,56", "1234.56"),  # French, with a no-break space below
        ("1\u00a0234,56", "1234.56"),
        ("1\u202f234,56", "1234.56"),
        ("1'234.56", "1234.56"),  # Swiss
        ("12,34,567.89", "1234567.89"),  # Indian
        ("1.234.567", "1234567"),
        ("1,234", "1234"),  # one mark before three digits: thousands
        ("0.500", "0.500"),  # but not after a leading zero
        ("12 . 50", "12.50"),  # as OCR tears it apart
        ("7,5", "7.5"),
        (".99", "0.99"),
        ("42", "42"),
    ],
)
def test_a_written_number_has_one_value(text: str, value: str) -> None:
    assert parse_amount(text) == Decimal(value)


def test_three_digits_behind_the_mark_of_decimals_are_decimals() -> None:
    assert parse_amount("1.234", ".") == Decimal("1.234")
    assert parse_amount("1.234", ",") == Decimal("1234")


@pytest.mark.parametrize("text", ["", "abc", "..", "12a", "1-2"])
def test_what_is_no_number_has_no_value(text: str) -> None:
    assert parse_amount(text) is None


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Total 1.234,56 €", [("1234.56", "€")]),
        ("RM12.50", [("12.50", "RM")]),
        ("USD1,200.00", [("1200.00", "USD")]),
        ("S$12.00", [("12.00", "S$")]),
        ("-$5.00", [("-5.00", "$")]),
        ("-RM0.01", [("-0.01", "RM")]),
        ("Commission ($300.00)", [("-300.00", "$")]),
        ("7,67-", [("-7.67", "")]),
        ("−8,79", [("-8.79", "")]),
        ("4 X 2.80\t11.20", [("2.80", ""), ("11.20", "")]),
        ("2 100.00", [("2", ""), ("100.00", "")]),  # a quantity, not two thousand
        ("8I.10", [("81.10", "")]),  # a letter where only a digit can stand
        ("12.O0", [("12.00", "")]),
        ("S8.40", [("8.40", "$")]),  # before a number it is the sign
        ("WST 1.95", [("1.95", "WST")]),
        ("KWH 1.95", [("1.95", "")]),  # no currency of ISO 4217
        ("Tea £\t$5.50", [("5.50", "$")]),  # the nearest of two
        ("TERM 12.50", [("12.50", "")]),  # ends in RM, but is another word
        ("TERM: 12.50 EUR", [("12.50", "EUR")]),
        ("12.50\tRM 3.00", [("12.50", ""), ("3.00", "RM")]),  # of the next column
    ],
)
def test_amounts_stand_in_a_line_with_their_currency(text: str, found: list[tuple[str, str]]) -> None:
    spans = [span for span in find_amounts(text) if not span.unit]
    assert [(str(span.value), span.currency) for span in spans] == found


@pytest.mark.parametrize("text", ["19 %", "19,0%", "67,5 kg", "330 ml", "2 x"])
def test_measures_are_marked_as_no_money(text: str) -> None:
    assert [span.unit for span in find_amounts(text)] == [True]


def test_a_span_covers_exactly_the_digits() -> None:
    text = "Summe: 1.249,50 EUR"
    (span,) = find_amounts(text)
    assert text[span.start : span.end] == "1.249,50"
    assert span.places == 2


def test_the_mark_of_decimals_is_what_most_amounts_use() -> None:
    assert decimal_mark(["1,50", "2,75", "1.234,00"]) == ","
    assert decimal_mark(["1,50", "2.75"]) is None


@given(st.integers(0, 10**11), st.sampled_from([(",", "."), (".", ","), ("'", "."), ("\u202f", ","), ("", ".")]))
def test_any_amount_is_read_back_as_it_was_written(cents: int, marks: tuple[str, str]) -> None:
    thousands, decimals = marks
    written = f"{cents // 100:,}".replace(",", thousands) + f"{decimals}{cents % 100:02d}"
    assert parse_amount(written) == Decimal(cents) / 100
    assert [span.value for span in find_amounts(f"Total: {written}")] == [Decimal(cents) / 100]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("TOTAL\t$60 44", "60.44"),
        ("12:36PM Total\t26 77", "26.77"),
        ("3 items 40 50 EUR", "40.50"),
        ("2 10 apples", None),  # the cell goes on
        ("12 34 56 78", None),  # a number in groups
    ],
)
def test_a_point_that_ocr_did_not_see_is_where_a_cell_ends_in_two_digits(text: str, found: str | None) -> None:
    torn = [span for span in find_amounts(text, ".", points_lost=True) if span.torn]
    assert [str(span.value) for span in torn] == ([found] if found else [])
    assert not any(span.torn for span in find_amounts(text, "."))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Total 102 D 40", "102.40"),  # a letter of its own
        ("TOTAL\t§31-80", "31.80"),  # another mark, behind a sign
        ("2 x 40", None),
        ("Table 12 B 40 guests", None),  # the row goes on
        ("Line 31-80", None),
    ],
)
def test_a_point_that_ocr_misread_is_where_a_row_ends_in_two_digits(text: str, found: str | None) -> None:
    torn = [span for span in find_amounts(text, ".", points_lost=True) if span.torn]
    assert [str(span.value) for span in torn] == ([found] if found else [])
    assert not any(span.torn for span in find_amounts(text, "."))


def test_a_letter_that_is_left_of_a_currency_hides_no_amount() -> None:
    assert [span.value for span in find_amounts("Total R32.60", points_lost=True)] == [Decimal("32.60")]
    assert not list(find_amounts("Model X32.605 Rev B3.1", points_lost=True))


def test_a_line_to_write_on_hides_no_amount() -> None:
    assert [span.value for span in find_amounts("Total Payable: _41.44  Paid: __50.00__")] == [
        Decimal("41.44"),
        Decimal("50.00"),
    ]


def test_a_bracket_in_the_place_of_a_zero_is_one() -> None:
    assert [str(span.value) for span in find_amounts("$10.(0")] == ["10.00"]


def test_a_sign_in_the_place_of_the_last_decimal_is_the_digit_that_ocr_took_it_for() -> None:
    assert [span.value for span in find_amounts("19,4€", ",", points_lost=True)] == [Decimal("19.46")]
    assert [span.value for span in find_amounts("19,40€ 5 €", ",", points_lost=True)] == [Decimal("19.40"), Decimal(5)]
    assert [span.value for span in find_amounts("19,4€", ",")] == [Decimal("19.4")]


def test_a_comma_that_ocr_took_for_a_dot_is_no_thousand_times_more() -> None:
    assert parse_amount("2.800.00") == Decimal("2800.00")
    assert parse_amount("2.800.000") == Decimal("2800000")
