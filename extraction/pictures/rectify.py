"""Photographed and scanned pages as if they lay flat: found on the table, seen from above, level and evenly lit.

All is measured on a small copy, and what is not clearly seen is left as it is: a straight scan comes back untouched.
The picture is resampled once at most.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from extraction.pictures.illumination import even_illumination
from extraction.pictures.page_detection import find_pages
from extraction.pictures.skew_estimation import estimate_skew

_PIXELS = 750_000  # of the copy that is measured: A4 is 1030 high, and its lines of small print are 10 apart
_MARGIN = 0.01  # of its size that is kept around a page, since its edges are seldom quite straight
_SMALLEST = 64  # pixels of the shorter side below which there is nothing to see

Picture = NDArray[np.uint8]
Matrix = NDArray[np.float64]
"""3 x 3, a homography between pixels."""


@dataclass(frozen=True)
class _View:
    """From where a picture is to be seen: the matrix from its pixels to those of the view, and the view's size."""

    matrix: Matrix
    width: float
    height: float

    def of(self, picture: Picture, scale: float = 1.0) -> Picture:
        """The view, of a copy of the picture that is `scale` times as large, in the resolution of the copy."""
        zoom = np.diag((scale, scale, 1.0))
        size = (max(1, round(self.width * scale)), max(1, round(self.height * scale)))
        matrix = zoom @ self.matrix @ np.linalg.inv(zoom)
        seen = cv2.warpPerspective(picture, matrix, size, flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE)
        return np.asarray(seen, np.uint8)

    def turned(self, degrees: float) -> _View:
        """The view in which lines that ran down to the right by so many degrees are level; nothing is cut off."""
        turn = np.vstack((cv2.getRotationMatrix2D((self.width / 2, self.height / 2), degrees, 1.0), (0, 0, 1)))
        cosine, sine = abs(turn[0, 0]), abs(turn[0, 1])
        width, height = self.width * cosine + self.height * sine, self.width * sine + self.height * cosine
        turn[:2, 2] += (width - self.width) / 2, (height - self.height) / 2
        return _View(turn @ self.matrix, width, height)


def rectify(picture: Picture) -> tuple[Picture, ...]:
    """The papers on an RGB picture (height x width x 3), each as seen from straight above; at least one.

    A page whose four edges are clearly seen is cut out, at about its own resolution, and shadows on it are lifted.
    What is left whole is turned, by up to 15 degrees, where its lines of print are clearly askew; it is the same array
    when nothing is amiss.
    """
    height, width = picture.shape[:2]
    if min(height, width) < _SMALLEST:
        return (picture,)
    scale = _scale(picture)
    small = np.asarray(cv2.resize(picture, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA), np.uint8)
    papers = find_pages(small)
    if not papers:
        return (_leveled(picture, small),)
    return tuple(_flat(picture, small, scale, corners / scale) for corners in papers)


def rotate_and_deskew(picture: Picture, turns: int) -> Picture:
    """An RGB picture after so many quarter turns clockwise, its lines of print level where they were askew."""
    if not turns % 4:
        return picture
    turned = rotate_quarter_turns(picture, turns)
    if min(turned.shape[:2]) < _SMALLEST:
        return turned
    scale = _scale(turned)
    small = np.asarray(cv2.resize(turned, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA), np.uint8)
    return _leveled(turned, small)


def rotate_quarter_turns(picture: Picture, turns: int) -> Picture:
    """A picture after so many quarter turns clockwise; the same array after none."""
    return np.ascontiguousarray(np.rot90(picture, -turns)) if turns % 4 else picture


def _scale(picture: Picture) -> float:
    """Of the copy that is measured."""
    return min(1.0, math.sqrt(_PIXELS / (picture.shape[0] * picture.shape[1])))


def _leveled(picture: Picture, small: Picture) -> Picture:
    height, width = picture.shape[:2]
    skew = _skew(small)
    return _View(np.eye(3), width, height).turned(skew).of(picture) if skew else picture


def _flat(picture: Picture, small: Picture, scale: float, corners: NDArray[np.float32]) -> Picture:
    """The paper between four corners of the picture."""
    page = _from_above(corners)
    skew = _skew(page.of(small, scale))
    return even_illumination((page.turned(skew) if skew else page).of(picture))


def _skew(picture: Picture) -> float:
    return estimate_skew(np.asarray(cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY), np.uint8))


def _from_above(corners: NDArray[np.float32]) -> _View:
    """The page between four corners (clockwise from its top left), as large as its longer edges are."""
    top, right, bottom, left = (float(edge) for edge in np.linalg.norm(np.roll(corners, -1, axis=0) - corners, axis=1))
    width, height = max(top, bottom), max(left, right)
    margin = _MARGIN * np.array((width, height))
    flat = np.array([(0, 0), (width, 0), (width, height), (0, height)]) + margin
    lens = cv2.getPerspectiveTransform(corners.astype(np.float32), flat.astype(np.float32))
    return _View(np.asarray(lens, np.float64), width + 2 * margin[0], height + 2 * margin[1])
