"""Which of the names on a document is its vendor's, and how it is spelt."""

from __future__ import annotations

import pytest

from extraction.evidence import CONFIDENCE_THRESHOLD, Evidence
from extraction.fields.decision.read_documents import read_documents
from extraction.fields.patterns.legal_forms import correct_legal_form
from tests.fakes.documents.drawn_pages import page_of, read_drawn


def vendor_of(text: str, confidence: float | None = None) -> Evidence:
    """The vendor of a page drawn in text; of a text layer, or else as read by OCR with that confidence."""
    page = page_of(text) if confidence is None else page_of(text, "ocr", confidence=confidence)
    (document,) = read_documents([page])
    return document.fields["vendor"]


@pytest.mark.parametrize(
    ("head", "vendor"),
    [
        ("HARBOUR LIGHTS\nBISTRO & CAFE", "HARBOUR LIGHTS BISTRO & CAFE"),
        ("Schreinerei Holz &\nSohn Tischlerei", "Schreinerei Holz & Sohn Tischlerei"),
        ("KEDAI MAJU JAYA\nSDN BHD", "KEDAI MAJU JAYA SDN BHD"),
    ],
)
def test_a_name_over_two_rows_is_one(head: str, vendor: str) -> None:
    found = vendor_of(f"{head}\n12 High Street\nTel 555 0142\n\nTOTAL   12.00\n")
    assert found.value == vendor
    assert found.box is not None
    assert found.box[3] - found.box[1] > 14  # both rows


@pytest.mark.parametrize(
    ("printed", "name"),
    [
        ("Dion Realties SÜM Bhd", "Dion Realties Sdn Bhd"),
        ("NORTHWIND HOLDINGS SDN EHD", "NORTHWIND HOLDINGS SDN BHD"),
        ("Muster Werkzeuge GmbN", "Muster Werkzeuge GmbH"),
        ("Harbour Lirnited", "Harbour Lirnited"),  # two letters off: it may be any word
        ("Chamber of Cooperation", "Chamber of Cooperation"),
        ("ACME SDN. BHD.", "ACME SDN. BHD."),
        ("GmbN", "GmbN"),
    ],
)
def test_a_misread_legal_form_is_put_right(printed: str, name: str) -> None:
    assert correct_legal_form(printed) == name


def test_a_text_layer_is_taken_at_its_word() -> None:
    text = "Muster Werkzeuge GmbN\nHafenweg 1\n20457 Hamburg\n\nRechnung 17\nGesamtbetrag   10,00 €\n"
    assert vendor_of(text).value == "Muster Werkzeuge GmbN"
    assert vendor_of(text, 0.9).value == "Muster Werkzeuge GmbH"


def test_neither_heading_nor_article_nor_label_is_the_vendor() -> None:
    text = (
        "TAX INVOICE\nGARDEN CORNER\nNo 12, Jalan Dedap\n81100 Johor Bahru\nGST SUMMARY\n"
        "QTY   ITEM   AMOUNT\nTOMATOES   2.40\nTOMATOES   2.40\nTOMATOES   2.40\nTOTAL   7.20\nCASH   10.00\n"
    )
    assert vendor_of(text, 0.8).value == "GARDEN CORNER"


def test_who_stands_below_the_heading_of_the_invoice_is_its_buyer() -> None:
    text = (
        "GARDENIA BREAD WORKS (KL) SDN BHD (139386-X)\nLOT 3, JALAN PELABUR\n40300 SHAH ALAM\n\nTAX INVOICE\n\n"
        "FRESH CORNER MARKET SDN BHD\nNO 8, JALAN DEDAP\n81100 JOHOR BAHRU\n\nTOTAL   52.08\n"
    )
    assert vendor_of(text, 0.95).value == "GARDENIA BREAD WORKS (KL) SDN BHD"


def test_a_shop_that_a_company_runs_is_doubted_the_more() -> None:
    """The books may want either name: a person is asked."""
    shop = "HARBOUR PIZZA\n12, Jalan Dedap\n81100 Johor Bahru\n\nTOTAL   12.00\n"
    alone, run = vendor_of(shop, 0.95), vendor_of(f"{shop}\nDOMMEL FOOD SDN BHD (123456-K)\n", 0.95)
    assert alone.value == "HARBOUR PIZZA"
    assert run.confidence < alone.confidence


def test_the_senders_line_over_an_address_is_known_without_its_dots() -> None:
    text = (
        "^Acme GmbH\n\n\nAcme GmbH Hafenweg 1 20457 Hamburg\n^Muster Studio GmbH\n^Torweg 6\n^10119 Berlin\n"
        "\nRechnung 17\nGesamtbetrag   10,00 €\n"
    )
    (document,) = read_documents([page_of(text, "ocr", confidence=0.8)])
    assert (document.value("vendor"), document.value("buyer")) == ("Acme GmbH", "Muster Studio GmbH")


def test_a_label_never_becomes_a_part_of_the_name_above_it() -> None:
    """OCR took noughts for letters, and "Company", which is also a trade, stands before its number."""
    text = "HARBA PETR0KI0SK\nCompany   JM0632980-V\nLot PT 198 Jalan Dedap\n81750 Masai\n\nTotal   12.00\n"
    assert vendor_of(text, 0.8).value == "HARBA PETROKIOSK"


def test_the_web_address_repairs_a_misread_logo_and_a_person_is_asked() -> None:
    text = "^H@RBAMANN\nBahnhofstr. 12\n33100 Paderborn\n\nZahnbürste   1,95\nSumme   1,95\n\nwww.harbamann.de\n"
    repaired = vendor_of(text, 0.8)
    assert (repaired.value, repaired.source, repaired.reason) == ("HARBAMANN", "derived", "read “H@RBAMANN”")
    assert repaired.confidence < CONFIDENCE_THRESHOLD


