"""Kinds of fault that were once read wrong without a doubt, several documents of each: read right, or doubted."""

from __future__ import annotations

import pytest

from extraction.evidence import CONFIDENCE_THRESHOLD, ReadDocument
from extraction.fields.decision.read_documents import read_documents
from tests.fakes.documents.drawn_pages import page_of, read_drawn


def scanned(text: str) -> ReadDocument:
    """What is read of a page that OCR saw."""
    return read_documents([page_of(text, "ocr", confidence=0.95)])[0]


def sure(document: ReadDocument, field: str) -> bool:
    found = document.fields.get(field)
    return found is not None and found.confidence >= CONFIDENCE_THRESHOLD


@pytest.mark.parametrize(
    "text",
    [
        "Contoso GmbH\nRechnung Nr. 77\nHolzdiele   250,00 EUR\nMalen   60,00 EUR\nZwischensumme   310,00 EUR\n"
        "Steuer   0,00 EUR\nRechnungsbetrag   310,00 EUR",
        "Northwind Ltd\nInvoice 77\nPlanks   250.00\nPainting   60.00\nSubtotal   310.00\nVAT   0.00\nTotal   310.00",
        "Dupont SARL\nFacture no. 77\nPlanches   250,00 €\nPeinture   60,00 €\nTotal HT   310,00 €\nTVA   0,00 €\n"
        "Total TTC   310,00 €",
        "Timber Yard\nBOARDS   250.00\nNAILS   47.50\nGLUE   12.50\nSUBTOTAL   310.00\nTAX   0.00\nTOTAL   310.00",
    ],
)
def test_lines_that_happen_to_add_up_do_not_beat_labels(text: str) -> None:
    document = read_drawn(text)
    assert [document.value(name) for name in ("subtotal", "tax", "total")] == ["310.00", "0.00", "310.00"]


def test_service_that_makes_the_total_is_no_tax_where_the_tax_is_named() -> None:
    document = scanned("CAFE\nSoup   16.35\nSubtotal   16.35\nService 10%   1.64\nTotal   17.99\nVAT included   2.72\n")
    assert document.value("tax") == "2.72" or not sure(document, "tax")


@pytest.mark.parametrize(
    ("text", "total"),
    [
        ("COFFEE\nTotal Amount   600.00\nVAT Amount   75.00\nNet Invoice Amount   675.00\nPAYMENT SUMMARY\n"
         "Cash   1000.00\nTotal Amount   1000.00\nAmount Repaid   325.00", "675.00"),
        ("KIOSK\nBread   6.40\nMilk   1.90\nTotal   8.30\nCash   10.00\nTotal paid   10.00\nChange   1.70", "8.30"),
        ("BÄCKER\nBrot   6,40\nSumme   8,30\nBar   20,00\nSumme gegeben   20,00\nRückgeld   11,70", "8.30"),
        ("SUPERMERCADO\nPan   6,40\nTotal   8,30\nEfectivo   10,00\nTotal entregado   10,00\nCambio   1,70", "8.30"),
    ],
)  # fmt: skip
def test_cash_is_no_total_whatever_words_add_it_up(text: str, total: str) -> None:
    assert read_drawn(text).value("total") == total


@pytest.mark.parametrize(
    ("text", "total", "reason"),
    [
        ("SCE&G\nPrevious Bill Amount   $168.42\nPayment Received 04/15/18   -$100.00\nCurrent Charges   $148.89\n"
         "Amount Due on 5/17/18   $217.31", "217.31", "148.89 is new, 68.42 was brought forward"),
        ("Stadtwerke\nSaldovortrag   68,42 €\nVerbrauch   148,89 €\nZahlbetrag   217,31 €", "217.31",
         "148.89 is new, 68.42 was brought forward"),
        ("Water Co\nBalance forward   80.00\nNew charges   40.00\nTotal due   120.00", "120.00",
         "40.00 is new, 80.00 was brought forward"),
    ],
)  # fmt: skip
def test_what_was_brought_forward_is_told_apart_from_what_is_new(text: str, total: str, reason: str) -> None:
    found = read_drawn(text).fields["total"]
    assert (found.value, found.reason) == (total, reason)
    assert found.confidence < CONFIDENCE_THRESHOLD


def test_a_last_bill_that_was_paid_raises_no_doubt() -> None:
    text = "Water Co\nPrevious balance   80.00\nPayment received   -80.00\nCurrent charges   40.00\nTotal due   40.00"
    document = read_drawn(text)
    assert document.value("total") == "40.00"
    assert sure(document, "total")


