"""Which of the names on a document is its vendor's, and how it is spelt."""

from __future__ import annotations

import pytest

from extraction.evidence import Evidence
from extraction.fields.document import read_documents
from extraction.fields.legal_forms import spelt
from tests.fakes.pages import page_of


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
    assert spelt(printed) == name


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
