"""Print and payment code together: agreement makes sure, contradiction is shown, and no value is lost."""

from __future__ import annotations

from decimal import Decimal

import pytest

from extraction.evidence import CONFIDENCE_THRESHOLD, Box, Evidence, Kind, LineItem, Page, ReadDocument, Source
from extraction.payment_qr import Payment, PaymentCode
from extraction.pipeline.extract import extract_documents
from extraction.pipeline.merge_sources import merge_einvoice, merge_payment_codes
from tests.fakes.documents.document_files import encoded
from tests.fakes.documents.drawn_pages import page_of
from tests.fakes.documents.payment_codes import IBAN, SWISS_IBAN, epc, picture, printed, swiss

BOX: Box = (1.0, 2.0, 3.0, 4.0)
CODE: Box = (400.0, 600.0, 500.0, 700.0)
PAGE = page_of("Acme GmbH\nTotal 140.40\nPaid before 100.00\nIBAN DE89 3704 0044 0532 0130 00")
PAYMENT = Payment(IBAN, "Acme GmbH", "EUR", Decimal("140.40"))


def document(
    kind: Kind = "invoice", source: Source = "text", pages: tuple[int, ...] = (1,), **values: object
) -> ReadDocument:
    """A document of values, each as text or as text with its confidence, all in `BOX`."""
    fields = {}
    for name, value in values.items():
        text, confidence = value if isinstance(value, tuple) else (value, 0.95)
        fields[name] = Evidence(str(text), confidence, source, 1, None if source == "xml" else BOX)
    return ReadDocument(kind, pages, fields)


def code(payment: Payment = PAYMENT, page: int = 1) -> PaymentCode:
    return PaymentCode(payment, page, CODE)


def combined(read_document: ReadDocument, *codes: PaymentCode, page: Page = PAGE) -> ReadDocument:
    (found,) = merge_payment_codes([read_document], codes, [page])
    return found


def test_agreement_makes_a_value_surer_than_either_source() -> None:
    total = combined(document(total=("140.40", 0.9)), code()).fields["total"]
    assert total.value == "140.40"
    assert total.confidence == pytest.approx(1 - 0.1 * 0.03)  # wrong only if both are: 90 % and 97 %
    assert (total.source, total.box, total.reason) == ("qr", BOX, "")


def test_a_total_that_differs_is_the_codes_and_doubted() -> None:
    total = combined(document(total="100.00"), code()).fields["total"]
    assert (total.value, total.reason) == ("140.40", "the print says 100.00")
    assert total.confidence < CONFIDENCE_THRESHOLD


def test_a_part_of_the_amount_that_is_printed_is_no_other_amount() -> None:
    page = page_of("Acme GmbH\nAmount  123 949.75")
    ((*_, x1, _),) = (word.box for word in page.words if "949" in word.text)
    part = Evidence(
        "949.75", 0.95, "text", 1, (x1 - 36, 28, x1, 38)
    )  # its six characters at the end of the second line
    read_of_page = ReadDocument("invoice", (1,), {"total": part})
    found = combined(read_of_page, code(Payment(IBAN, "Acme GmbH", "CHF", Decimal("123949.75"))), page=page)
    total = found.fields["total"]
    assert (total.value, total.reason) == ("123949.75", "")
    assert total.confidence > 0.99
    assert total.box == pytest.approx((x1 - 60, 28, x1, 38))  # all ten


def test_a_total_that_was_hardly_read_is_no_contradiction() -> None:
    total = combined(document(total=("100.00", 0.4)), code()).fields["total"]
    assert (total.value, total.reason) == ("140.40", "")
    assert total.confidence > CONFIDENCE_THRESHOLD


def test_another_account_in_the_letterhead_is_no_doubt_where_the_codes_is_printed_too() -> None:
    found = combined(document(iban="GB33BUKB20201555555555"), code()).fields["iban"]
    assert (found.value, found.reason) == (IBAN, "")
    elsewhere = combined(document(iban="GB33BUKB20201555555555"), code(), page=page_of("GB33BUKB20201555555555"))
    assert elsewhere.fields["iban"].reason == "the print says GB33BUKB20201555555555"
    assert elsewhere.fields["iban"].confidence < CONFIDENCE_THRESHOLD


@pytest.mark.parametrize(("confidence", "vendor"), [(0.95, "Beta AG"), (0.88, "Acme GmbH")])
def test_who_is_paid_and_who_wrote_may_differ_which_is_shown(confidence: float, vendor: str) -> None:
    found = combined(document(vendor=("Beta AG", confidence)), code()).fields["vendor"]
    assert found.value == vendor
    assert found.confidence < CONFIDENCE_THRESHOLD
    other = {"Beta AG": "the payment code says Acme GmbH", "Acme GmbH": "the print says Beta AG"}
    assert found.reason == other[vendor]


