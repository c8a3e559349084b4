"""References are believed by their check digits."""

from __future__ import annotations

import pytest

from extraction.standards.check_digits import iban_in, reference_in


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
