"""Dates and amounts as each country writes them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from babel.dates import format_date

from extraction.fields.patterns.amounts import find_amounts
from extraction.fields.patterns.date_parts import LANGUAGES
from extraction.fields.patterns.dates import find_dates


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_month_of_a_language_is_known_in_full_and_in_short(language: str) -> None:
    for month in range(1, 13):
        day = date(2026, month, 14)
        for width in ("long", "medium"):
            text = format_date(day, width, locale=language)
            found = [span.readings for span in find_dates(text)]
            assert found, text
            assert day in found[0], text


@pytest.mark.parametrize(
    "text",
    [
        "2026. 03. 14.",
        "2026. március 14.",
        "2026 m. kovo 14 d.",
        "2026. gada 14. martā",
        "14. 3. 2026",
        "14.03.2026 г.",
        "14 ta' Marzu 2026",
        "14 de marzo del 2026",
        "den 14 mars 2026",
        "14 Mac 2026",
    ],
)
def test_a_date_is_read_as_it_is_written_there(text: str) -> None:
    assert [span.readings for span in find_dates(text)] == [(date(2026, 3, 14),)]


def test_a_month_that_two_languages_call_alike_is_either() -> None:
    (span,) = find_dates("14. listopada 2026.")
    assert set(span.readings) == {date(2026, 10, 14), date(2026, 11, 14)}


@pytest.mark.parametrize(
    ("text", "value", "sign"),
    [
        ("920 807 Ft", "920807", "Ft"),
        ("Rp1.955.820", "1955820", "Rp"),
        ("S/ 1,245.50", "1245.50", "S/"),
        ("1.245,50 TL", "1245.50", "TL"),
        ("1.245,50 lei", "1245.50", "lei"),
        ("₹12,34,567.89", "1234567.89", "₹"),
        ("2 450 Kč", "2450", "Kč"),
        ("R$ 1.245,50", "1245.50", "R$"),
    ],
)
def test_an_amount_is_read_as_it_is_written_there(text: str, value: str, sign: str) -> None:
    assert [(span.value, span.currency) for span in find_amounts(text)] == [(Decimal(value), sign)]
