"""The e-invoice inside a PDF goes before its print; the print shows where its values stand, and where it differs."""

from __future__ import annotations

import io

import pypdfium2 as pdfium
import pytest
from PIL import Image

from extraction.bench.strip_attachments import without_attachments
from extraction.evidence import CONFIDENCE_THRESHOLD, Reading, View, Word
from extraction.pipeline.annotated_page import draw_annotated_page
from extraction.pipeline.extract import extract_documents
from tests.fakes.documents.document_files import pdf, photograph, scanned_pdf
from tests.fakes.documents.einvoices import cii, ubl, with_attachments

PRINT = (
    "Möbel Müller GmbH",
    "Rechnung Nr. 2024-117",
    "Rechnungsdatum 03.03.2025",
    "Nettobetrag 120,00 EUR",
    "MwSt 20,40 EUR",
    "Rechnungsbetrag 140,40 EUR",
    "IBAN DE89 3704 0044 0532 0130 00",
)
METADATA = b"<?xpacket?><x:xmpmeta xmlns:x='adobe:ns:meta/'/>"


def read_pdf(data: bytes) -> Reading:
    """Read without OCR."""
    return extract_documents(data, lambda picture, page: ())


def test_what_both_say_is_as_the_xml_has_it_where_the_print_has_it() -> None:
    data = with_attachments(pdf(PRINT), ("factur-x.xml", cii()))
    (document,) = read_pdf(data).documents
    assert {document.fields[name].source for name in ("vendor", "number", "total", "iban", "due_date")} == {"xml"}
    assert [name for name, found in document.fields.items() if found.confidence < CONFIDENCE_THRESHOLD] == []
    total, number = document.fields["total"], document.fields["number"]
    assert total.box is not None
    assert number.box is not None
    # Lines of print are 30 points apart, from 72 below the top: the number on the second, the total on the sixth.
    assert number.box[1] < 72 + 30 < number.box[3]
    assert total.box[1] < 72 + 5 * 30 < total.box[3]
    assert document.fields["due_date"].box is None  # not printed
    assert [line.description for line in document.lines] == ["Chair", "Book"]
    assert Image.open(io.BytesIO(draw_annotated_page(data, document))).format == "PNG"


def test_another_total_and_number_in_print_are_shown_as_doubts() -> None:
    printed = [line.replace("140,40", "1.234,00").replace("2024-117", "2024-999") for line in PRINT]
    (document,) = read_pdf(with_attachments(pdf(printed), ("factur-x.xml", cii()))).documents
    total, number = document.fields["total"], document.fields["number"]
    assert (total.value, total.reason) == ("140.40", "the print says 1,234.00")
    assert (number.value, number.reason) == ("2024-117", "the print says 2024-999")
    assert max(total.confidence, number.confidence) < CONFIDENCE_THRESHOLD


def test_another_account_in_print_is_shown_as_a_doubt() -> None:
    printed = [line.replace("DE89 3704 0044 0532 0130 00", "GB33 BUKB 2020 1555 5555 55") for line in PRINT]
    (document,) = read_pdf(with_attachments(pdf(printed), ("factur-x.xml", cii()))).documents
    assert document.fields["iban"].reason == "the print says GB33BUKB20201555555555"
    assert document.fields["iban"].confidence < CONFIDENCE_THRESHOLD


def test_it_is_found_by_its_content_among_other_attachments() -> None:
    terms = ("invoice.xml", METADATA), ("terms.pdf", pdf()), ("data.bin", ubl())
    (document,) = read_pdf(with_attachments(pdf(PRINT), *terms)).documents
    assert document.fields["number"].source == "xml"


def test_a_damaged_one_is_told_and_the_print_is_read() -> None:
    reading = read_pdf(with_attachments(pdf(PRINT), ("factur-x.xml", cii()[:-50])))
    assert "damaged" in reading.notice
    assert reading.documents[0].fields["number"].source == "text"


def test_other_attachments_are_no_news() -> None:
    reading = read_pdf(with_attachments(pdf(PRINT), ("metadata.xml", METADATA), ("terms.pdf", pdf())))
    assert reading.notice == ""
    assert reading.documents[0].fields["number"].source == "text"


def test_a_scan_with_an_e_invoice_is_read_from_it_though_ocr_finds_nothing() -> None:
    def nothing(picture: object, page: int) -> tuple[Word, ...]:
        return ()

    (document,) = extract_documents(with_attachments(scanned_pdf(photograph()), ("x.xml", ubl())), nothing).documents
    assert document.kind == "invoice"
    assert document.value("total") == "140.40"


def test_the_print_of_an_e_invoice_that_lies_on_its_side_is_placed_as_it_is_seen_upright() -> None:
    upright = read_pdf(with_attachments(pdf(PRINT), ("x.xml", ubl()))).documents[0]
    with pdfium.PdfDocument(with_attachments(pdf(PRINT), ("x.xml", ubl()))) as file:
        file[0].set_rotation(90)
        out = io.BytesIO()
        file.save(out)
    (lying,) = read_pdf(out.getvalue()).documents
    assert lying.views == (View(turns=3),)
    assert lying.fields["total"].source == "xml"
    assert lying.fields["total"].box == pytest.approx(upright.fields["total"].box, abs=0.5)
    with Image.open(io.BytesIO(draw_annotated_page(out.getvalue(), lying))) as card:
        assert card.height > card.width


def test_a_file_of_xml_has_no_picture_to_show() -> None:
    (document,) = read_pdf(ubl()).documents
    assert document.pages == (1,)
    assert all(found.box is None for found in document.fields.values())


def test_the_print_can_be_measured_without_the_e_invoice() -> None:
    data = with_attachments(pdf(PRINT), ("a.xml", cii()), ("b.xml", ubl()))
    (document,) = read_pdf(without_attachments(data)).documents
    assert document.fields["number"].source == "text"
    assert without_attachments(b"%PDF- broken") == b"%PDF- broken"
    assert without_attachments(ubl()) == ubl()
