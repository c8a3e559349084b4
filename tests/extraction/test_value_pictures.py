"""The picture of a page shows where each value was read, and which of them to check."""

from __future__ import annotations

import io

import numpy as np
import pytest
from PIL import Image

from extraction.evidence import Evidence, ReadDocument
from extraction.pipeline.annotated_page import draw_annotated_page
from tests.fakes.documents.document_files import encoded, pdf, photograph

GREEN, AMBER = (21, 128, 87), (202, 107, 4)


def bill(*found: tuple[str, Evidence], pages: tuple[int, ...] = (1,)) -> ReadDocument:
    return ReadDocument("invoice", pages, dict(found))


def at(picture: Image.Image, x: float, y: float, unit: tuple[float, float]) -> list[int]:
    place = (round(x / unit[0] * picture.width), round(y / unit[1] * picture.height))
    return list(picture.convert("RGB").getpixel(place))


def drawn(data: bytes, document: ReadDocument) -> Image.Image:
    png = draw_annotated_page(data, document)
    assert len(png) <= 200_000
    return Image.open(io.BytesIO(png))


@pytest.mark.parametrize(("confidence", "colour"), [(0.99, GREEN), (0.5, AMBER)])
def test_a_sure_value_is_green_and_a_doubtful_one_amber(confidence: float, colour: tuple[int, int, int]) -> None:
    box = (100.0, 200.0, 300.0, 230.0)  # points of an A4 page
    picture = drawn(pdf(), bill(("total", Evidence("1.00", confidence, "text", 1, box))))
    assert picture.size == pytest.approx((638, 902), abs=2)  # A4 on the area of 900 × 640
    scale = 842 / 902
    left_edge = at(picture, 100 - 2.5 * scale, 215, (595, 842))  # the line lies 1 to 3 pixels outside the box
    assert left_edge == pytest.approx(colour, abs=12)
    assert at(picture, 400, 700, (595, 842)) == pytest.approx([255, 255, 255], abs=3)


def test_boxes_of_a_photograph_are_in_its_pixels() -> None:
    photo = encoded(photograph(), "PNG")  # 640 × 320
    picture = drawn(photo, bill(("vendor", Evidence("Acme", 0.99, "ocr", 1, (40, 30, 240, 70)))))
    edge = at(picture, 40 - 2.5 * 640 / picture.width, 50, (640, 320))
    assert edge == pytest.approx(GREEN, abs=12)


def test_the_page_with_most_values_is_shown() -> None:
    upper, lower = (50.0, 50.0, 150.0, 70.0), (50.0, 400.0, 150.0, 420.0)
    document = bill(
        ("vendor", Evidence("Acme", 1, "text", 1, upper)),
        ("total", Evidence("1.00", 1, "text", 2, upper)),
        ("tax", Evidence("0.19", 1, "text", 2, lower)),
        pages=(1, 2),
    )
    picture = drawn(pdf(pages=2), document)
    assert at(picture, 100, 412, (595, 842)) == pytest.approx([222, 237, 231], abs=12)  # the tint of the lower box


def test_a_document_without_places_is_shown_plain() -> None:
    picture = drawn(pdf(), bill(("currency", Evidence("EUR", 0.9, "derived"))))
    colours = np.asarray(picture.convert("RGB")).astype(int)
    assert (colours.max(axis=2) - colours.min(axis=2)).max() < 12  # black on white, nothing coloured


def test_values_at_the_very_edge_keep_their_labels_inside() -> None:
    photo = encoded(photograph(width=900, height=300), "JPEG")
    corner = Evidence("1", 0.99, "ocr", 1, (0, 0, 899, 299))
    drawn(photo, bill(("payment_reference", corner)))


def test_a_noisy_photograph_is_kept_small_and_its_marks_keep_their_colour() -> None:
    noise = np.random.default_rng(1).integers(0, 255, (1600, 1200, 3), dtype=np.uint8)
    data = encoded(Image.fromarray(noise), "JPEG")
    picture = drawn(data, bill(("total", Evidence("1.00", 0.2, "ocr", 1, (200, 200, 1000, 400)))))
    colours = np.asarray(picture.convert("RGB")).astype(int)
    assert (np.abs(colours - AMBER).max(axis=2) < 12).sum() > 200


def test_a_till_receipt_is_drawn_tall_but_not_endless() -> None:
    picture = drawn(encoded(photograph(width=300, height=2400), "PNG"), bill())
    assert picture.size == (160, 1280)
