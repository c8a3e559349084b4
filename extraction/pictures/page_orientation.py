"""Which way up a page is, decided by reading: what stands on its head makes no sense in any language.

A page that makes sense as it stands, as nearly all do, costs nothing more. Only another is looked at in the other
ways, a handful of its lines at first; it is read anew once one of them is clearly better. Measured on 16 receipts in
all four ways: of the right way up, 8 % of the words and more are amounts, dates or words of business, in the other
ways 3 % at most.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from extraction.evidence import View, Word
from extraction.fields.patterns.vocabulary import keywords
from extraction.pictures.image_file import PageImage
from extraction.pictures.rectify import rotate_and_deskew
from extraction.pictures.tiled_ocr import Recognise, recognise_in_tiles

_FEWEST = 4  # words from which there is anything to judge
_SENSE = 0.05  # share of words that make sense, from which a page is the right way up
_SURE = 0.6  # mean confidence of letters from which it is, too: perhaps in a language whose words are not known
_UPRIGHT, _SIDEWAYS = 0.12, 0.4  # share of boxes higher than wide below which lines are level, above which upright
_TALL = 1.5  # times as high as wide
_BETTER = 0.12  # by which another way up must be better; small print is hard to read in any
_WEIGHT = 3.0  # of sense against confidence: a third of a receipt's words make sense

_LINES = 16  # that are read another way, the longest first
_LINE_HEIGHT, _LINE_LENGTH = 40, 900  # pixels to which they are brought at most
_PART = 16  # times as long as high, of which more says no more
_GAP = 20  # pixels between them

_AMOUNT = re.compile(r"\W{0,3}[A-Z]{0,3}\W?\d{1,3}(?:[.,' ]?\d{3})*[.,]\d\d\W{0,3}\w?")
_WHEN = re.compile(r"\d{1,4}[./-]\d{1,2}[./-]\d{2,4}|\d\d:\d\d")
_SHORTEST = 4  # letters of a word that is not one by chance

Picture = NDArray[np.uint8]


def read_upright(
    scan: PageImage, recognise: Recognise, glance: Recognise | None = None
) -> tuple[PageImage, tuple[Word, ...]]:
    """The page turned the right way up, its lines level, and its words. `glance` is OCR of a picture of a few
    lines; None: as of a page."""
    words = recognise_in_tiles(scan.picture, scan.number, recognise)
    turns = _turns(scan, words, glance or recognise)
    if not turns:
        return scan, words
    picture = rotate_and_deskew(scan.picture, turns)
    return PageImage(scan.number, picture, View(scan.view.paper, turns)), recognise_in_tiles(
        picture, scan.number, recognise
    )


def _turns(scan: PageImage, words: Sequence[Word], glance: Recognise) -> int:
    """Quarter turns clockwise after which the page is the right way up; 0 where that is not clear."""
    if len(words) < _FEWEST or _sense(words) >= _SENSE or _confidence(words) >= _SURE:
        return 0
    tall = sum(_is_tall(word) for word in words) / len(words)
    ways = (2,) if tall < _UPRIGHT else (1, 3) if tall > _SIDEWAYS else (1, 2, 3)
    lines = sorted(words, key=lambda word: -max(word.box[2] - word.box[0], word.box[3] - word.box[1]))[:_LINES]
    worth = {turns: _worth(glance(_turned_lines(scan.picture, lines, turns), scan.number)) for turns in ways}
    best = max(ways, key=lambda turns: worth[turns])
    return best if worth[best] > _worth(words) + _BETTER else 0


def _worth(words: Sequence[Word]) -> float:
    return _confidence(words) + _WEIGHT * _sense(words)


def _sense(words: Sequence[Word]) -> float:
    """The share of words that are amounts, dates, or known from business documents."""
    parts = [part for word in words for part in word.text.split()]
    return sum(map(_makes_sense, parts)) / max(len(parts), 1)


def _makes_sense(part: str) -> bool:
    letters = "".join(filter(str.isalpha, part.lower()))
    known = len(letters) >= _SHORTEST and letters in keywords()
    return known or bool(_AMOUNT.fullmatch(part) or _WHEN.search(part))


def _confidence(words: Sequence[Word]) -> float:
    """The mean of the recogniser's confidence over all letters."""
    letters = sum(len(word.text) for word in words)
    return sum(word.confidence * len(word.text) for word in words) / max(letters, 1)


def _is_tall(word: Word) -> bool:
    x0, y0, x1, y1 = word.box
    return y1 - y0 > _TALL * (x1 - x0)


def _turned_lines(picture: Picture, lines: Sequence[Word], turns: int) -> Picture:
    """A picture of lines cut out of a page, each turned, one below the other on white."""
    strips = [_strip(picture, line, turns) for line in lines]
    height = sum(strip.shape[0] + _GAP for strip in strips) + _GAP
    sheet = np.full((height, max(strip.shape[1] for strip in strips) + 2 * _GAP, 3), 255, np.uint8)
    top = _GAP
    for strip in strips:
        sheet[top : top + strip.shape[0], _GAP : _GAP + strip.shape[1]] = strip
        top += strip.shape[0] + _GAP
    return sheet


def _strip(picture: Picture, line: Word, turns: int) -> Picture:
    x0, y0, x1, y1 = (max(0, round(side)) for side in line.box)
    x1, y1 = min(x1, x0 + _PART * (y1 - y0)), min(y1, y0 + _PART * (x1 - x0))
    strip = np.rot90(picture[y0 : max(y1, y0 + 1), x0 : max(x1, x0 + 1)], -turns)
    scale = min(_LINE_HEIGHT / strip.shape[0], _LINE_LENGTH / strip.shape[1], 2.0)
    size = (max(1, round(strip.shape[1] * scale)), max(1, round(strip.shape[0] * scale)))
    return np.asarray(cv2.resize(np.ascontiguousarray(strip), size, interpolation=cv2.INTER_AREA), np.uint8)
