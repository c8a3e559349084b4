"""Whole documents, drawn in text, are read field by field."""

from __future__ import annotations

import pytest

from extraction.evidence import CONFIDENCE_THRESHOLD, LineItem, ReadDocument
from extraction.fields.decision.read_documents import read_documents
from extraction.fields.layout.document_layout import lay_out
from extraction.fields.money.labelled_amounts import amounts_of
from extraction.fields.money.total_candidates import total_candidates
from tests.fakes.documents.drawn_pages import page_of

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


def read(text: str, source: str = "text", confidence: float = 1.0) -> ReadDocument:
    (document,) = read_documents([page_of(text, source, confidence=confidence)])  # type: ignore[arg-type]
    return document


def test_a_german_invoice_is_read_in_full() -> None:
    document = read(GERMAN_INVOICE)
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
    due = read(GERMAN_INVOICE).fields["due_date"]
    assert due.source == "derived"
    assert due.reason.startswith('from "')
    assert "30 Tagen" in due.reason
    assert due.confidence < CONFIDENCE_THRESHOLD


def test_line_items_are_read_from_a_table_with_headings() -> None:
    assert read(GERMAN_INVOICE).lines == (
        LineItem("Bohrmaschine", "2", "250.00", "500.00"),
        LineItem("Koffer", "10", "55.00", "550.00"),
    )


def test_the_total_of_a_till_slip_is_neither_the_cash_nor_the_subtotal() -> None:
    document = read(TILL_SLIP, "ocr", 0.9)
    assert document.kind == "receipt"
    assert document.value("total") == "16.30"  # 20.00 - 3.70, and 15.40 + 0.92 - 0.02
    assert document.value("subtotal") == "15.40"
    assert document.value("tax") == "0.92"
    assert document.value("vendor") == "MEI HUA TRADING SDN BHD"
    assert document.value("issue_date") == "2018-12-25"
    assert document.value("currency") == "MYR"
    assert document.value("number") == "CS00031663"


def test_an_american_invoice_has_its_month_first_and_its_buyer_is_not_the_vendor() -> None:
    document = read(US_INVOICE)
    assert document.kind == "invoice"
    assert document.value("issue_date") == "2020-04-05"
    assert document.value("vendor") == "Harbor Television LLC"
    assert document.value("buyer") == "Grassroots Media LLC"
    assert document.value("number") == "AA20040134"
    assert document.value("currency") == "USD"
    assert document.value("total") in {"10910.00", "9273.50"}


def test_an_order_is_no_invoice() -> None:
    assert read(ORDER).kind == "other"


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
    assert read(f"^{title}\nAcme GmbH\n\nMusterweg 5\n12345 Berlin\n\n\n\n\n\n").kind == kind


def test_a_total_that_fits_nothing_else_is_doubted_when_it_was_hard_to_read() -> None:
    text = "CORNER SHOP\n12 High Street\nBREAD   2.20\nMILK   1.15\nTOTAL   87.60\n"
    total = read(text, "ocr", 0.5).fields["total"]
    assert total.value == "87.60"
    assert total.confidence < CONFIDENCE_THRESHOLD


def test_a_total_that_cash_less_change_confirms_is_surer_than_one_they_contradict() -> None:
    slip = "CORNER SHOP\nBREAD   2.20\nMILK   4.40\nTOTAL   {}\nCASH   20.00\nCHANGE   3.40\n"
    confirmed, contradicted = (read(slip.format(total), "ocr", 0.8).fields["total"] for total in ("16.60", "18.60"))
    assert (confirmed.value, contradicted.value) == ("16.60", "18.60")
    assert confirmed.confidence > contradicted.confidence + 0.1


def test_cash_is_the_total_where_it_is_paid_to_the_cent_and_the_total_is_not_legible() -> None:
    slip = "CAFE LATTE   11.32\nSTTL   11.32\n6% GST   0.68\nTOTAL   2 O\nCASH   12.00\nCHANGE   0.00\n"
    assert read(slip, "ocr", 0.9).value("total") == "12.00"


