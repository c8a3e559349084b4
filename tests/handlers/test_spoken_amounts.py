"""Amounts as people type them, thousands and words among them."""

from __future__ import annotations

import pytest

from handlers.understand.text.sentence import NeedsClarification
from handlers.understand.values.amounts import Amount, amount


@pytest.mark.parametrize(
    ("said", "value", "currency"),
    [
        ("2.1k", "2100.00", None),
        ("1,2k", "1200.00", None),
        ("3k", "3000.00", None),
        ("€2.1k", "2100.00", "EUR"),
        ("12k eur", "12000.00", "EUR"),
        ("2 Tsd", "2000.00", None),
        ("2 Tsd.", "2000.00", None),
        ("1,5 Tausend", "1500.00", None),
        ("1.5 million", "1500000.00", None),
        ("half a million", "500000.00", None),
        ("EUR 1 380,00", "1380.00", "EUR"),
        ("1 380,00 €", "1380.00", "EUR"),
        ("1'380.00", "1380.00", None),
        ("58,31", "58.31", None),
        ("58.31", "58.31", None),
        ("1.500", "1500.00", None),  # euros have two decimals
        ("€500", "500.00", "EUR"),
        ("500€", "500.00", "EUR"),
        ("500 euros", "500.00", "EUR"),
        ("fifty euros", "50.00", "EUR"),
        ("fünfzig €", "50.00", "EUR"),
        ("two hundred", "200.00", None),
        ("one thousand two hundred and fifty", "1250.00", None),
        ("twenty-five euros", "25.00", "EUR"),
        ("zwölfhundert", "1200.00", None),
        ("zweihundertfünfzig Euro", "250.00", "EUR"),
        ("hundert Euro", "100.00", "EUR"),
        ("50 quid", "50.00", "GBP"),
    ],
)
def test_an_amount_is_read_as_it_is_typed(said, value, currency):
    assert amount(said, "EUR") == Amount(value, currency)


@pytest.mark.parametrize(("said", "current"), [("50 bucks", "EUR"), ("$20", "EUR"), ("1.500", None), ("two", "EUR")])
def test_what_may_be_two_amounts_or_none_is_asked_about(said, current):
    with pytest.raises(NeedsClarification):
        amount(said, current)


@pytest.mark.parametrize("said", ["50 bucks", "$20"])
def test_dollars_are_those_of_the_company(said):
    assert amount(said, "USD").currency == "USD"
