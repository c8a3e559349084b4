"""The same purchase in each syntax of e-invoices says the same."""

from __future__ import annotations

import pytest

from extraction.einvoice.syntaxes import read_xml
from extraction.evidence import LineItem
from tests.fakes.documents.einvoices import IBAN, cii, fatturapa, ubl, ubl_credit_note, zugferd_1

PURCHASE = {
    "vendor": "Möbel Müller GmbH",
    "buyer": "Café Zürich AG",
    "number": "2024-117",
    "issue_date": "2025-03-03",
    "due_date": "2025-04-02",
    "currency": "EUR",
    "subtotal": "120.00",
    "tax": "20.40",
    "total": "140.40",
    "iban": IBAN,
    "bic": "COBADEFFXXX",
    "payment_reference": "RF18539007547034",
    "vat_id": "DE123456789",
    "purchase_order": "PO-7",
}
RATES = [("7", "20.00", "1.40", "xml"), ("19", "100.00", "19.00", "xml")]
LINES = (LineItem("Chair", "2", "50.00", "100.00"), LineItem("Book", "1", "20.00", "20.00"))


@pytest.mark.parametrize(
    ("xml", "kind"),
    [
        (ubl(), "invoice"),
        (ubl_credit_note(), "credit_note"),
        (cii(), "invoice"),
        (zugferd_1(), "invoice"),
        (fatturapa(), "invoice"),
    ],
    ids=["UBL", "UBL credit note", "CII", "ZUGFeRD 1", "FatturaPA"],
)
def test_every_term_is_read_without_a_doubt(xml: bytes, kind: str) -> None:
    (document,) = read_xml(xml)
    assert document.kind == kind
    assert {name: found.value for name, found in document.fields.items()} == PURCHASE
    assert {found.source for found in document.fields.values()} == {"xml"}
    assert min(found.confidence for found in document.fields.values()) > 0.99
    assert document.lines == LINES
    assert [(line.rate, line.net, line.tax, line.source) for line in document.taxes] == RATES


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("326", "invoice"),  # partial
        ("384", "invoice"),  # corrected
        ("389", "invoice"),  # self-billed
        ("751", "invoice"),  # for accounting only
        ("381", "credit_note"),
        ("396", "credit_note"),  # factored
        ("325", "other"),  # pro forma
    ],
)
def test_the_type_code_says_what_kind_it_is(code: str, kind: str) -> None:
    (document,) = read_xml(cii({"<ram:TypeCode>380<": f"<ram:TypeCode>{code}<"}))
    assert document.kind == kind


def test_a_correction_that_pays_back_is_a_credit_note() -> None:
    (document,) = read_xml(cii({"<ram:GrandTotalAmount>140.4<": "<ram:GrandTotalAmount>-140.4<"}))
    assert document.kind == "credit_note"
    assert document.value("total") == "-140.40"


@pytest.mark.parametrize(
    ("xml", "name"),
    [
        (ubl({"<cbc:RegistrationName>Möbel Müller GmbH</cbc:RegistrationName>": ""}), "Möbelhaus"),
        (
            fatturapa(
                {"<Denominazione>Möbel Müller GmbH</Denominazione>": "<Nome>Anna</Nome><Cognome>Rossi</Cognome>"}
            ),
            "Anna Rossi",
        ),
    ],
    ids=["trading name", "person"],
)
def test_a_seller_without_a_registered_name_is_known_by_another(xml: bytes, name: str) -> None:
    (document,) = read_xml(xml)
    assert document.value("vendor") == name


@pytest.mark.parametrize("date", ["2025-03-03Z", "2025-03-03+01:00", " 2025-03-03 "])
def test_dates_may_have_a_time_zone(date: str) -> None:
    (document,) = read_xml(ubl({"<cbc:IssueDate>2025-03-03<": f"<cbc:IssueDate>{date}<"}))
    assert document.value("issue_date") == "2025-03-03"


def test_a_due_date_in_words_is_worked_out_and_doubted() -> None:
    (document,) = read_xml(ubl({"<cbc:DueDate>2025-04-02</cbc:DueDate>": ""}))
    due = document.fields["due_date"]
    assert due.value == "2025-03-17"  # 3 March and 14 days
    assert due.source == "derived"
    assert due.confidence < 0.85
    assert "14 Tagen" in due.reason


def test_the_last_of_several_instalments_is_the_due_date() -> None:
    first = "<cac:PaymentTerms><cbc:PaymentDueDate>2025-03-20</cbc:PaymentDueDate></cac:PaymentTerms>"
    second = first.replace("03-20", "05-20")
    (document,) = read_xml(
        ubl({"<cbc:DueDate>2025-04-02</cbc:DueDate>": "", "<cac:PaymentTerms>": first + second + "<cac:PaymentTerms>"})
    )
    assert document.value("due_date") == "2025-05-20"


def test_an_order_that_is_not_available_is_none() -> None:
    (document,) = read_xml(ubl({"<cbc:ID>PO-7<": "<cbc:ID>NA<"}))
    assert "purchase_order" not in document.fields


def test_amounts_have_the_decimals_of_their_currency() -> None:
    (document,) = read_xml(
        cii({"InvoiceCurrencyCode>EUR<": "InvoiceCurrencyCode>JPY<", 'currencyID="EUR"': 'currencyID="JPY"'})
    )
    assert document.value("subtotal") == "120"
    assert document.value("total") == "140.4"  # more than the currency has is kept for a person to see


def test_an_invoice_without_amounts_per_line_is_read_as_factur_x_minimum_has_it() -> None:
    xml = cii().decode()
    start, end = xml.index("<ram:IncludedSupplyChainTradeLineItem>"), xml.index("<ram:ApplicableHeaderTradeAgreement>")
    (document,) = read_xml((xml[:start] + xml[end:]).encode())
    assert document.value("total") == "140.40"
    assert document.lines == ()


def test_fatturapa_with_two_bodies_makes_two_documents() -> None:
    xml = fatturapa().decode()
    start, end = xml.index("  <FatturaElettronicaBody>"), xml.index("</p:FatturaElettronica>")
    second = xml[start:end].replace("2024-117", "2024-118").replace("TD01", "TD04")
    first, other = read_xml((xml[:end] + second + xml[end:]).encode())
    assert (first.value("number"), first.kind) == ("2024-117", "invoice")
    assert (other.value("number"), other.kind) == ("2024-118", "credit_note")
    assert other.value("vendor") == "Möbel Müller GmbH"


def test_fatturapa_without_a_stated_total_adds_it_up() -> None:
    (document,) = read_xml(fatturapa({"<ImportoTotaleDocumento>140.40</ImportoTotaleDocumento>": ""}))
    assert document.value("total") == "140.40"


def test_an_invoice_is_found_in_the_envelope_that_peppol_sends_it_in() -> None:
    envelope = "http://www.unece.org/cefact/namespaces/StandardBusinessDocumentHeader"
    inner = ubl().decode().partition("?>")[2]
    header = "<StandardBusinessDocumentHeader/>"
    xml = f'<StandardBusinessDocument xmlns="{envelope}">{header}{inner}</StandardBusinessDocument>'
    (document,) = read_xml(xml.encode())
    assert document.value("number") == "2024-117"
