"""Words that a slanting, leaning or curling page moved apart, put level, so that labels find their amounts.

Rows of a page that was photographed at an angle, or whose paper curls, spread like a fan: each falls or rises a
little more than the one above it. How much is seen where most words find another at their height to the right.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from statistics import median

import numpy as np
from numpy.typing import NDArray

from extraction.evidence import Word

Floats = NDArray[np.float64]

_SLANTS = np.linspace(-0.2, 0.2, 101)
"""How much rows in the middle of a page may fall, as height over width: what is steeper was straightened before."""

_FANS = np.linspace(-0.1, 0.1, 41)
"""How much more than those in the middle the lowest may fall, and the highest less."""

_LEVEL = np.zeros(1)

_CLOSE = 0.25  # of a word's height: how near the middles of two words in one row lie
_OVERLAP = 0.3  # of a word's height, by which boxes of words beside each other may overlap
_TALLEST = 1.5  # of the usual height: a heading is no more out of line than other words
_SMALL = 5.0  # words that a slant of 1 takes to outweigh: of two bends that fit, the smaller is true
_CLEARER = 1.15  # how much better rows must hang together for each further kind of bend
_FEWEST, _MOST = 8, 1000  # words of a page that is put level
_MOST_PAIRS = 2000  # are tried; of more, those of each second left word, or third, and so on


@dataclass(frozen=True)
class _Pairs:
    """Words that may stand in one row, as pairs: by how much one is lower, further right, and that times its place.

    All three in heights of the words. `legible` is the recogniser's confidence in the less certain word: scraps tell
    nothing of rows. Pairs of the same left word stand together, the first of each at `starts`.
    """

    lower: Floats
    further: Floats
    fanned: Floats
    legible: Floats
    starts: NDArray[np.intp]

    def together(self, slants: Floats, fan: float) -> Floats:
        """How many words have another beside them by each of the slants, with that fan."""
        off = self.lower - slants[:, None] * self.further - fan * self.fanned
        best = np.maximum.reduceat(self.legible * np.exp(-((off / _CLOSE) ** 2)), self.starts, axis=1)
        return np.asarray(best.sum(axis=1) - _SMALL * (np.abs(slants) + abs(fan)))


def deskew_words(words: Sequence[Word]) -> list[Word]:
    """The words moved up or down as if their rows were level; as they are where that makes no clear difference.

    Only their boxes change; the order stays.
    """
    if not _FEWEST <= len(words) <= _MOST:
        return list(words)
    boxes = np.array([word.box for word in words])
    across, down = (boxes[:, 0] + boxes[:, 2]) / 2, (boxes[:, 1] + boxes[:, 3]) / 2
    across, down = across - across.mean(), down - (down.min() + down.max()) / 2
    place = down / max(down.max(), 1e-6)  # from -1 at the top to 1 at the bottom
    slant, fan = _bend(_pairs(boxes, np.array([word.confidence for word in words]), across, down, place))
    return [
        replace(word, box=(word.box[0], word.box[1] - move, word.box[2], word.box[3] - move)) if move else word
        for word, move in zip(words, map(float, (slant + fan * place) * across), strict=True)
    ]


def _bend(pairs: _Pairs) -> tuple[float, float]:
    """Slant and fan by which the most words are beside another, each only where it is clearly better than none."""
    found, most = (0.0, 0.0), -np.inf
    for slants, fans in ((_LEVEL, _LEVEL), (_SLANTS, _LEVEL), (_SLANTS, _FANS)):
        tried = np.array([pairs.together(slants, fan) for fan in fans])
        if tried.max() > _CLEARER * most:
            fan, slant = np.unravel_index(tried.argmax(), tried.shape)
            found, most = (float(slants[slant]), float(fans[fan])), tried.max()
    return found


def _pairs(boxes: Floats, confidence: Floats, across: Floats, down: Floats, place: Floats) -> _Pairs:
    heights = np.maximum(boxes[:, 3] - boxes[:, 1], 1e-6)
    usual = median(heights)
    steepest = _SLANTS[-1] + _FANS[-1]
    beside = boxes[None, :, 0] > boxes[:, None, 2] - _OVERLAP * usual
    near = np.abs(down[None] - down[:, None]) < steepest * np.abs(across[None] - across[:, None]) + usual / 2
    left, right = np.nonzero(beside & near)
    some = left % (1 + len(left) // _MOST_PAIRS) == 0
    left, right = left[some], right[some]
    height = np.minimum(np.minimum(heights[left], heights[right]), _TALLEST * usual)
    fanned = across * place
    return _Pairs(
        (down[right] - down[left]) / height,
        (across[right] - across[left]) / height,
        (fanned[right] - fanned[left]) / height,
        np.minimum(confidence[left], confidence[right]),
        np.flatnonzero(np.diff(left, prepend=-1)),
    )
