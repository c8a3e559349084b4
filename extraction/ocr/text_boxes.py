"""Where text stands: from the detector's two heat maps to rectangles of lines, by EasyOCR's rules.

EasyOCR does the same in `craft_utils.getDetBoxes` and `utils.group_text_box`, whose modules import torch and look at
the whole map for every box; here each box looks at its own part, in a hundredth of the time. Tests hold both equal.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from statistics import fmean

import cv2
import numpy as np
from numpy.typing import NDArray

HeatMap = NDArray[np.float32]
"""A probability for each pixel of a picture at half its size: that a character's centre or a gap's is near."""

Quad = NDArray[np.float32]
"""Four corners (4 x 2: x and y), clockwise."""

# Thresholds and tolerances are those that EasyOCR's `Reader.detect` has by default, but for the gap.
_CERTAIN_TEXT = 0.7  # of a component's best pixel
_TEXT = 0.4
_LINK = 0.4
_SMALLEST = 10  # pixels of a component of the map
_LEVEL = 0.1  # steepest slope of text that is cut out as an upright rectangle
_SAME_LINE = 0.5  # heights that centres may be apart
_ALIKE = 0.5  # heights that heights may differ
_GAP = 1.3  # heights between neighbours; at the 0.5 of EasyOCR, digits of wide print come apart at their points
_MARGIN = 0.1  # of the smaller side
_TALL = 2.5  # widths that a word is high which is no single letter


@dataclass(frozen=True)
class Rectangle:
    """An upright rectangle in whole pixels; it may reach over the picture's edge."""

    left: int
    right: int
    top: int
    bottom: int

    @property
    def height(self) -> int:
        """In pixels."""
        return self.bottom - self.top

    @property
    def is_tall(self) -> bool:
        """Whether it is higher than a letter may be."""
        return self.height > _TALL * (self.right - self.left)

    def with_margin(self) -> Rectangle:
        """Larger on all sides."""
        margin = int(_MARGIN * min(self.right - self.left, self.height))
        return Rectangle(self.left - margin, self.right + margin, self.top - margin, self.bottom + margin)


@dataclass(frozen=True)
class Lines:
    """Where text was found, in pixels of the picture: level lines as rectangles, slanted ones by their corners."""

    level: tuple[Rectangle, ...]
    slanted: tuple[Quad, ...]

    @property
    def heights(self) -> list[float]:
        """Of the print of all lines, in pixels; lines of a page on its side are as high as their boxes are wide."""
        sides = [float(np.linalg.norm(corners[3] - corners[0])) for corners in self.slanted]
        return [float(line.right - line.left if line.is_tall else line.height) for line in self.level] + sides


def word_quads(text: HeatMap, link: HeatMap) -> Iterator[Quad]:
    """The words that heat maps show, as quadrilaterals in pixels of the maps."""
    is_text, is_link = text > _TEXT, link > _LINK
    _, labels, stats, _ = cv2.connectedComponentsWithStats((is_text | is_link).astype(np.uint8), connectivity=4)
    for label, (x, y, width, height, size) in enumerate(stats[1:].tolist(), 1):
        if size < _SMALLEST:
            continue
        part = np.s_[y : y + height, x : x + width]
        mask = labels[part] == label
        if text[part][mask].max() < _CERTAIN_TEXT:
            continue
        letters = mask & (is_text[part] | ~is_link[part])
        yield _around(letters, (x, y, width, height), size, text.shape)


