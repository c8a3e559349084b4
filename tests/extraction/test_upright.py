"""A page is turned the right way up by reading it; one that makes sense as it stands costs nothing more.

Lines of print are drawn as bars with a red head at their left, and the reading that is handed in sees which way they
lie, as a recogniser does: what stands on its head is letters without sense and with little confidence.
"""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from extraction.evidence import View, Word
from extraction.pictures.image_file import PageImage
from extraction.pictures.page_orientation import read_upright

SENSE = ("Total 12.50", "Invoice", "Date 03.03.2025", "Amount due 1,249.50", "Subtotal")
LINES = 14
INK, HEAD = (20, 20, 20), (220, 20, 20)


def page(lines: int = LINES) -> np.ndarray:
    """Paper with lines of different lengths, each a bar of 12 pixels' height with its head at the left."""
    paper = np.full((700, 500, 3), 255, np.uint8)
    for n in range(lines):
        top, right = 40 + 45 * n, 200 + 37 * n % 230
        paper[top : top + 12, 40:right] = INK
        paper[top : top + 12, 40:60] = HEAD
    return paper


class Reading:
    """Reads bars by where their heads are, and counts how often it was asked."""

    def __init__(self, sense: tuple[str, ...] = SENSE, confidence: float = 0.9) -> None:
        self.sense, self.confidence = sense, confidence
        self.looks: list[tuple[int, ...]] = []

    def __call__(self, picture: np.ndarray, number: int) -> tuple[Word, ...]:
        self.looks.append(picture.shape[:2])
        bars = (picture.min(axis=2) < 100).astype(np.uint8)
        _, _, stats, _ = cv2.connectedComponentsWithStats(bars)
        return tuple(self._word(picture, stat, n, number) for n, stat in enumerate(stats[1:]) if stat[4] > 100)

    def _word(self, picture: np.ndarray, stat: np.ndarray, n: int, number: int) -> Word:
        x, y, width, height, _ = (int(part) for part in stat)
        red, green = (picture[y + height // 2, x : x + 8, colour].mean() for colour in (0, 1))
        legible = width > height and red > green + 60
        text = self.sense[n % len(self.sense)] if legible else "0SZL lejol"
        box = (float(x), float(y), float(x + width), float(y + height))
        return Word(text, box, number, self.confidence if legible else 0.25)


@pytest.mark.parametrize("turned", [1, 2, 3])
def test_a_page_the_wrong_way_up_is_turned_and_read_anew(turned: int) -> None:
    recognise = Reading()
    wrong = np.ascontiguousarray(np.rot90(page(), -turned))
    scan, words = read_upright(PageImage(3, wrong, View(paper=1)), recognise)
    assert scan.view == View(paper=1, turns=(4 - turned) % 4)
    assert (scan.picture == page()).all()
    assert len(words) == LINES
    assert {word.text for word in words} == set(SENSE)
    assert {word.page for word in words} == {3}


def test_a_page_that_makes_sense_is_read_once_and_left_as_it_is() -> None:
    recognise, picture = Reading(), page()
    scan, words = read_upright(PageImage(1, picture), recognise)
    assert scan.picture is picture
    assert scan.view == View()
    assert len(words) == LINES
    assert recognise.looks == [(700, 500)]


def test_words_that_nobody_knows_are_believed_where_they_are_read_surely() -> None:
    recognise = Reading(sense=("Faktuuri", "Yhteensa", "Kiitos"))
    assert read_upright(PageImage(1, page()), recognise)[0].view == View()
    assert recognise.looks == [(700, 500)]


def test_a_page_that_is_hard_to_read_stays_as_it_is_when_no_other_way_is_better() -> None:
    recognise = Reading(sense=("Hmtl", "Qrxz"), confidence=0.3)
    scan, words = read_upright(PageImage(1, page()), recognise)
    assert scan.view == View()
    assert len(words) == LINES


def test_a_page_with_next_to_nothing_on_it_is_not_looked_at_again() -> None:
    recognise = Reading(sense=("Qrxz",), confidence=0.1)
    assert read_upright(PageImage(1, page(lines=2)), recognise)[0].view == View()
    assert recognise.looks == [(700, 500)]
