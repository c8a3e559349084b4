"""Words that a slanting or curling page moved apart, put level, so that labels find their amounts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from statistics import median

from extraction.evidence import Word

_STEEPEST = 0.06
"""The most that rows may fall or rise, as height over width: what is steeper was straightened as a picture."""

_SLANTS = 61  # as many are tried, evenly apart
_CLOSE = 0.2  # of a word's height: how near the middles of words in one row lie
_CLEARER = 1.1  # how much better rows must hang together before words are moved
_FEWEST = 8


def levelled(words: Sequence[Word]) -> list[Word]:
    """The words moved up or down as if their rows were level; as they are where that makes no clear difference.

    Only their boxes change; the order stays.
    """
    if len(words) < _FEWEST:
        return list(words)
    import numpy as np  # loads for longer than all of the fields, and only scans need it

    slants = np.linspace(-_STEEPEST, _STEEPEST, _SLANTS)
    boxes = np.array([word.box for word in words])
    across, down = (boxes[:, 0] + boxes[:, 2]) / 2, (boxes[:, 1] + boxes[:, 3]) / 2
    height = max(median(boxes[:, 3] - boxes[:, 1]), 1e-6)
    # How many words have a neighbour at their height once the page is turned by a slant, the small ones preferred.
    gaps = np.diff(np.sort(down - slants[:, None] * (across - across.mean()), axis=1), axis=1) / height
    together = np.exp(-((gaps / _CLOSE) ** 2)).sum(axis=1) - 5 * np.abs(slants)
    best = int(together.argmax())
    if together[best] <= _CLEARER * together[_SLANTS // 2]:
        return list(words)
    moves = slants[best] * (across - across.mean())
    return [
        replace(word, box=(word.box[0], word.box[1] - move, word.box[2], word.box[3] - move))
        for word, move in zip(words, map(float, moves), strict=True)
    ]
