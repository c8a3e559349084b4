"""A page that another program has read before us, held against our own reading: of each piece the better one is kept.

Scan apps write what they read into the PDF, unseen over the picture: often well, at times "Rossl'1anI1", 2028 for 2026.
Where both say the same, it is so; where they differ, it counts how sure we are, how the other program fared on the rest
of the page, and whether what either says looks like anything that is written at all.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from extraction.evidence import Box, Page, Word
from extraction.pictures.tiled_ocr import Recognise, recognise_in_tiles

_BEST, _WORST = 0.95, 0.3  # how far another program is believed at most, and at least
_WRITTEN = re.compile(
    r"(?:[^\W\d_][^\W\d_A-Z]*|[^\W\d_a-z]+)(?:[-'’.&/](?:[^\W\d_][^\W\d_A-Z]*|[^\W\d_a-z]+))*[.,:;!?)]*"  # Total, GmbH.
    r"|[-+(]?(?:[€$£¥₹%#]|[A-Z]{3})?\d+(?:[.,:/'’-]\d+)*(?:[€$£¥₹%]|,-|\.-)?[.,:;)-]*"  # 1.234,56 03/04/2026
    r"|[A-Z]{1,6}[-/.]?\d[\dA-Z/.-]*[.,:;]?"  # RE-2026/117
    r"|[€$£¥₹%&@#*()|/:.,;=+–—-]{1,3}"
    r"|[\w.+-]+@[\w.-]+|(?:https?://|www\.)\S+"
)
_HALF = 0.5


@dataclass(frozen=True)
class _Piece:
    """What stands in one place: as we read it, and the words of the other reading whose middle lies there."""

    ours: Word
    theirs: tuple[Word, ...]

    @property
    def said(self) -> str:
        return " ".join(word.text for word in self.theirs)

    @property
    def agrees(self) -> bool:
        return _plain(self.ours.text) == _plain(self.said)


def better_reading(page: Page, picture: NDArray[np.uint8], recognise: Recognise) -> Page:
    """The page, which another program read, with the better of that and of our reading of its picture in each place.

    The picture is upright; boxes keep the unit of the page. Where we read nothing, the page stays as it was.
    """
    scale = page.width / picture.shape[1]
    ours = [_scaled(word, scale) for word in recognise_in_tiles(picture, page.number, recognise)]
    if not ours:
        return page
    pieces = list(_pieces(ours, page.words))
    believed = _believed(pieces)
    used = {word for piece in pieces for word in piece.theirs}
    words = [word for piece in pieces for word in _chosen(piece, believed)]
    if believed > _HALF:
        missed = (word for word in page.words if word not in used and _sound(word.text) == 1.0)
        words += [replace(word, confidence=believed) for word in missed]
    return replace(page, words=tuple(words), source="ocr", hidden=False)


def _pieces(ours: Sequence[Word], theirs: Sequence[Word]) -> Iterator[_Piece]:
    free = list(theirs)
    for word in ours:
        inside = [other for other in free if _middle_within(other.box, word.box)]
        free = [other for other in free if other not in inside]
        yield _Piece(word, tuple(sorted(inside, key=lambda other: other.box[0])))


def _believed(pieces: Sequence[_Piece]) -> float:
    """How far the other reading is believed where it differs: by the share of letters on which it says what we do."""
    letters = [(len(_plain(piece.ours.text)), piece.agrees) for piece in pieces if piece.theirs]
    whole = sum(count for count, _ in letters)
    return min(_BEST, max(_WORST, sum(count for count, agrees in letters if agrees) / whole)) if whole else _WORST


def _chosen(piece: _Piece, believed: float) -> tuple[Word, ...]:
    ours = piece.ours
    if not piece.theirs:
        return (ours,)
    if piece.agrees:  # two that read the same
        return (replace(ours, confidence=1 - (1 - ours.confidence) * (1 - believed)),)
    if _foreign(piece.said) or believed * _sound(piece.said) > ours.confidence * _sound(ours.text):
        return tuple(replace(word, confidence=believed) for word in piece.theirs)
    return (ours,)


def _sound(text: str) -> float:
    """The share of its characters that stand in words, numbers and signs as they are written."""
    tokens = text.split()
    whole = sum(map(len, tokens))
    return sum(len(token) for token in tokens if _WRITTEN.fullmatch(token)) / whole if whole else 0.0


def _foreign(text: str) -> bool:
    """Whether most of it is in letters that our reading does not know: Greek, Cyrillic, what is not Latin."""
    letters = [character for character in text if character.isalpha()]
    other = sum(not unicodedata.name(character, "").startswith("LATIN") for character in letters)
    return other > _HALF * len(letters)


def _plain(text: str) -> str:
    return "".join(text.split()).casefold()


def _scaled(word: Word, scale: float) -> Word:
    x0, y0, x1, y1 = word.box
    return replace(word, box=(x0 * scale, y0 * scale, x1 * scale, y1 * scale))


def _middle_within(box: Box, other: Box) -> bool:
    across, down = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    return other[0] <= across <= other[2] and other[1] <= down <= other[3]
