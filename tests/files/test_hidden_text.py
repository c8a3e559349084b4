"""What a scan app wrote under its picture is held against our own reading, and the better one is kept in each place."""

from __future__ import annotations

import io
from collections.abc import Sequence

import numpy as np
import pytest
from PIL import Image

from extraction.evidence import Page, Reading, Word
from extraction.pipeline.annotated_page import draw_annotated_page
from extraction.pipeline.extract import extract_documents
from extraction.pipeline.two_readings import better_reading
from tests.fakes.documents.document_files import pdf
from tests.fakes.documents.scan_apps import SCALE, scan_of, scanned, words_of

PRINTED = ("Rossmann GmbH", "Rechnung Nr. 2026-117", "Datum 03.03.2026", "Summe EUR 142,80")
BAD = ("Rossl'1anI1 GnbH", "Rechnung Nr. 2026-117", "Datum 03.03.2028", "Summe EUR 142,80")


def read(data: bytes, ours: Sequence[str] = PRINTED, confidence: float = 0.97) -> Reading:
    return extract_documents(data, lambda picture, number: words_of(ours, confidence))


def texts(page: Page) -> list[str]:
    return [word.text for word in page.words]


@pytest.mark.parametrize(
    "data",
    [scanned(PRINTED, BAD), scanned(PRINTED, BAD, "under it"), scanned(PRINTED, BAD, strips=7)],
    ids=["unseen over the picture", "under the picture", "a picture in strips"],
)
def test_what_the_app_misread_is_read_by_us(data: bytes) -> None:
    reading = read(data)
    (document,) = reading.documents
    assert reading.pages[0].source == "ocr"
    assert (document.value("vendor"), document.value("issue_date"), document.value("total")) == (
        "Rossmann GmbH", "2026-03-03", "142.80",
    )  # fmt: skip


def test_what_we_misread_is_taken_from_the_app() -> None:
    ours = ("Rossmann GmbH", "Rechnung Nr. 2026-117", "Da1um 0B.0S.20Z6", "Summe EUR 142,80")
    reading = read(scanned(PRINTED, PRINTED), ours, 0.8)
    assert reading.documents[0].value("issue_date") == "2026-03-03"
    assert {"Datum", "Summe EUR 142,80"} <= set(texts(reading.pages[0]))


def test_what_we_missed_is_taken_from_an_app_that_reads_well() -> None:
    page = read(scanned(PRINTED, PRINTED), (*PRINTED[:2], "", PRINTED[3])).pages[0]
    assert "03.03.2026" in texts(page)


def test_letters_that_we_do_not_know_are_the_apps() -> None:
    ours = words_of(("AOHNA EMIIOPIKH", *PRINTED[1:]))
    theirs = tuple(
        Word(text, tuple(side / SCALE for side in word.box))
        for text, word in zip(("ΑΘΗΝΑ ΕΜΠΟΡΙΚΗ", *PRINTED[1:]), ours, strict=True)
    )
    picture = np.asarray(scan_of(PRINTED))
    page = Page(1, picture.shape[1] / SCALE, picture.shape[0] / SCALE, theirs, "text", hidden=True)
    assert texts(better_reading(page, picture, lambda seen, number: ours))[0] == "ΑΘΗΝΑ ΕΜΠΟΡΙΚΗ"


@pytest.mark.parametrize(
    "data",
    [pdf(PRINTED), scanned([], PRINTED, "seen over it")],
    ids=["no picture", "letterhead that fills the page"],
)
def test_text_that_is_seen_is_believed_and_not_read_again(data: bytes) -> None:
    looked: list[int] = []
    reading = extract_documents(data, lambda picture, number: looked.append(number) or ())
    assert not looked
    assert reading.pages[0].source == "text"


def test_where_we_read_nothing_the_layer_stays() -> None:
    assert read(scanned(PRINTED, PRINTED), ()).documents[0].value("total") == "142.80"


def test_a_value_stands_where_it_is_printed() -> None:
    data = scanned(PRINTED, BAD)
    (document,) = read(data).documents
    total, place = document.fields["total"], words_of(PRINTED)[3].box
    assert total.box is not None
    assert place[1] / SCALE < (total.box[1] + total.box[3]) / 2 < place[3] / SCALE
    assert Image.open(io.BytesIO(draw_annotated_page(data, document))).height > 500
