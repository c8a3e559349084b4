"""Long pages in pieces: a till receipt of two metres is a thin line when it is looked at as a whole."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from extraction.evidence import Box, Word

Recognise = Callable[[NDArray[np.uint8], int], tuple[Word, ...]]
"""OCR: an upright RGB picture and the number of its page → its words, boxes in pixels of the picture."""

_LONG = 4.0  # times longer than wide, from which a page is read in pieces
_PIECE = 2.5  # times as long as wide, at most
_OVERLAP = 0.25  # of the width, that two pieces have in common: three lines of a till receipt and more
_SAME = 0.5  # share of the smaller of two boxes that they have in common when they are one word, read twice


@dataclass(frozen=True)
class _Piece:
    """A part of a page's longer side: what is shown, and the zone within it that no other piece answers for."""

    start: int
    end: int
    zone: tuple[float, float]


def recognise_in_tiles(picture: NDArray[np.uint8], number: int, recognise: Recognise) -> tuple[Word, ...]:
    """The words of a page, in pieces where it is much longer than wide, or wider than high; each word once."""
    height, width = picture.shape[:2]
    if max(height, width) < _LONG * min(height, width):
        return recognise(picture, number)
    down = height > width
    words: list[Word] = []
    for piece in _pieces(max(height, width), min(height, width)):
        part = picture[piece.start : piece.end] if down else picture[:, piece.start : piece.end]
        read = [_moved(word, piece.start, down) for word in recognise(np.ascontiguousarray(part), number)]
        words += [word for word in read if _belongs(word, piece, down) and not any(_twice(word, w) for w in words)]
    return tuple(sorted(words, key=lambda word: (word.box[1], word.box[0])))


def _pieces(length: int, width: int) -> Iterator[_Piece]:
    """Equal pieces from end to end, each overlapping the next; zones meet in the middle of what they share."""
    overlap = _OVERLAP * width
    count = int(np.ceil((length - overlap) / (_PIECE * width - overlap)))
    step = (length - overlap) / count
    for n in range(count):
        start, end = n * step, n * step + step + overlap
        zone = (start + overlap / 2 if n else 0.0, end - overlap / 2 if n + 1 < count else float(length))
        yield _Piece(round(start), min(round(end), length), zone)


def _moved(word: Word, by: int, down: bool) -> Word:
    x0, y0, x1, y1 = word.box
    return replace(word, box=(x0, y0 + by, x1, y1 + by) if down else (x0 + by, y0, x1 + by, y1))


def _belongs(word: Word, piece: _Piece, down: bool) -> bool:
    """Whether the word's middle lies in the piece's zone, give or take half a line, since boxes vary by a little."""
    first, last = (word.box[1], word.box[3]) if down else (word.box[0], word.box[2])
    slack = min(word.box[3] - word.box[1], word.box[2] - word.box[0]) / 2
    return piece.zone[0] - slack <= (first + last) / 2 <= piece.zone[1] + slack


def _twice(one: Word, other: Word) -> bool:
    return _common(one.box, other.box) > _SAME


def _common(one: Box, other: Box) -> float:
    """The common area as a share of the smaller box."""
    across = min(one[2], other[2]) - max(one[0], other[0])
    down = min(one[3], other[3]) - max(one[1], other[1])
    smaller = min((box[2] - box[0]) * (box[3] - box[1]) for box in (one, other))
    return across * down / max(smaller, 1e-6) if across > 0 and down > 0 else 0.0
