"""Long receipts are read in pieces: every word once, where it stands, and none lost at a seam."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from extraction.evidence import Word
from extraction.pictures.tiled_ocr import recognise_in_tiles

SIZE = (14, 40)  # of the black blocks that stand for words


def blocks(picture: np.ndarray, page: int) -> tuple[Word, ...]:
    """Finds black blocks as OCR finds words: those that a seam cuts are seen, too, as far as they go."""
    _, _, stats, _ = cv2.connectedComponentsWithStats((picture[:, :, 0] < 128).astype(np.uint8))
    return tuple(
        Word("x", (float(x), float(y), float(x + width), float(y + height)), page)
        for x, y, width, height, _ in stats[1:]
    )


def strip(length: int, width: int, places: list[tuple[int, int]]) -> np.ndarray:
    """White paper with a block at each place (x, y)."""
    paper = np.full((length, width, 3), 255, np.uint8)
    for x, y in places:
        paper[y : y + SIZE[0], x : x + SIZE[1]] = 0
    return paper


@pytest.mark.parametrize("length", [801, 1000, 1333, 2500, 7000])
@pytest.mark.parametrize("shift", range(0, 30, 7))
def test_every_word_of_a_long_receipt_is_read_once(length: int, shift: int) -> None:
    places = [(x, y) for y in range(2 + shift, length - 20, 23) for x in (5, 60, 140)]
    looks: list[tuple[int, int]] = []

    def recognise(picture: np.ndarray, page: int) -> tuple[Word, ...]:
        looks.append(picture.shape[:2])
        return blocks(picture, page)

    words = recognise_in_tiles(strip(length, 200, places), 3, recognise)
    expected = [(x, y, x + SIZE[1], y + SIZE[0]) for x, y in places]
    assert sorted(word.box for word in words) == sorted(expected)
    assert {word.page for word in words} == {3}
    assert len(looks) > 1
    assert max(height for height, _ in looks) <= 2.5 * 200 + 1


def test_words_come_from_top_to_bottom() -> None:
    words = recognise_in_tiles(strip(1500, 200, [(5, y) for y in range(3, 1480, 31)]), 1, blocks)
    assert [word.box[1] for word in words] == sorted(word.box[1] for word in words)


def test_a_long_receipt_that_lies_is_read_in_pieces_too() -> None:
    lying = np.ascontiguousarray(np.rot90(strip(1500, 200, [(30, y) for y in range(3, 1480, 31)])))
    assert len(recognise_in_tiles(lying, 1, blocks)) == len(range(3, 1480, 31))


def test_a_page_of_usual_shape_is_looked_at_once_and_as_it_is() -> None:
    paper = strip(780, 200, [(5, 5)])
    seen: list[np.ndarray] = []
    recognise_in_tiles(paper, 1, lambda picture, page: seen.append(picture) or ())  # type: ignore[func-returns-value]
    assert len(seen) == 1
    assert seen[0] is paper
