"""Web pages and Office documents are read as they are, and where a value stands is shown on a page drawn of them."""

from __future__ import annotations

import io
from collections.abc import Callable

import numpy as np
import pytest
from PIL import Image

from extraction.evidence import Reading
from extraction.limits import LARGEST_OFFICE
from extraction.mail.unpack import is_container, unpack
from extraction.pipeline.annotated_page import draw_annotated_page, page_picture
from extraction.pipeline.extract import extract_documents
from tests.fakes.documents import office_files as files


def read(data: bytes) -> Reading:
    return extract_documents(data, lambda picture, page: ())


FILES: dict[str, Callable[[], bytes]] = {
    "web page": files.web_page,
    "web page in Latin 1": lambda: files.web_page(charset="iso-8859-15"),
    "text": files.plain_text,
    "Word with tables": files.word,
    "Word with tabs": lambda: files.word(tabs=True),
    "Word, name in its head": lambda: files.word(head="Möbel Müller GmbH"),
    "Word, name in a text box": lambda: files.word(before=files.word_text_box("Möbel Müller GmbH")),
    "Word, other totals unseen": lambda: files.word(before=files.word_unseen("Gesamtbetrag 999,00 €")),
    "OpenDocument text": files.open_text,
    "OpenDocument sheet": files.open_sheet,
    "workbook": files.workbook,
    "workbook, another form": lambda: files.workbook("#,##0.00\\ [$€-407];[Red]-#,##0.00\\ [$€-407]"),
    "workbook, a hidden sheet": lambda: files.workbook(hidden=True),
    "RTF": files.rich_text,
}


@pytest.mark.parametrize("name", FILES)
def test_every_field_is_read(name: str) -> None:
    reading = read(FILES[name]())
    assert reading.problem is None
    (document,) = reading.documents
    assert document.kind == "invoice"
    assert {field: document.value(field) for field in files.RIGHT} == files.RIGHT


@pytest.mark.parametrize("name", ["web page", "Word with tables", "OpenDocument sheet", "workbook", "RTF"])
def test_a_value_stands_where_the_drawn_page_has_it(name: str) -> None:
    data = FILES[name]()
    (document,) = read(data).documents
    total = document.fields["total"]
    assert total.box is not None
    picture, (width, height) = page_picture(data, total.page)
    x0, y0, x1, y1 = total.box
    inside = np.asarray(picture.convert("L").crop(
        (round(x0 * picture.width / width), round(y0 * picture.height / height),
         round(x1 * picture.width / width), round(y1 * picture.height / height))
    ))  # fmt: skip
    assert inside.min() < 100 < inside.max()  # ink and paper
    assert Image.open(io.BytesIO(draw_annotated_page(data, document))).height > 500


def test_a_saved_page_in_one_file_is_what_was_sent() -> None:
    data = files.archived_web_page()
    assert is_container(data, "Bestellung.mhtml")
    (member,) = unpack(data, "Bestellung.mhtml").members
    (document,) = read(member.data).documents
    assert document.value("total") == "142.80"


def test_a_document_that_is_only_a_picture_is_read_as_one() -> None:
    photo = io.BytesIO()
    Image.new("RGB", (400, 600), "white").save(photo, "PNG")
    data = files.archive(
        {
            "[Content_Types].xml": "<Types/>",
            "word/document.xml": '<w:document xmlns:w="urn:w"><w:body><w:p/></w:body></w:document>',
            "word/media/image1.png": photo.getvalue(),
        }
    )
    looked_at = []
    extract_documents(data, lambda picture, page: looked_at.append(page) or ())
    assert looked_at


LAUGHS = '<!DOCTYPE d [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]><d>&b;</d>'
DEEP = "<d>" * 5_000 + "</d>" * 5_000


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (files.word()[:-300], "broken_office"),
        (files.archive({"word/other.xml": "<a/>"}), "broken_office"),
        (files.word(parts={"word/document.xml": LAUGHS}), "broken_office"),
        (files.word(parts={"word/document.xml": DEEP}), "office_too_large"),
        (files.word(parts={"word/document.xml": b" " * (LARGEST_OFFICE + 1)}), "office_too_large"),
        (files.word(parts={f"word/header{n}.xml": b"<a/>" for n in range(2_001)}), "office_too_large"),
        (files.archive({"xl/workbook.xml": "<a/>"}), "broken_office"),
        (files.archive({"xl/workbook.xml": LAUGHS, "xl/big.xml": b" " * LARGEST_OFFICE}), "office_too_large"),
        (files.archive({"word/document.xml": '<w:document xmlns:w="urn:w"><w:body/></w:document>'}), "nothing_to_read"),
        (b"<!doctype html><script>alert(1)</script>", "nothing_to_read"),
        (b"<html><p>" + b"<b>word</b> " * 20_000, "too_long_to_draw"),
        (b"{\\rtf1 " + b"words " * 1_000_000 + b"}", "office_too_large"),
        (b"Dear Olga, the total of it is fine.", "unsupported_text"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)  # fmt: skip
def test_what_cannot_be_read_says_what_to_do(data: bytes, code: str) -> None:
    reading = read(data)
    assert reading.problem is not None
    assert (reading.problem.code, reading.documents) == (code, ())
    assert "Please" in reading.problem.message
