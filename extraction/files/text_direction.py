"""In which direction the text layer of a page is written, and its words turned so that it is from left to right."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from extraction.evidence import Box, Page, View, Word

_FEWEST = 20  # steps from letter to letter from which a direction is believed
_MOST_OTHER = 0.3  # share of steps in other directions, such as those of a note along the margin


def rotate_text_upright(page: Page, characters: Sequence[tuple[str, Box]]) -> Page:
    """The page with its boxes as they are once its text is turned upright; the same page where it is so already.

    `characters` are those of its text layer in their order, with boxes as the page is shown.
    """
    turns = _turns_of(characters)
    if not turns:
        return page
    width, height = (page.height, page.width) if turns % 2 else (page.width, page.height)
    words = tuple(_turned(word, turns, page.width, page.height) for word in page.words)
    return replace(page, width=width, height=height, words=words, view=View(turns=turns))


def _turns_of(characters: Sequence[tuple[str, Box]]) -> int:
    """Quarter turns clockwise that make the text run from left to right; 0 where most of it does, or none is clear."""
    steps: Counter[int] = Counter()
    for (one, first), (other, second) in pairwise(characters):
        if one.isalnum() and other.isalnum():
            across = (second[0] + second[2] - first[0] - first[2]) / 2
            down = (second[1] + second[3] - first[1] - first[3]) / 2
            if abs(across) >= abs(down):
                steps[0 if across >= 0 else 2] += 1
            else:
                steps[3 if down > 0 else 1] += 1
    turns, times = max(steps.items(), key=lambda item: item[1], default=(0, 0))
    return turns if times >= _FEWEST and times >= (1 - _MOST_OTHER) * steps.total() else 0


def _turned(word: Word, turns: int, width: float, height: float) -> Word:
    """The word where it stands after so many quarter turns clockwise of a page of this size."""
    x0, y0, x1, y1 = word.box
    boxes = {
        1: (height - y1, x0, height - y0, x1),
        2: (width - x1, height - y1, width - x0, height - y0),
        3: (y0, width - x1, y1, width - x0),
    }
    return replace(word, box=boxes[turns])
