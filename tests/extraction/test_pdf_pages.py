"""PDFs: the text layer with its places as the page is shown, and pictures where the layer is not to be trusted."""

from __future__ import annotations

import io

import numpy as np
import pypdfium2 as pdfium
import pytest
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from extraction.errors import Unreadable
from extraction.evidence import Page, View
from extraction.files.pages import MAX_PAGES, open_pages
from extraction.pictures.image_file import PageImage
from tests.fakes.documents.document_files import INVOICE, pdf, photograph, scanned_pdf

PDF = "application/pdf"


def blank(*size: int) -> bytes:
    """A PDF of one page without content, or without a size, of no page."""
    with pdfium.PdfDocument.new() as document:
        if size:
            document.new_page(*size)
        out = io.BytesIO()
        document.save(out)
    return out.getvalue()


def first_page(data: bytes) -> Page | PageImage:
    with open_pages(data, PDF) as file:
        taken = file.take(1)
        return taken if isinstance(taken, Page) else taken[0]


def edited(data: bytes, rotation: int = 0, crop: tuple[int, int, int, int] | None = None) -> bytes:
    with pdfium.PdfDocument(data) as document:
        page = document[0]
        page.set_rotation(rotation)
        if crop:
            page.set_cropbox(*crop)
        out = io.BytesIO()
        document.save(out)
    return out.getvalue()


def test_words_stand_where_the_page_shows_them() -> None:
    page = first_page(pdf())
    assert isinstance(page, Page)
    assert (round(page.width), round(page.height)) == (595, 842)
    assert [word.text for word in page.words] == " ".join(INVOICE).split()
    x0, y0, x1, y1 = page.words[0].box  # "Acme", 14 points high on a baseline 72 points below the top
    assert x0 == pytest.approx(72, abs=1)
    # Helvetica's widths in thousandths: A 667, c 500, m 833, e 556; 2.556 × 14 points = 35.8
    assert x1 == pytest.approx(72 + 35.8, abs=1)
    assert 54 < y0 < 62 < 72 < y1 < 78


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_a_page_that_is_shown_lying_is_read_upright_and_seen_so(rotation: int) -> None:
    straight = first_page(pdf())
    data = edited(pdf(), rotation)
    page = first_page(data)
    assert isinstance(page, Page)
    assert page.view == View(turns=(4 - rotation // 90) % 4)
    assert (page.width, page.height) == pytest.approx((straight.width, straight.height), abs=0.5)
    boxes, expected = ({word.text: word.box for word in one.words} for one in (page, straight))
    assert boxes.keys() == expected.keys()
    assert all(boxes[text] == pytest.approx(box, abs=0.5) for text, box in expected.items())
    with open_pages(data, PDF) as file, open_pages(pdf(), PDF) as upright:
        seen, size = file.seen(1, page.view)
        assert size == (page.width, page.height)
        assert np.abs(seen.astype(int) - upright.picture(1)).mean() < 1


def test_text_that_is_written_lying_on_the_page_is_read_upright() -> None:
    drawn = io.BytesIO()
    canvas = Canvas(drawn, pagesize=A4)
    canvas.rotate(90)  # the text runs upwards; its first line stands at the left edge of the page
    canvas.drawString(72, -72, "Acme GmbH, Invoice 2024-117")
    canvas.drawString(72, -102, "Total EUR 1,249.50")
    canvas.save()
    page = first_page(drawn.getvalue())
    assert isinstance(page, Page)
    assert page.view == View(turns=1)
    assert (round(page.width), round(page.height)) == (842, 595)
    acme, total = (next(word for word in page.words if word.text == text) for text in ("Acme", "Total"))
    assert acme.box[0] == total.box[0] == pytest.approx(72, abs=1)
    assert total.box[1] - acme.box[1] == pytest.approx(30, abs=1)


def test_what_the_crop_box_hides_is_not_read_and_the_rest_is_counted_from_it() -> None:
    x0, y0, *_ = first_page(pdf()).words[2].box  # "Invoice", the second line
    cropped = first_page(edited(pdf(), crop=(50, 100, 595, 842 - 82)))
    assert isinstance(cropped, Page)
    assert cropped.words[0].text == "Invoice"
    assert cropped.words[0].box[:2] == pytest.approx((x0 - 50, y0 - 82), abs=1)


def test_a_scan_is_rendered_for_ocr_even_when_it_bears_a_stamp() -> None:
    scan = first_page(scanned_pdf(photograph(), stamp="Page 1 of 1"))
    assert isinstance(scan, PageImage)
    assert scan.picture.shape == (2339, 1654, 3)  # A4 at 200 dpi


def test_a_text_layer_of_garbage_is_not_believed() -> None:
    # The font's ToUnicode map sends every letter to the private use area, as broken subsetting does.
    assert isinstance(first_page(_mapped_to("Invoice 2024-117 from Acme GmbH in Berlin")), Page)
    assert isinstance(first_page(_mapped_to("".join(chr(0xE000 + n) for n in range(40)))), PageImage)


def test_a_huge_page_is_rendered_within_bounds() -> None:
    scan = first_page(blank(14_000, 14_000))
    assert isinstance(scan, PageImage)
    assert scan.picture.shape[0] * scan.picture.shape[1] <= 12_100_000


def test_only_so_many_pages_are_read() -> None:
    with open_pages(pdf(pages=MAX_PAGES + 3), PDF) as file:
        assert (file.count, len(file.numbers)) == (MAX_PAGES + 3, MAX_PAGES)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (pdf(password="secret"), "encrypted_pdf"),
        (b"%PDF-1.7 and nothing else", "broken_pdf"),
        (blank(), "empty_pdf"),
    ],
    ids=["encrypted", "broken", "no pages"],
)
def test_a_pdf_that_cannot_be_opened_says_why(data: bytes, code: str) -> None:
    with pytest.raises(Unreadable) as caught, open_pages(data, PDF):
        pass
    assert caught.value.problem.code == code


def _mapped_to(text: str) -> bytes:
    """A PDF whose font says that what it shows means `text`."""
    codes = range(33, 33 + len(text))
    mapping = "\n".join(f"<{code:02x}> <{ord(letter):04x}>" for code, letter in zip(codes, text, strict=True))
    cmap = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def /CMapType 2 def\n"
        f"1 begincodespacerange <00> <ff> endcodespacerange {len(text)} beginbfchar\n{mapping}\nendbfchar endcmap"
    )
    shown = "".join(f"{code:02x}" for code in codes)
    content = f"BT /F 12 Tf 50 700 Td <{shown}> Tj ET"
    objects = [
        "<</Type/Catalog/Pages 2 0 R>>",
        "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>",
        f"<</Length {len(content)}>>stream\n{content}\nendstream",
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/ToUnicode 6 0 R>>",
        f"<</Length {len(cmap)}>>stream\n{cmap}\nendstream",
    ]
    body, places = "%PDF-1.4\n", []
    for number, text in enumerate(objects, 1):
        places.append(f"{len(body):010} 00000 n \n")
        body += f"{number} 0 obj{text}endobj\n"
    table = f"xref\n0 7\n0000000000 65535 f \n{''.join(places)}"
    return f"{body}{table}trailer<</Root 1 0 R/Size 7>>\nstartxref\n{len(body)}\n%%EOF".encode()