def test_a_name_that_ocr_misread_is_the_codes_without_a_doubt() -> None:
    found = combined(
        document(source="ocr", vendor=("Acrne Stahl GmbH", 0.9)), code(Payment(IBAN, "Acme Stahl GmbH", "EUR"))
    )
    assert found.value("vendor") == "Acme Stahl GmbH"
    assert found.fields["vendor"].confidence > 0.98


def test_values_of_one_source_alone_are_kept() -> None:
    found = combined(document(number="7", due_date="2025-04-02"), code())
    assert found.value("number") == "7"
    assert found.value("due_date") == "2025-04-02"
    assert found.value("iban") == IBAN


@pytest.mark.parametrize(
    ("kind", "becomes"), [("other", "invoice"), ("receipt", "invoice"), ("credit_note", "credit_note")]
)
def test_what_asks_to_be_paid_is_an_invoice(kind: Kind, becomes: Kind) -> None:
    assert combined(document(kind), code()).kind == becomes


OTHER = Payment(SWISS_IBAN, "Acme GmbH", "CHF")
PART = Payment(IBAN, "Acme GmbH", "EUR", Decimal("70.20"))


@pytest.mark.parametrize(
    ("codes", "total"),
    [((OTHER, PAYMENT), "140.40"), ((PART, PAYMENT), "140.40"), ((PART, OTHER), "70.20")],
    ids=["the one with an amount", "the one with the printed total", "the first with an amount"],
)
def test_of_several_payments_one_is_taken_and_doubted(codes: tuple[Payment, ...], total: str) -> None:
    printed_total = document(total=("140.40", 0.9)) if PAYMENT in codes else document()
    found = combined(printed_total, *map(code, codes)).fields["total"]
    assert found.value == total
    assert found.reason == "one of 2 payment codes"
    assert found.confidence < CONFIDENCE_THRESHOLD


def test_the_same_payment_twice_is_one() -> None:
    assert combined(document(), code(), code()).fields["total"].reason == ""


def test_a_code_belongs_to_the_document_on_whose_page_it_stands() -> None:
    pages = [PAGE, page_of("Beta AG", number=2)]
    one, two = merge_payment_codes([document(pages=(1,)), document(pages=(2,))], [code(page=2)], pages)
    assert one.fields == {}
    assert two.value("iban") == IBAN


def test_an_e_invoice_is_held_against_the_document_that_it_agrees_with_most() -> None:
    stated = document(source="xml", number="B-2", total="70.20")
    printed_ones = [document(number="A-1", total="140.40"), document(number="B-2", total="99.00")]
    (found,) = merge_einvoice(printed_ones, [stated], [page_of("B-2\n99.00")])
    assert (found.fields["number"].reason, found.fields["number"].box) == ("", BOX)
    assert found.fields["total"].reason == "the print says 99.00"


def test_a_contradiction_inside_the_xml_stays_a_doubt_though_the_print_repeats_it() -> None:
    total = Evidence("140.40", 0.7, "xml", reason="its lines make 120.00 before VAT")
    stated = ReadDocument("invoice", (1,), {"total": total}, (LineItem("Chair"),))
    (found,) = merge_einvoice([document(total="140.40")], [stated], [PAGE])
    assert found.fields["total"].confidence == 0.7
    assert found.fields["total"].box == BOX


def test_a_worked_out_due_date_gives_way_to_a_printed_one() -> None:
    derived = Evidence("2025-03-17", 0.8, "derived", reason="from “14 Tage”")
    stated = ReadDocument("invoice", (1,), {"due_date": derived})
    (found,) = merge_einvoice([document(due_date="2025-03-20")], [stated], [PAGE])
    assert found.value("due_date") == "2025-03-20"


def test_a_pdf_with_a_giro_code_is_read_with_it() -> None:
    lines = ("Möbel Müller GmbH", "Invoice 2024-117", "Date 03.03.2025", "Total EUR 140.40")
    (found,) = extract_documents(printed(lines, epc()), lambda page, number: ()).documents
    assert (found.kind, found.value("number"), found.value("total")) == ("invoice", "2024-117", "140.40")
    assert found.fields["total"].confidence > 0.99
    iban = found.fields["iban"]
    assert (iban.value, iban.source) == (IBAN, "qr")
    # Drawn 130 points wide at (200, 80) from the bottom left of a page 842 points high; its border is white.
    assert iban.box is not None
    assert 200 < iban.box[0] < iban.box[2] < 330
    assert 842 - 210 < iban.box[1] < iban.box[3] < 842 - 80


def test_a_photo_of_nothing_but_a_swiss_code_is_an_invoice() -> None:
    (found,) = extract_documents(encoded(picture(swiss()), "JPEG"), lambda page, number: ()).documents
    assert found.kind == "invoice"
    assert found.value("total") == "140.40"
    assert found.value("buyer") == "Café Zürich AG"
