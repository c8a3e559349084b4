"""References are believed by their check digits, and told apart by the words beside them."""

from __future__ import annotations

import pytest

from extraction.standards.check_digits import iban_in, reference_in
from tests.fakes.documents.drawn_pages import read_drawn


@pytest.mark.parametrize(
    ("text", "iban"),
    [
        ("DE88 2008 0000 0970 3757 00", "DE88200800000970375700"),
        ("FR20 1242 1242 1242 1242 1242 124 BIC", "FR2012421242124212421242124"),
        ("CH9300762011623852957", "CH9300762011623852957"),
        ("DE89 2008 0000 0970 3757 00", None),  # one digit off
        ("DE1212344321987600", None),
    ],
)
def test_an_iban_counts_when_its_check_digits_are_right(text: str, iban: str | None) -> None:
    assert iban_in(text) == iban


@pytest.mark.parametrize(
    ("text", "reference"),
    [
        ("RF18 5390 0754 7034", "RF18539007547034"),  # ISO 11649
        ("RF19 5390 0754 7034", None),
        ("21 00000 00003 13947 14300 09017", "210000000003139471430009017"),  # Swiss QR-bill, Implementation Guidelines
        ("21 00000 00003 13947 14300 09018", None),
        ("+++090/9337/55493+++", "090933755493"),  # Belgian
        ("+++090/9337/55494+++", None),
    ],
)
def test_a_payment_reference_counts_when_its_check_digits_are_right(text: str, reference: str | None) -> None:
    assert reference_in(text) == reference


def test_a_reference_for_the_payment_is_known_by_its_words() -> None:
    document = read_drawn("Corrib Power Ltd\nInvoice no.   10448273\nPayment reference   9921-0448273\n")
    assert (document.value("number"), document.value("payment_reference")) == ("10448273", "9921-0448273")


def test_the_number_of_the_buyers_order_is_told_from_the_sellers() -> None:
    document = read_drawn("Acme GmbH\nAuftragsnummer   AB-558120\nIhre Bestellung   B-20957\n")
    assert document.value("purchase_order") == "B-20957"
