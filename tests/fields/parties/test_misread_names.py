"""Names as they are printed, where OCR mistook letters of them or read scraps beside them."""

from __future__ import annotations

import pytest

from extraction.fields.parties.non_names import announced, is_noise, is_title, talk
from extraction.fields.patterns.misread_names import by_others, is_barcode_noise, lettered, without_scraps


@pytest.mark.parametrize(
    ("read", "printed"),
    [
        ("HARBA PETR0KI0SK", "HARBA PETROKIOSK"),
        ("FO0DS", "FOODS"),
        ("Caffe Torin0", "Caffe Torino"),
        ("0CEAN BOOKS", "OCEAN BOOKS"),
        ("99 SPEED MART", "99 SPEED MART"),
        ("CB13", "CB13"),  # at the end a digit may be one
        ("JM0632980-V", "JM0632980-V"),  # more digits than letters: a number
        ("3M", "3M"),
    ],
)
def test_digits_among_letters_are_letters(read: str, printed: str) -> None:
    assert lettered(read) == printed


@pytest.mark.parametrize(
    ("read", "name"),
    [
        ("% %.91 Cash & Carry Sdn Bhd", "Cash & Carry Sdn Bhd"),
        ("+ HAIR & BEAUTY *", "HAIR & BEAUTY"),
        ("Schreinerei Holz &", "Schreinerei Holz &"),  # goes on in the next row
        ("(HARBOUR SHOP (95874))", "(HARBOUR SHOP (95874))"),
        ("7 Seas", "7 Seas"),
        ("* * *", "* * *"),
    ],
)
def test_scraps_at_its_edges_are_no_part_of_a_name(read: str, name: str) -> None:
    start, end = without_scraps(read)
    assert read[start:end] == name


@pytest.mark.parametrize(
    ("read", "elsewhere", "printed"),
    [
        ("H@RBAMANN", "harbamann", "HARBAMANN"),
        ("Harbor-na", "harborma", "Harborma"),
        ("Harbamann", "harbamann", ""),  # right as it stands
        ("Müller", "mueller", ""),
        ("LANTERN", "harbamann", ""),
        ("Harba Mamn", "harbamann", ""),  # where its blanks would come is not known
        ("§§", "harbamann", ""),
    ],
)
def test_a_web_address_tells_how_a_misread_name_is_spelt(read: str, elsewhere: str, printed: str) -> None:
    assert by_others(read, [elsewhere]) == printed


@pytest.mark.parametrize(
    ("read", "stripes"),
    [("IIIII", True), ("EIIEIE", True), ("IMNNIIINI", True), ("MINI MARKT", False), ("Illy", False), ("ALDO", False)],
)
def test_the_stripes_of_a_bar_code_are_no_name(read: str, stripes: bool) -> None:
    assert is_barcode_noise(read) is stripes


@pytest.mark.parametrize(
    ("cell", "name", "said"),
    [
        ("Welcome to HARBOUR CAFE", "HARBOUR CAFE", "greeting"),
        ("Vielen Dank für Ihren Einkauf bei Muster", "Muster", "greeting"),
        ("Thank you for shopping at our store", "Thank you for shopping at our store", ""),
        ("OWNED BY : LANTERN SDN BHD", "LANTERN SDN BHD", "owner"),
        ("Name: Acme", "Acme", "label"),
        ("Acme", "Acme", ""),
    ],
)
def test_what_announces_a_name_is_no_part_of_it(cell: str, name: str, said: str) -> None:
    start, how = announced(cell)
    assert (cell[start:], how) == (name, said)


def test_words_of_tills_are_known_misread_and_spaced_out() -> None:
    assert is_noise("VELCOME")
    assert is_noise("K-U-N-D-E-N-B-E-L-E-G")
    assert is_noise("info@acme.example")
    assert not is_noise("HARBOUR@")


def test_the_headings_of_a_payment_slip_are_nobodys_name() -> None:
    for words in ("Empfangsschein", "Zahlteil", "Récépissé", "Sezione pagamento", "Währung Betrag", "Payment part"):
        assert is_noise(words)
    assert not is_noise("Zahlteil Druck AG")
    assert is_title("R E C H N U N G")


def test_a_slogan_talks_and_a_name_does_not() -> None:
    assert talk("Gourmet without attitude") > 0.5
    assert talk("You decide what's inside") > 0.5
    assert talk("Bank of the North") == 0.0