def test_who_serves_is_not_who_sells() -> None:
    text = "Harbour Pizza #7440\n870 West Dock Street\n\nServer: JAGDESH   Ticket #66\nTotal   12.00\n"
    assert vendor_of(text, 0.95).value == "Harbour Pizza"


def test_a_town_or_a_country_by_itself_is_not_the_vendor() -> None:
    text = "HARBOUR\nSAN DIEGO, CA\nPhone: 858-555-0071\nIreland\n\nTotal   12.00\n"
    assert vendor_of(text, 0.9).value == "HARBOUR"


def test_what_stands_in_parentheses_below_a_name_is_said_beside_it() -> None:
    text = "LANTERNMOLY VIVA CITY\n(LANTERNMOLY SHOP (95874))\nUNIT L1, JALAN DEDAP\n93350 KUCHING\n\nTotal   12.00\n"
    assert vendor_of(text, 0.9).value == "LANTERNMOLY VIVA CITY"


def test_a_hardly_legible_name_is_doubted() -> None:
    text = "RESTAURANT LANTERN SDN BHD (123456-K)\n12, Jalan Dedap\n81100 Johor Bahru\n\nTOTAL   12.00\n"
    assert vendor_of(text, 0.95).confidence >= CONFIDENCE_THRESHOLD
    assert vendor_of(text, 0.4).confidence < CONFIDENCE_THRESHOLD


def test_the_company_in_the_foot_leaves_the_shop_in_doubt() -> None:
    shop = "HARBOUR PIZZA\n12, Jalan Dedap\n81100 Johor Bahru\n\nSOUP   12.00\nTOTAL   12.00\n\n"
    assert vendor_of(f"{shop}Dommel Food Sdn Bhd\n", 0.95).confidence < vendor_of(shop, 0.95).confidence


def test_of_two_companies_side_by_side_without_headings_a_person_is_asked_which_one_sells() -> None:
    text = (
        "Invoice 103767\n\nAdatum Corporation          Cronus GmbH\nStation Road 21          Hofstraße 12\n"
        "48436 Düsseldorf          20097 Hamburg\n\nTotal   12.00\n"
    )
    assert vendor_of(text).confidence < CONFIDENCE_THRESHOLD


def test_the_station_that_a_property_is_sells_the_time() -> None:
    text = "INVOICE\nProperty       KXYZ\nKXYZ   Invoice #   1336165\n5801 Dock Avenue\nDakota Dunes, SD 57049\n"
    assert vendor_of(f"{text}\nAgency   Lantern Time, LLC\nTotal   12.00\n").value == "KXYZ"


def test_the_advertiser_buys_whoever_the_bill_is_sent_to() -> None:
    text = (
        "WTVM   INVOICE   Invoice #   1624156-1\n1909 Wynnton Road   Advertiser   Larch for Senate\n"
        "Columbus, GA 31906   Product   Primary\nBilling Address:   Advertiser Code   1149\n"
        "Canal Partners Media\nAttention: Accounts Payable\n900 Circle 75 PKWY\nAtlanta, GA 30339\n"
    )
    found = read_documents([page_of(text)])[0].fields["buyer"]
    assert found.value == "Larch for Senate"


def test_the_seller_of_a_labelled_block_is_the_vendor() -> None:
    text = (
        "Handelsrechnung Nr. 4711 vom 01.12.2025\n"
        "Verkäufer\nName:           Muster Autovermietung\nAnschrift:      Musterstr. 99\n"
        "Käufer\nName:           Muster Kunde GmbH\nAnschrift:      Kundenweg 88\n"
    )
    document = read_drawn(text)
    assert (document.value("vendor"), document.value("buyer")) == ("Muster Autovermietung", "Muster Kunde GmbH")


def test_a_tagline_is_not_joined_with_the_line_of_the_sender_below() -> None:
    text = "^Acme\nIndustrial design\n\n\nAcme GmbH\n"
    assert read_drawn(text).value("vendor") in {"Acme", "Acme GmbH"}
    over_two_rows = read_drawn("Industrial design\nand prototyping GmbH\n")
    assert over_two_rows.value("vendor") == "Industrial design and prototyping GmbH"


def test_who_the_window_of_the_envelope_shows_is_the_buyer() -> None:
    text = (
        "^Acme GmbH\n\n\nAcme GmbH · Hafenweg 1 · 20457 Hamburg\n^Muster Studio GmbH\n^Torweg 6\n^10119 Berlin\n"
        "\nRechnung 17\nGesamtbetrag   10,00 €\n"
    )
    document = read_drawn(text)
    assert (document.value("vendor"), document.value("buyer")) == ("Acme GmbH", "Muster Studio GmbH")


@pytest.mark.parametrize(
    ("line", "vendor"),
    [
        ("Van der Meer B.V.", "Van der Meer B.V."),
        ("Złota Sowa Sp. z o.o. – ul. Młynarska 21", "Złota Sowa Sp. z o.o."),
        ("Cascade Services, Inc., Seattle", "Cascade Services, Inc."),
        ("Acme GmbH.", "Acme GmbH"),
        ("ACME SDN. BHD. (123456-K)", "ACME SDN. BHD."),
    ],
)
def test_a_name_ends_with_the_dot_of_its_legal_form_only(line: str, vendor: str) -> None:
    assert read_drawn(f"{line}\nInvoice 1\n").value("vendor") == vendor
