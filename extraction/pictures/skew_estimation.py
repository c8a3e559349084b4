"""By how much lines of print slant, measured on the print itself."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

_WIDEST = 15.0  # degrees to either side
_COARSE, _FINE = 0.5, 0.05  # degrees between the angles tried, first over the whole range and then about the best
_NEIGHBOURHOOD = 31  # pixels across which paper is taken to be evenly lit
_INK = 14  # levels by which print is darker than its neighbourhood
_TALLEST = 40  # pixels of a letter, a word or a rule across the page; what is taller is a picture or an edge
_FEWEST = 1500  # pixels of print from which lines can be told
_LEAST_FALL = 5.0  # pixels by which a line falls across the print: half a line of small print, 0.4 degrees on A4
_CLEAR = 3.0  # how much sharper lines are at the angle found than at those that are clearly others

Picture = NDArray[np.uint8]


def estimate_skew(grey: Picture) -> float:
    """Degrees by which lines of print run down to the right in a grey picture of about 750,000 pixels.

    0 where there is too little print, where it has no one direction, or where it slants too little to matter.
    """
    x, y = _print(grey)
    if len(x) < _FEWEST:
        return 0.0
    coarse = np.arange(-_WIDEST, _WIDEST + _COARSE, _COARSE)
    sharpness = np.array([_sharpness(x, y, angle) for angle in coarse])
    best = float(coarse[sharpness.argmax()])
    others = sharpness[np.abs(coarse - best) > 2.0]
    if abs(best) >= _WIDEST or sharpness.max() < _CLEAR * np.percentile(others, 90):
        return 0.0
    fine = best + np.arange(-_COARSE, _COARSE + _FINE, _FINE)
    skew = float(fine[np.argmax([_sharpness(x, y, angle) for angle in fine])])
    return skew if np.radians(abs(skew)) * np.ptp(x) >= _LEAST_FALL else 0.0


def _print(grey: Picture) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Where there is ink in pieces of the size of letters and words: x and y, from the middle of the picture."""
    paper = cv2.medianBlur(cv2.dilate(grey, np.ones((3, 3), np.uint8)), _NEIGHBOURHOOD)
    ink = (cv2.subtract(paper, grey) > _INK).astype(np.uint8)
    _, labels, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    kept = (stats[:, cv2.CC_STAT_HEIGHT] <= _TALLEST) & (stats[:, cv2.CC_STAT_AREA] >= 3)
    kept[0] = False
    y, x = np.divmod(np.flatnonzero(kept[labels]), grey.shape[1])
    return (x - grey.shape[1] // 2).astype(np.float32), (y - grey.shape[0] // 2).astype(np.float32)


def _sharpness(x: NDArray[np.float32], y: NDArray[np.float32], degrees: float) -> float:
    """How sharply the print falls into lines at a slant: the energy of the steps between neighbouring rows."""
    slant = np.radians(degrees)
    rows = np.rint(y * np.cos(slant) - x * np.sin(slant)).astype(np.int32)
    ink = np.bincount(rows - rows.min()).astype(np.float64)
    return float((np.diff(ink) ** 2).sum())
