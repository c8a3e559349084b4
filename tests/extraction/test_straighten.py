"""Pages come out flat, level and evenly lit however they were photographed, and are left alone when they are so."""

from __future__ import annotations

from datetime import date
from functools import cache

import cv2
import numpy as np
import pytest
from PIL import Image

from extraction.files.pages import open_pages
from extraction.pictures.illumination import even_illumination
from extraction.pictures.rectify import rectify
from extraction.samples.catalogue import catalogue
from extraction.samples.layouts.fonts import find_fonts
from extraction.samples.photo_simulation import COUNTER, DESK, Scene, pages, photograph
from extraction.samples.sample_writer import render
from tests.fakes.documents.document_files import encoded

SAMPLES = {sample.name: sample for sample in catalogue(date(2025, 3, 21))}
MARK = (230, 0, 230)  # magenta, which no sample and no table has
PLACES = [(x, y) for y in (0.06, 0.5, 0.94) for x in (0.05, 0.95)]  # shares of the page's width and height


@cache
def page(name: str) -> Image.Image:
    """A sample as printed, at 120 dpi."""
    return pages(render(SAMPLES[name], find_fonts()), dpi=120)[0]


def marked(name: str) -> Image.Image:
    """The same with a square mark at each of `PLACES`."""
    sheet, half = page(name).copy(), 11
    for x, y in PLACES:
        at = (round(x * sheet.width), round(y * sheet.height))
        sheet.paste(MARK, (at[0] - half, at[1] - half, at[0] + half, at[1] + half))
    return sheet


def marks(picture: np.ndarray) -> list[tuple[float, float]]:
    """Middles of the marks in a picture, in shares of its width and height, in the order of `PLACES`."""
    red, green, blue = (picture[:, :, n].astype(int) for n in range(3))
    mask = (np.minimum(red, blue) - green > 60).astype(np.uint8)
    _, _, stats, middles = cv2.connectedComponentsWithStats(mask)
    found = [tuple(middle) for middle, stat in zip(middles[1:], stats[1:], strict=True) if stat[cv2.CC_STAT_AREA] > 60]
    found.sort(key=lambda middle: (round(3 * middle[1] / picture.shape[0] - 0.5), middle[0]))
    return [(x / picture.shape[1], y / picture.shape[0]) for x, y in found]


def shot(sheet: Image.Image, scene: Scene, seed: int = 1) -> np.ndarray:
    """A phone photo of the sheet."""
    return np.asarray(photograph(sheet, scene, np.random.default_rng(seed), frame=(1050, 1400)))


@pytest.mark.parametrize("seed", [1, 2, 3])
@pytest.mark.parametrize(
    ("name", "scene"), [("acme-invoice", DESK), ("harrow-finch-invoice", DESK), ("corrib-power-bill", COUNTER)]
)
def test_a_page_on_a_table_is_seen_from_above(name: str, scene: Scene, seed: int) -> None:
    photo = shot(marked(name), scene, seed)
    crooked = max(abs(np.subtract(seen, place)).max() for seen, place in zip(marks(photo), PLACES, strict=True))
    assert crooked > 0.05  # of the picture, which shows table all around
    # The page fills the picture but for a margin of 1 % of its size; its paper is bent, and its edges with it.
    expected = [((x + 0.01) / 1.02, (y + 0.01) / 1.02) for x, y in PLACES]
    seen = marks(rectify(photo)[0])
    assert np.array(seen) == pytest.approx(np.array(expected), abs=scene.bend + 0.015)


def test_a_dark_band_across_the_head_belongs_to_the_page() -> None:
    (flat,) = rectify(shot(page("harrow-finch-invoice"), DESK))
    height, width = flat.shape[:2]
    red, _, blue = flat[round(0.03 * height), round(0.5 * width)].astype(int)
    assert blue > red + 30  # the band is petrol blue; the table is brown
    assert height / width == pytest.approx(297 / 210, rel=0.04)  # A4


def test_a_page_that_runs_out_of_the_picture_is_not_cut() -> None:
    photo = shot(marked("acme-invoice"), DESK)[:1100]
    (flat,) = rectify(photo)
    assert min(np.subtract(flat.shape[:2], photo.shape[:2])) >= 0
    assert len(marks(flat)) == 4


def test_a_bar_code_across_a_receipt_is_not_its_end() -> None:
    receipt = Image.new("RGB", (500, 900), "white")
    for x in range(0, 500, 12):
        receipt.paste((20, 20, 20), (x, 560, x + 9, 620))
    table = Image.new("RGB", (900, 1000), (25, 22, 20))
    table.paste(receipt, (200, 100))
    photo = np.asarray(table)
    assert rectify(photo)[0] is photo


@pytest.mark.parametrize("degrees", [-12, -3, -1, 1, 3, 8])
@pytest.mark.parametrize("name", ["vandermeer-factuur", "gruener-korb-bon"])
def test_a_page_that_was_laid_askew_on_the_scanner_is_level(name: str, degrees: float) -> None:
    askew = marked(name).rotate(degrees, Image.Resampling.BICUBIC, expand=True, fillcolor="white")
    (level,) = rectify(np.asarray(askew))
    places = np.array(marks(level)) * level.shape[1::-1]
    for left, right in places.reshape(3, 2, 2):
        across, down = right - left
        assert np.degrees(np.arctan2(down, across)) == pytest.approx(0, abs=0.5)


@pytest.mark.parametrize("name", SAMPLES)
def test_a_straight_scan_is_left_as_it_is(name: str) -> None:
    flat = np.asarray(page(name))
    assert rectify(flat)[0] is flat


@pytest.mark.parametrize("size", [(1, 1), (3, 900), (64, 64), (90, 2000), (700, 500)])
@pytest.mark.parametrize("kind", ["black", "white", "noise", "halves"])
def test_what_shows_no_page_is_left_as_it_is(size: tuple[int, int], kind: str) -> None:
    picture = np.full((*size, 3), 255 if kind == "white" else 0, np.uint8)
    if kind == "noise":
        picture = np.random.default_rng(7).integers(0, 256, picture.shape, np.uint8)
    if kind == "halves":
        picture[:, size[1] // 2 :] = 255
    assert rectify(picture)[0] is picture


def test_a_shadow_is_lifted_from_the_paper_but_not_from_a_dark_band() -> None:
    height, width = 900, 640
    sheet = np.full((height, width, 3), 240, np.uint8)
    sheet[:90] = (0, 70, 80)
    light = np.linspace(1.0, 0.6, width)[None, :, None]
    lit = even_illumination((sheet * light).astype(np.uint8))
    paper, band = lit[200:, :, 1].astype(int), lit[20:70, :, 1].astype(int)
    assert paper.min() > 0.9 * paper.max()
    assert band.max() < 0.5 * paper.min()


def test_even_light_is_left_as_it_is() -> None:
    flat = np.asarray(page("harrow-finch-invoice"))
    assert even_illumination(flat) is flat


def test_the_page_is_the_same_whenever_it_is_taken_and_the_picture_stays_as_sent() -> None:
    photo = Image.fromarray(shot(page("acme-invoice"), DESK))
    with open_pages(encoded(photo, "PNG"), "image/png") as file:
        (first,), (second,) = file.take(1), file.take(1)
        assert (first.picture == second.picture).all()
        assert first.picture.shape < file.picture(1).shape
        assert (file.picture(1) == np.asarray(photo)).all()
