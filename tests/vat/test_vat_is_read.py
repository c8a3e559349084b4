"""What documents say of their VAT: e-invoices by category, prints by the words that the law asks for."""

from __future__ import annotations

import pytest

from extraction.einvoice.syntaxes import read_xml
from extraction.evidence import Evidence, Page, Word
from extraction.fields.layout.document_layout import lay_out
from extraction.fields.money.vat_treatment import read_tax_category, read_vendor_country
from tests.fakes.documents.einvoices import cii, ubl


def sheet(*lines: str):
    words = tuple(
        Word(word, (50.0 + 60 * n, 100.0 + 20 * row, 105.0 + 60 * n, 112.0 + 20 * row))
        for row, line in enumerate(lines)
        for n, word in enumerate(line.split())
    )
    return lay_out((Page(1, 1200.0, 800.0, words, "text"),))


@pytest.mark.parametrize(
    ("words", "category"),
    [
        ("Steuerschuldnerschaft des Leistungsempfängers", "AE"),
        ("VAT reverse charge applies", "AE"),
        ("Reverse-Charge: customer to account for the VAT", "AE"),
        ("Umkehr gemäß § 13b UStG", "AE"),
        ("Autoliquidation", "AE"),
        ("btw verlegd", "AE"),
        ("Steuerfreie innergemeinschaftliche Lieferung", "K"),
        ("Intra-community supply, Art. 138", "K"),
        ("Steuerfreie Ausfuhrlieferung", "G"),
        ("umsatzsteuerfrei nach § 4 Nr. 21", "E"),
        ("Kein Ausweis von Umsatzsteuer, da Kleinunternehmer", "E"),
        ("Outside the scope of UK VAT", "O"),
        ("Die Leistung ist nicht steuerbar", "O"),
        ("We charge nothing in reverse", None),
        ("Invoice for consulting", None),
    ],
)
def test_the_words_that_the_law_asks_for_are_read(words: str, category: str | None) -> None:
    found = read_tax_category(sheet("Invoice 17", words, "Total 100.00"), None)
    assert (found.value if found else None) == category
    assert found is None or (found.confidence > 0.85 and found.box)


def test_words_beside_charged_tax_are_of_something_else() -> None:
    assert read_tax_category(sheet("reverse charge"), Evidence("19.00", 1.0, "text")) is None
    assert read_tax_category(sheet("reverse charge"), Evidence("0.00", 1.0, "text")).value == "AE"


def test_words_of_two_kinds_are_a_doubt_and_words_over_two_rows_are_read() -> None:
    assert read_tax_category(sheet("reverse charge", "nicht steuerbar"), None).confidence < 0.85
    assert read_tax_category(sheet("Steuerschuldnerschaft des", "Leistungsempfängers"), None).value == "AE"


def test_a_sales_tax_tells_the_country() -> None:
    told = sheet("Staples", "Springfield, IL 62704", "Sales Tax 8.88", "Total $108.88")
    dollars, tax = Evidence("USD", 1.0, "text"), Evidence("8.88", 1.0, "text")
    assert read_vendor_country(told, tax, dollars).value == "US"
    assert read_vendor_country(told, tax, Evidence("EUR", 1.0, "text")) is None
    assert read_vendor_country(sheet("Staples", "VAT 8.88"), tax, dollars) is None


def test_categories_of_e_invoices_are_read_with_their_lines() -> None:
    rate, code = "<ram:RateApplicablePercent>", "<ram:CategoryCode>{}</ram:CategoryCode>"
    (mixed,) = read_xml(
        cii({f"{rate}19.00": f"{code.format('S')}{rate}19.00", f"{rate}7.00": f"{code.format('E')}{rate}0"})
    )
    assert [(line.rate, line.category, line.net) for line in mixed.taxes] == [
        ("0", "E", "20.00"),
        ("19", "S", "100.00"),
    ]
    assert mixed.tax_category is None
    reverse = code.format("AE") + rate
    (document,) = read_xml(cii({f"{rate}19.00": f"{reverse}0", f"{rate}7.00": f"{reverse}0"}))
    assert document.tax_category == Evidence("AE", 0.999, "xml")
    told = {
        "<cac:TaxCategory><cbc:Percent>19<": "<cac:TaxCategory><cbc:ID>K</cbc:ID><cbc:Percent>0<",
        "<cac:TaxCategory><cbc:Percent>7<": "<cac:TaxCategory><cbc:ID>K</cbc:ID><cbc:Percent>0<",
    }
    (of_ubl,) = read_xml(ubl(told))
    assert of_ubl.tax_category == Evidence("K", 0.999, "xml")