def test_what_a_machine_accepted_is_no_total() -> None:
    slip = "Parking ticket   5.00 RM\nAmount incl. GST   5.00 RM\nAccepted total   10.00 RM\nChan9e   5.00 RM\n"
    assert read(slip, "ocr", 0.9).value("total") == "5.00"


def test_what_is_already_paid_does_not_change_the_total() -> None:
    sums = "Total HT   500,00 €\nTVA 20%   100,00 €\nTotal TTC   600,00 €\n"
    assert read(f"Facture FA-1\n{sums}Acompte   200,00 €\nSolde à payer   400,00 €").value("total") == "600.00"


@pytest.mark.parametrize(
    ("amount", "currency"),
    [("1.249,50 €", "EUR"), ("RM 12.50", "MYR"), ("£9.99", "GBP"), ("CHF 1'200.00", "CHF"), ("CA$ 5.00", "CAD")],
)
def test_the_currency_stands_beside_the_amounts(amount: str, currency: str) -> None:
    assert read(f"Some Shop\nTotal   {amount}").value("currency") == currency


def test_a_bare_dollar_is_doubted_until_something_else_speaks_for_one_country() -> None:
    bare = read("Some Shop\nTotal   $12.50").fields["currency"]
    american = read("Some Shop\nAustin, TX 78701\nTotal   $12.50").fields["currency"]
    assert bare.confidence < CONFIDENCE_THRESHOLD
    assert american.value == "USD"
    assert american.confidence > bare.confidence


def test_a_box_lies_around_the_value_on_its_page() -> None:
    found = read(TILL_SLIP).fields["total"]
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


def test_a_dollar_sign_that_ocr_took_for_a_digit_is_put_right_when_every_amount_has_it() -> None:
    text = "NOODLE BAR\nBEEF NOODLES   57.10\nTEA   51.10\nTOTAL AMOUNT   58.20\n"  # $7.10 + $1.10 = $8.20
    total = read(text, "ocr", 0.8).fields["total"]
    assert total.value == "8.20"
    assert read(text.replace("57.10", "37.10"), "ocr", 0.8).fields["total"].value == "58.20"


def test_a_total_rounded_for_cash_is_the_total() -> None:
    text = (
        "KEDAI MAJU\nTOTAL INCL GST   29.28\nROUNDING ADJ   0.02\nTOTAL ROUNDED   29.30\nCASH   50.00\nCHANGE   20.70\n"
    )
    assert read(text, "ocr", 0.9).value("total") == "29.30"


def test_the_seller_of_a_labelled_block_is_the_vendor() -> None:
    text = (
        "Handelsrechnung Nr. 4711 vom 01.12.2025\n"
        "Verkäufer\nName:           Muster Autovermietung\nAnschrift:      Musterstr. 99\n"
        "Käufer\nName:           Muster Kunde GmbH\nAnschrift:      Kundenweg 88\n"
    )
    document = read(text)
    assert (document.value("vendor"), document.value("buyer")) == ("Muster Autovermietung", "Muster Kunde GmbH")


def test_a_total_whose_first_digit_may_be_a_dollar_sign_is_doubted() -> None:
    text = "NOODLE BAR\nBEEF NOODLES   $37.10\nTOTAL AMOUNT   58.20\n"
    assert read(text, "ocr", 0.99).fields["total"].confidence < CONFIDENCE_THRESHOLD
    assert read(text.replace("58.20", "48.20"), "ocr", 0.99).fields["total"].confidence >= CONFIDENCE_THRESHOLD


def test_amounts_have_the_decimals_of_their_currency() -> None:
    text = "Invoice 7\nLamp   2   42,000   84,000\nSubtotal   ¥84,000\nTax 10%   ¥8,400\nTotal   ¥92,400\n"
    document = read(text)
    assert [document.value(name) for name in ("currency", "subtotal", "tax", "total")] == [
        "JPY",
        "84000",
        "8400",
        "92400",
    ]