def _around(letters: NDArray[np.bool_], place: tuple[int, int, int, int], size: int, shape: tuple[int, ...]) -> Quad:
    """The rectangle around a component's letters, which are first grown by what the heat maps leave out of them."""
    x, y, width, height = place
    grown = int(np.sqrt(size * min(width, height) / (width * height)) * 2)
    left, right = max(0, x - grown), min(shape[1], x + width + grown + 1)
    top, bottom = max(0, y - grown), min(shape[0], y + height + grown + 1)
    pixels = np.zeros((bottom - top, right - left), np.uint8)
    pixels[y - top : y - top + height, x - left : x - left + width] = letters
    kernel = cv2.getStructuringElement(cv2.MORPH_RECT, (1 + grown, 1 + grown))
    points = np.add(cv2.findNonZero(cv2.dilate(pixels, kernel)).reshape(-1, 2), (left, top))
    corners = cv2.boxPoints(cv2.minAreaRect(points.astype(np.int32)))
    one, other = np.linalg.norm(corners[0] - corners[1]), np.linalg.norm(corners[1] - corners[2])
    if abs(1 - max(one, other) / (min(one, other) + 1e-5)) <= 0.1:  # nearly a square, whose turn means nothing
        (x0, y0), (x1, y1) = points.min(0), points.max(0)
        corners = np.array([(x0, y0), (x1, y0), (x1, y1), (x0, y1)], np.float32)
    return np.roll(corners, 4 - corners.sum(axis=1).argmin(), 0)


def lines(words: Iterable[Quad], smallest: int) -> Lines:
    """Words joined to lines; what is no larger than `smallest` pixels both ways is left out.

    `words` are in pixels of the picture, of which fractions are dropped.
    """
    level: list[Rectangle] = []
    slanted: list[Quad] = []
    for word in words:
        corners = word.astype(np.int32)
        if _is_level(corners):
            (left, top), (right, bottom) = corners.min(0).tolist(), corners.max(0).tolist()
            level.append(Rectangle(left, right, top, bottom))
        else:
            slanted.append(_with_margin(corners))
    joined = [part.with_margin() for row in _rows(level) for part in _parts(row)]
    return Lines(
        tuple(line for line in joined if max(line.right - line.left, line.height) > smallest),
        tuple(line for line in slanted if np.ptp(line, axis=0).max() > smallest),
    )


def _is_level(corners: NDArray[np.int32]) -> bool:
    (x0, y0), (x1, y1), (x2, y2), (x3, y3) = corners.tolist()
    above, below = (y1 - y0) / max(10, x1 - x0), (y2 - y3) / max(10, x2 - x3)
    return bool(max(abs(above), abs(below)) < _LEVEL)


def _with_margin(corners: NDArray[np.int32]) -> Quad:
    """A slanted word, larger by a margin along its diagonals."""
    sides = np.linalg.norm(corners[3] - corners[0]), np.linalg.norm(corners[1] - corners[0])
    margin = int(1.44 * _MARGIN * min(sides))
    (x0, y0), (x1, y1), (x2, y2), (x3, y3) = corners.tolist()
    falling, rising = abs(np.arctan((y0 - y2) / max(10, x0 - x2))), abs(np.arctan((y1 - y3) / max(10, x1 - x3)))
    (c, s), (d, t) = ((np.cos(angle) * margin, np.sin(angle) * margin) for angle in (falling, rising))
    return np.array([(x0 - c, y0 - s), (x1 + d, y1 - t), (x2 + c, y2 + s), (x3 - d, y3 + t)], np.float32)


def _rows(words: Sequence[Rectangle]) -> Iterator[list[Rectangle]]:
    """Words at about one height, from top to bottom."""
    row: list[Rectangle] = []
    for word in sorted(words, key=_middle):
        if row and abs(fmean(map(_middle, row)) - _middle(word)) >= _SAME_LINE * fmean(each.height for each in row):
            yield row
            row = []
        row.append(word)
    if row:
        yield row


def _parts(row: Sequence[Rectangle]) -> Iterator[Rectangle]:
    """Neighbours of a row joined, from left to right, where they are of like height and close."""
    part: list[Rectangle] = []
    for word in sorted(row, key=lambda word: word.left):
        if part:
            height = fmean(each.height for each in part)
            alike = abs(height - word.height) < _ALIKE * height
            lying = part[-1].is_tall and word.is_tall  # two lines of a page on its side
            if not alike or lying or word.left - part[-1].right >= _GAP * word.height:
                yield _hull(part)
                part = []
        part.append(word)
    yield _hull(part)


def _hull(part: Sequence[Rectangle]) -> Rectangle:
    return Rectangle(
        min(word.left for word in part),
        max(word.right for word in part),
        min(word.top for word in part),
        max(word.bottom for word in part),
    )


def _middle(word: Rectangle) -> float:
    return 0.5 * (word.top + word.bottom)
