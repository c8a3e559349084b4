"""Whole documents, drawn in text, are read field by field."""

from __future__ import annotations

import pytest

from extraction.evidence import CONFIDENCE_THRESHOLD, LineItem
from extraction.fields.decision.read_documents import read_documents
from tests.fakes.documents.drawn_pages import page_of, read_drawn

GERMAN_INVOICE = """
^Acme Werkzeuge GmbH
Hauptstraße 5, 12345 Stadthausen                      Tel. 030 1234567
                                                      www.acme-werkzeuge.de
Kunde:
Beispiel AG
Feldstraße 34
54321 Hithausen

^Rechnung Nr. RE-2024/117 vom 03.03.2025

Pos   Bezeichnung              Menge     Einzelpreis     Gesamt
1     Bohrmaschine             2         250,00          500,00
2     Koffer                   10        55,00           550,00

                                         Summe netto     1.050,00
                                         zzgl. 19% USt     199,50
                                         Rechnungsbetrag 1.249,50 €

Zahlbar innerhalb von 30 Tagen ohne Abzug.
IBAN: DE88 2008 0000 0970 3757 00   BIC: COBADEFFXXX   USt-ID: DE136695976
"""

TILL_SLIP = """
   MEI HUA TRADING SDN BHD
       (123456-K)
 NO 12, JALAN DEDAP 13
 81100 JOHOR BAHRU
     TAX INVOICE
 DOC NO CS00031663
 DATE 25/12/2018   12:31:00
 NASI LEMAK          12.00
 TEH TARIK            3.40
 SUBTOTAL            15.40
 GST 6%               0.92
 ROUNDING            -0.02
 TOTAL         RM    16.30
 CASH                20.00
 CHANGE               3.70
 THANK YOU PLEASE COME AGAIN
"""

US_INVOICE = """
^INVOICE                                       Page 1 of 1
Remit Address:
Harbor Television LLC          Invoice #       AA20040134
371 Target Circle              Invoice Date    04/05/20
Bangor, ME 04401               Invoice Period  03/30/20 - 04/12/20
Billing Address:               Order #         8973
Grassroots Media LLC
2 Bala Plaza
Bala Cynwyd, PA 19004

Gross Total         $10,910.00
Agency Commission    $1,636.50
Net Amount Due       $9,273.50    Payment Terms 30 Days
"""

ORDER = """
^ORDER                                 Print Date 02/28/20
Order / Rev:      14086
Agency            Committee to Elect
Flight Dates:     03/03/20 - 03/03/20
Totals            3       $600.00
"""


def test_a_german_invoice_is_read_in_full() -> None:
    document = read_drawn(GERMAN_INVOICE)
    assert document.kind == "invoice"
    assert {name: found.value for name, found in document.fields.items()} == {
        "vendor": "Acme Werkzeuge GmbH",
        "buyer": "Beispiel AG",
        "number": "RE-2024/117",
        "issue_date": "2025-03-03",
        "due_date": "2025-04-02",
        "currency": "EUR",
        "subtotal": "1050.00",
        "tax": "199.50",
        "total": "1249.50",  # 1050.00 + 199.50
        "iban": "DE88200800000970375700",
        "bic": "COBADEFFXXX",
        "vat_id": "DE136695976",
    }


def test_a_due_date_from_terms_says_where_it_comes_from_and_is_doubted() -> None:
    due = read_drawn(GERMAN_INVOICE).fields["due_date"]
    assert due.source == "derived"
    assert due.reason.startswith('from "')
    assert "30 Tagen" in due.reason
    assert due.confidence < CONFIDENCE_THRESHOLD


def test_line_items_are_read_from_a_table_with_headings() -> None:
    assert read_drawn(GERMAN_INVOICE).lines == (
        LineItem("Bohrmaschine", "2", "250.00", "500.00"),
        LineItem("Koffer", "10", "55.00", "550.00"),
    )


def test_the_total_of_a_till_slip_is_neither_the_cash_nor_the_subtotal() -> None:
    document = read_drawn(TILL_SLIP, "ocr", 0.9)
    assert document.kind == "receipt"
    assert document.value("total") == "16.30"  # 20.00 - 3.70, and 15.40 + 0.92 - 0.02
    assert document.value("subtotal") == "15.40"
    assert document.value("tax") == "0.92"
    assert document.value("vendor") == "MEI HUA TRADING SDN BHD"
    assert document.value("issue_date") == "2018-12-25"
    assert document.value("currency") == "MYR"
    assert document.value("number") == "CS00031663"


def test_an_american_invoice_has_its_month_first_and_its_buyer_is_not_the_vendor() -> None:
    document = read_drawn(US_INVOICE)
    assert document.kind == "invoice"
    assert document.value("issue_date") == "2020-04-05"
    assert document.value("vendor") == "Harbor Television LLC"
    assert document.value("buyer") == "Grassroots Media LLC"
    assert document.value("number") == "AA20040134"
    assert document.value("currency") == "USD"
    assert document.value("total") in {"10910.00", "9273.50"}


def test_an_order_is_no_invoice() -> None:
    assert read_drawn(ORDER).kind == "other"


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("Gutschrift", "credit_note"),
        ("CREDIT NOTE", "credit_note"),
        ("Statement of Account", "statement"),
        ("Quotation", "other"),
        ("Lieferschein", "other"),
        ("Facture", "invoice"),
    ],
)
def test_the_title_tells_the_kind(title: str, kind: str) -> None:
    assert read_drawn(f"^{title}\nAcme GmbH\n\nMusterweg 5\n12345 Berlin\n\n\n\n\n\n").kind == kind


def test_a_box_lies_around_the_value_on_its_page() -> None:
    found = read_drawn(TILL_SLIP).fields["total"]
    assert found.page == 1
    assert found.box is not None
    left, top, right, bottom = found.box
    assert right - left == pytest.approx(5 * 6.0)  # "16.30" in letters of 6
    assert bottom - top == pytest.approx(10.0)


def test_values_of_a_second_page_carry_its_number() -> None:
    first = page_of("^Invoice 2024-7\nAcme Ltd\nInvoice date 3 March 2025")
    second = page_of("Subtotal   100.00\nVAT 20%   20.00\nTotal due   £120.00", number=2)
    (document,) = read_documents([first, second])
    assert document.pages == (1, 2)
    assert (document.value("total"), document.fields["total"].page) == ("120.00", 2)


def test_a_page_without_words_is_a_document_without_fields() -> None:
    (document,) = read_documents([page_of("")])
    assert (document.kind, document.fields, document.lines) == ("other", {}, ())


def test_no_pages_make_no_document() -> None:
    assert read_documents([]) == ()
