"""Several receipts on one photo are found one by one, and each card shows its own."""

from __future__ import annotations

import io
from datetime import date
from functools import cache

import numpy as np
import pytest
from PIL import Image

from extraction.evidence import Evidence, ReadDocument, View
from extraction.files.pages import open_pages
from extraction.pictures.rectify import rectify
from extraction.pipeline.annotated_page import draw_annotated_page
from extraction.samples.catalogue import catalogue
from extraction.samples.layouts.fonts import find_fonts
from extraction.samples.photo_simulation import COUNTER, DESK, Scene, pages, photograph_together
from extraction.samples.sample_writer import render
from tests.fakes.documents.document_files import encoded

SAMPLES = {sample.name: sample for sample in catalogue(date(2025, 3, 21))}
RECEIPTS = ("copper-pot-receipt", "gruener-korb-bon")
COLOURS = ((200, 60, 60), (60, 90, 210), (40, 150, 60))


@cache
def paper(name: str, colour: tuple[int, int, int]) -> Image.Image:
    """A sample at 110 dpi with a patch of colour in its middle, by which it is known again."""
    sheet = pages(render(SAMPLES[name], find_fonts()), dpi=110)[0]
    middle, half = (sheet.width // 2, sheet.height // 2), sheet.width // 6
    sheet.paste(colour, (middle[0] - half, middle[1] - half, middle[0] + half, middle[1] + half))
    return sheet


def table(names: tuple[str, ...], scene: Scene, seed: int, frame: tuple[int, int] = (1800, 1400)) -> np.ndarray:
    papers = [paper(name, colour) for name, colour in zip(names, COLOURS, strict=False)]
    return np.asarray(photograph_together(papers, scene, np.random.default_rng(seed), frame))


def colour_of(picture: np.ndarray) -> int:
    """Which of `COLOURS` the middle of a picture has."""
    height, width = picture.shape[:2]
    seen = np.median(picture[height * 9 // 20 : height * 11 // 20, width * 9 // 20 : width * 11 // 20], axis=(0, 1))
    return int(np.argmin([np.linalg.norm(seen - colour) for colour in COLOURS]))


@pytest.mark.parametrize("seed", [1, 2, 3, 4])
@pytest.mark.parametrize("scene", [DESK, COUNTER], ids=["desk", "counter"])
def test_two_receipts_on_a_table_are_two_papers_from_left_to_right(scene: Scene, seed: int) -> None:
    papers = rectify(table(RECEIPTS, scene, seed))
    assert [colour_of(one) for one in papers] == [0, 1]
    assert all(one.shape[0] > 1.3 * one.shape[1] for one in papers)  # the receipts' own shape


def test_three_papers_on_a_table_are_three() -> None:
    names = (*RECEIPTS, "acme-invoice")
    assert [colour_of(one) for one in rectify(table(names, COUNTER, 1, (2400, 1400)))] == [0, 1, 2]


def test_papers_one_above_the_other_come_from_top_to_bottom() -> None:
    lying = np.ascontiguousarray(np.rot90(table(RECEIPTS, COUNTER, 1), -1))  # the left one is now the upper one
    assert [colour_of(one) for one in rectify(lying)] == [0, 1]


def test_the_card_of_each_shows_its_own_paper() -> None:
    photo = Image.fromarray(table(RECEIPTS, COUNTER, 1))
    data = encoded(photo, "PNG")
    for number in (0, 1):
        fields = {"total": Evidence("1.00", 0.99, "ocr", 1, (10, 10, 90, 30))}
        document = ReadDocument("receipt", (1,), fields, views=(View(paper=number),))
        card = np.asarray(Image.open(io.BytesIO(draw_annotated_page(data, document))).convert("RGB"))
        assert colour_of(card) == number


def test_a_turned_paper_is_seen_as_it_was_read() -> None:
    photo = Image.fromarray(np.ascontiguousarray(np.rot90(table(RECEIPTS, COUNTER, 1), 2)))
    with open_pages(encoded(photo, "PNG"), "image/png") as file:
        picture, size = file.seen(1, View(paper=1, turns=2))
    assert size == (picture.shape[1], picture.shape[0])
    assert colour_of(picture) == 0  # the left one, which lay at the right