@pytest.mark.parametrize(
    "text",
    [
        "Musterfirma AG\nDie Rechnungsnummer lautet M-1675.\nBrutto Endsumme   1.428,60 €\nZahlbar bis zum 10.04.2026.",
        "Northwind Ltd\nInvoice M-1675\nTotal   1428.60\nPayment due by 10 April 2026",
        "Dupont SARL\nFacture M-1675\nTotal TTC   1428,60 €\nÉchéance : 10/04/2026",
    ],
)
def test_a_date_that_is_only_due_is_no_date_of_issue(text: str) -> None:
    document = read_drawn(text)
    assert document.value("due_date") == "2026-04-10"
    assert "issue_date" not in document.fields


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("Corner Deli\nSpringfield\nReceipt\n04/05/25\nTOTAL   $4.99", "2025-04-05 or 2025-05-04"),
        ("T&T\n222 Cherry St, Toronto ON M5A 3L2\n12/02/25\nTOTAL   $4.99", "2025-02-12 or 2025-12-02"),
        (
            "Mangal Sweets\nPatpar Ganj, Delhi 110092\n04/05/25\nTOTAL   Rs.4.99",
            "2025-05-04 or 2025-04-05",
        ),
        ("Loblaws\nToronto ON M5B 1J2\nTOTAL   15.81\nDateTime: 26/02/11 17:03:22", "2026-02-11 or 2011-02-26"),
    ],
)
def test_a_date_that_cannot_be_known_is_a_doubt_that_names_both(text: str, days: str) -> None:
    found = read_drawn(text).fields["issue_date"]
    assert (found.value, found.reason) == (days[:10], days)
    assert found.confidence < CONFIDENCE_THRESHOLD


@pytest.mark.parametrize(
    "text",
    [
        "Corner Deli\nSpringfield, IL 62701\nReceipt\n04/05/25\nMilk   $4.99\nTOTAL   $4.99",
        "Kedai Roti Sdn Bhd\nReceipt\n04/05/25\nMee   RM4.99\nTOTAL   RM4.99",
        "Corner Deli\nReceipt\nFri 04/04/25\nMilk   $4.99\nTOTAL   $4.99",
    ],
)
def test_where_something_tells_the_order_no_doubt_is_raised(text: str) -> None:
    assert sure(read_drawn(text), "issue_date")


@pytest.mark.parametrize(
    ("text", "currency", "without_doubt"),
    [
        # the sign on every amount, whatever the country: but whose dollar it is, nothing tells
        ("Müller\nHauptstraße 12, 12345 Berlin\nNetto   84,03 $\nUSt 19%   15,97 $\nBrutto   100,00 $", "USD", False),
        ("Atelier\n75001 Paris, France\nHT   84,03 €\nTVA   15,97 €\nTotal TTC   100,00 €", "EUR", True),
        ("Northwind\nAustin, TX 78701\nSubtotal   $84.03\nSales tax   $15.97\nTotal   $100.00", "USD", True),
        ("Tim's\nToronto ON M5A 3L2\nSubtotal   $84.03\nHST   $15.97\nTotal   $100.00", "CAD", True),
        ("Bondi Cafe\nABN 51 824 753 556\nTotal   $100.00\nGST   $9.09", "AUD", True),
        # capitals and digits of a number are no address
        ("Huber e.K.\nMarktplatz 3, 80331 München\nRechnung RE 20241\nBrot   10,00\nSumme   10,00", "EUR", True),
        ("Huber GmbH\nMarktplatz 3, 10115 Berlin\nRechnung IN 46201\nBrot   10,00\nSumme   10,00", "EUR", True),
        ("Bouw B.V.\nFactuur OR 97201\nBTW   1,74\nTotaal   10,00", "EUR", True),
        # a krone by its country
        ("Snickeri AB\nBankgiro 123-4567\nNetto   100,00 kr\nMoms   25,00 kr\nAtt betala   125,00 kr", "SEK", True),
        ("Tømrer AS\n987 654 321 MVA\nSum   125,00 kr", "NOK", True),
        ("Snedker ApS\nCVR 12345678\nTotal   125,00 kr.", "DKK", True),
        ("Woodwork\nTotal   125,00 kr", "SEK", False),
        # signs of one country
        ("Sweets\nTotal   ₹499.00", "INR", True),
        ("Dükkan\nToplam   499,00 ₺", "TRY", True),
        ("Sklep\nRazem   499,00 zł", "PLN", True),
        ("Obchod\nCelkem   499,00 Kč", "CZK", True),
        ("Warung\nTotal   Rp 48.000", "IDR", True),
        ("Bodega\nRUC 20123456789\nTotal   S/ 49.90", "PEN", True),
        ("Padaria\nTotal   R$ 49,90", "BRL", True),
        ("Souk\nTotal   49.90 د.إ", "AED", True),
        ("Kedai\nTotal   RM 49.90", "MYR", True),
    ],
)  # fmt: skip
def test_the_currency_is_what_is_printed(text: str, currency: str, without_doubt: bool) -> None:
    document = read_drawn(text)
    assert document.value("currency") == currency
    assert sure(document, "currency") == without_doubt


@pytest.mark.parametrize(
    "line",
    ["BALL PEN   2.50", "PEN 2.50", "TRY ME BISCUITS   2.50", "TISSUE   €2.50", "TISSUE   ¥2.50"],
)
def test_a_word_or_a_misread_sign_beside_one_amount_is_no_currency(line: str) -> None:
    others = "".join(f"ITEM {number}   {number}.00\n" for number in range(1, 7))
    document = scanned(f"KEDAI BUKU SDN BHD\nNO 5 JALAN BESAR\n{line}\n{others}TOTAL   23.50\nCASH   23.50\n")
    assert document.value("currency") == "MYR"
    assert sure(document, "currency")


def test_a_till_in_malaysia_that_prints_dollars_means_ringgit() -> None:
    assert scanned("KEDAI SDN BHD\nMEE   $9.50\nTOTAL   $9.50\n").value("currency") == "MYR"