def test_the_tax_of_several_rates_is_their_sum_and_says_so() -> None:
    rates = "Total HT   2 096,70 €\nTVA 10%   128,25 €\nTVA 20%   162,84 €\nTotal TTC   2 387,79 €\n"
    tax = read(f"Facture FA-1\n{rates}").fields["tax"]
    assert (tax.value, tax.source) == ("291.09", "derived")  # 128.25 + 162.84
    assert tax.reason == "sum of 128.25 + 162.84"


def test_amounts_in_a_row_are_named_by_their_columns() -> None:
    text = "SUMME   58,36\n\nMwSt   Netto   MwSt   Brutto\nA=19%  13,88   2,64   16,52\nB=7%   39,10   2,74   41,84\n"
    document = read(text + "Summe  52,98   5,38   58,36\n")
    assert [document.value(name) for name in ("subtotal", "tax", "total")] == ["52.98", "5.38", "58.36"]


def test_an_amount_rounded_to_is_not_taken_for_the_adjustment() -> None:
    text = "KEDAI\nTOTAL (INCLUSIVE GST) RM   52.08\nROUNDING ADJUSTMENT   .02\nROUNDING RM   52.10\n"
    assert read(text + "CASH   60.00\nCHANGE   7.90\n", "ocr", 0.9).value("total") == "52.10"


def test_a_tagline_is_not_joined_with_the_line_of_the_sender_below() -> None:
    text = "^Acme\nIndustrial design\n\n\nAcme GmbH\n"
    assert read(text).value("vendor") in {"Acme", "Acme GmbH"}
    assert read("Industrial design\nand prototyping GmbH\n").value("vendor") == "Industrial design and prototyping GmbH"


def test_who_the_window_of_the_envelope_shows_is_the_buyer() -> None:
    text = (
        "^Acme GmbH\n\n\nAcme GmbH · Hafenweg 1 · 20457 Hamburg\n^Muster Studio GmbH\n^Torweg 6\n^10119 Berlin\n"
        "\nRechnung 17\nGesamtbetrag   10,00 €\n"
    )
    document = read(text)
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
    assert read(f"{line}\nInvoice 1\n").value("vendor") == vendor


def test_a_reference_for_the_payment_is_known_by_its_words() -> None:
    document = read("Corrib Power Ltd\nInvoice no.   10448273\nPayment reference   9921-0448273\n")
    assert (document.value("number"), document.value("payment_reference")) == ("10448273", "9921-0448273")


def test_the_number_of_the_buyers_order_is_told_from_the_sellers() -> None:
    document = read("Acme GmbH\nAuftragsnummer   AB-558120\nIhre Bestellung   B-20957\n")
    assert document.value("purchase_order") == "B-20957"


@pytest.mark.parametrize(
    ("slip", "whole", "less"),
    [
        ("TOTAL   68.87\nGST 6%   4.13\nIN ALL   73.00\n", "73.00", "68.87"),  # 68.87 + 4.13 = 73.00
        ("TOTAL   4.00\nACCEPTED TOTAL   10.00\nCASH   10.00\nCHANGE   6.00\n", "4.00", "10.00"),  # 10.00 - 6.00
    ],
)
def test_sums_speak_against_an_amount_beside_which_another_is_the_whole(slip: str, whole: str, less: str) -> None:
    candidates = total_candidates(amounts_of(lay_out([page_of(slip)])))
    found = {one.value: one for one in candidates}
    assert found[whole].agreement > 0
    assert (found[less].features["less"], found[whole].features["less"]) == (1, 0)


def test_cash_without_a_change_is_not_the_total() -> None:
    assert read("SHOP\nBREAD   2.20\nMILK   4.40\nTOTAL   16.60\nCASH   20.00\n", "ocr", 0.8).value("total") == "16.60"
