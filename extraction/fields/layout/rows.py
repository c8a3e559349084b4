"""Words of a page joined into rows of text that still know where each character stands."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from statistics import median

from extraction.evidence import Box, Page, Source, Word

CELL = "\t"
"""Stands in a row's text where two words are further apart than a blank: the border between two columns."""

CELL_GAP = 1.0
"""How wide such a gap is at least, in heights of the row's words."""

SAME_ROW = 0.5
"""The share of the lower word's height that two neighbours have in common when they stand in one row."""

_LOWEST = 0.1  # of a row: some PDF writers give their words no height


@dataclass(frozen=True)
class Row:
    """Words that stand beside each other. `text` joins them by a blank, or by `CELL` over a wide gap.

    `index` counts all rows of the document from 0, `place` is where on its page the row stands (0 top, 1 bottom),
    `height` the median height of its words, `starts` the offset in `text` at which each word begins.
    """

    words: tuple[Word, ...]
    starts: tuple[int, ...]
    text: str
    index: int
    page: int
    source: Source
    place: float
    height: float
    page_width: float

    def words_of(self, start: int, end: int) -> tuple[Word, ...]:
        """The words that `text[start:end]` touches."""
        return tuple(
            word
            for word, first in zip(self.words, self.starts, strict=True)
            if first < end and start < first + len(word.text)
        )

    def box_of(self, start: int, end: int) -> Box:
        """Where `text[start:end]` stands; within a word by the share of its characters."""
        boxes = []
        for word, first in zip(self.words, self.starts, strict=True):
            last = first + len(word.text)
            if first < end and start < last:
                x0, y0, x1, y1 = word.box
                wide = (x1 - x0) / len(word.text)
                boxes.append((x0 + wide * (max(start, first) - first), y0, x1 - wide * (last - min(end, last)), y1))
        return union(boxes)

    def confidence_of(self, start: int, end: int) -> float:
        """The recogniser's confidence in the least certain word that `text[start:end]` touches."""
        return min((word.confidence for word in self.words_of(start, end)), default=1.0)

    def cell_at(self, position: int) -> tuple[int, int]:
        """Start and end of the cell in which the character at `position` stands."""
        start = self.text.rfind(CELL, 0, position) + 1
        end = self.text.find(CELL, position)
        return start, len(self.text) if end < 0 else end

    def cells(self) -> list[tuple[int, int]]:
        """Start and end of each cell, left to right."""
        spans, start = [], 0
        for part in self.text.split(CELL):
            spans.append((start, start + len(part)))
            start += len(part) + 1
        return spans

    @cached_property
    def cell_boxes(self) -> tuple[tuple[int, int, Box], ...]:
        """Start, end and box of each cell: looked at again for every name and value above and below the row."""
        return tuple((start, end, self.box_of(start, end)) for start, end in self.cells())


def union(boxes: Iterable[Box]) -> Box:
    """The smallest box around all of them (at least one)."""
    x0, y0, x1, y1 = zip(*boxes, strict=True)
    return min(x0), min(y0), max(x1), max(y1)


def rows_of(pages: Sequence[Page]) -> tuple[Row, ...]:
    """All rows of a document: page by page, top to bottom."""
    rows: list[Row] = []
    for page in pages:
        written = [word for word in page.words if word.text.strip()]
        for positions in _beside(_levelled(written) if page.source == "ocr" else written):
            rows.append(_row([written[position] for position in positions], len(rows), page))
    return tuple(rows)


def _levelled(words: Sequence[Word]) -> Sequence[Word]:
    from extraction.fields.layout.deskew_words import (
        deskew_words,  # loads numpy, which takes longer than all of the fields
    )

    return deskew_words(words)


def _beside(written: Sequence[Word]) -> list[list[int]]:
    """Positions of words grouped by row; each is compared with its neighbour to the left: a tilted row stays one."""
    if not written:
        return []
    band = max(median(word.box[3] - word.box[1] for word in written), 1.0)
    groups: list[list[int]] = []
    # Rows by the bands of the page that their last word reaches into: a page may hold thousands of words.
    near: defaultdict[int, set[int]] = defaultdict(set)
    for position in sorted(range(len(written)), key=lambda position: written[position].box[0]):
        word = written[position]
        bands = range(int(word.box[1] // band), int(word.box[3] // band) + 1)
        rivals = set().union(*(near[number] for number in bands))
        common = {number: _common(written[groups[number][-1]].box, word.box) for number in rivals}
        best = max(common, key=lambda number: common[number], default=None)
        if best is None or common[best] < SAME_ROW:
            best = len(groups)
            groups.append([])
        else:
            last = written[groups[best][-1]].box
            for number in range(int(last[1] // band), int(last[3] // band) + 1):
                near[number].discard(best)
        groups[best].append(position)
        for number in bands:
            near[number].add(best)
    return sorted(groups, key=lambda group: median(sum(written[position].box[1::2]) / 2 for position in group))


def _common(a: Box, b: Box) -> float:
    """Vertical overlap as a share of the lower of the two; 0 where the second begins well before the first ends."""
    if b[0] < a[2] - 0.5 * (a[2] - a[0]):
        return 0.0
    return (min(a[3], b[3]) - max(a[1], b[1])) / max(min(a[3] - a[1], b[3] - b[1]), 1e-6)


def _row(words: list[Word], index: int, page: Page) -> Row:
    height = max(median(word.box[3] - word.box[1] for word in words), _LOWEST)
    text, starts, right = "", [], None
    for word in words:
        if right is not None:
            text += CELL if word.box[0] - right > CELL_GAP * height else " "
        starts.append(len(text))
        text += word.text.replace(CELL, " ")
        right = word.box[2]
    middle = median((word.box[1] + word.box[3]) / 2 for word in words)
    place = middle / page.height if page.height else 0.0
    return Row(tuple(words), tuple(starts), text, index, page.number, page.source, place, height, page.width)
