"""The currency by signs, names and countries; a sign that several share, or that was misread, is doubted."""

from __future__ import annotations

import pytest

from extraction.evidence import CONFIDENCE_THRESHOLD, Evidence
from extraction.fields.decision.read_documents import read_documents
from tests.fakes.documents.drawn_pages import page_of, read_drawn


def currency(text: str) -> Evidence | None:
    return read_documents([page_of(text, "ocr", confidence=0.95)])[0].fields.get("currency")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("TRATTORIA\nEURO\nPIZZA   9,50\nTOTALE EURO   9,50\n", "EUR"),
        ("TRATTORIA\nP.IVA 01838740031\nPIZZA   9,50\nTOTALE   9,50\n", "EUR"),
        ("Gasthaus\nSteuer-Nr. 12/345/67890\nSuppe   9,50\nTotal   9,50\n", "EUR"),
        ("KEDAI\nMEE   9.50\nTOTAL RINGGIT   9.50\n", "MYR"),
        ("NOODLES\nShop 3, Plaza, Hong Kong\nTOTAL   $9.50\n", "HKD"),
    ],
)
def test_names_and_countries_tell_the_currency(text: str, code: str) -> None:
    found = currency(text)
    assert found is not None
    assert found.value == code


def test_a_word_that_begins_like_the_euro_names_none() -> None:
    assert currency("DRESSES\nEUREKA\nTotal   9.50\n") is None


def test_a_sign_that_one_amount_of_many_has_was_misread() -> None:
    dishes = "".join(f"DISH {number}   ${number}.00\n" for number in range(1, 8))
    found = currency(f"NOODLES\nSOUP   £5.50\n{dishes}TOTAL   $33.50\n")
    assert found is not None
    assert found.value == "USD"
    assert found.confidence < CONFIDENCE_THRESHOLD


@pytest.mark.parametrize(
    ("amount", "currency"),
    [("1.249,50 €", "EUR"), ("RM 12.50", "MYR"), ("£9.99", "GBP"), ("CHF 1'200.00", "CHF"), ("CA$ 5.00", "CAD")],
)
def test_the_currency_stands_beside_the_amounts(amount: str, currency: str) -> None:
    assert read_drawn(f"Some Shop\nTotal   {amount}").value("currency") == currency


def test_a_bare_dollar_is_doubted_until_something_else_speaks_for_one_country() -> None:
    bare = read_drawn("Some Shop\nTotal   $12.50").fields["currency"]
    american = read_drawn("Some Shop\nAustin, TX 78701\nTotal   $12.50").fields["currency"]
    assert bare.confidence < CONFIDENCE_THRESHOLD
    assert american.value == "USD"
    assert american.confidence > bare.confidence


def test_amounts_have_the_decimals_of_their_currency() -> None:
    text = "Invoice 7\nLamp   2   42,000   84,000\nSubtotal   ¥84,000\nTax 10%   ¥8,400\nTotal   ¥92,400\n"
    document = read_drawn(text)
    assert [document.value(name) for name in ("currency", "subtotal", "tax", "total")] == [
        "JPY",
        "84000",
        "8400",
        "92400",
    ]
