"""OCR as one call: an upright picture in, words with boxes and confidence out.

The networks are of EasyOCR's form, a detector that learned from its CRAFT and a recogniser, and the steps between them
are EasyOCR's. What differs from its `readtext`:
- The networks run by OpenVINO or ONNX Runtime (see `extraction.ocr.backend`), and what lies between them without torch.
- The picture is scaled, up or down, to what its print needs: a glance at a small copy tells how high the print is, and
  then text is looked for where it is `PRINT` pixels high. The stock scale costs up to ten times as much, and small
  scans are found better enlarged.
- Text is recognised in batches of like width.
- Of a page that is full of prose the longest lines are left out.
- A page that was doubtful can be looked at `closer`.
"""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from math import sqrt
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from extraction.errors import Unreadable
from extraction.evidence import Word
from extraction.limits import (
    MOST_LINE_PIXELS,
    MOST_LINE_PIXELS_GLANCED,
    MOST_PRINTED,
    MOST_PRINTED_CLOSER,
    TOO_MUCH_PRINT,
)
from extraction.ocr.backend import load_networks
from extraction.ocr.line_crops import Crop, Grey, batch, crops, decode_ctc, with_contrast
from extraction.ocr.networks import OWN, Networks
from extraction.ocr.text_boxes import Lines, lines, word_quads

PRINT = 25
"""Pixels that a line is high, with its margins, when text is looked for.

Where it is less, fewer lines are found as one box; where it is more, no more are
(`training/detector/measure_detector.py`).
"""

_GLANCE = 200_000  # pixels of the copy by which the height of print is told
_LEAST, _MOST = 700_000, 1_600_000  # of the one in which text is looked for: a glance misses what is faint or small
_NEAREST = 4.0  # times: pictures as small as that say no more when they are enlarged further
_NARROWEST = 8  # pixels across a picture on which a letter has room
_SMALLEST = 8  # pixels of the original: below it lie specks; EasyOCR's 20 drops single digits of small scans
_CLOSER = 1.3  # times the scale of the first look, for a second
_STRIDE = 32  # of the detector: sides of what it is shown are multiples of it
_FAINT = 0.1  # confidence below which a line is read again with more contrast

_LARGE_WITHIN = re.compile(r"(?<=[a-zà-ÿ])[CKOPSUVWXYZ](?=[a-zà-ÿ])")


class OcrEngine:
    """The networks of EasyOCR, loaded. Not safe to call from several threads at once."""

    def __init__(
        self,
        languages: Sequence[str] = ("en",),
        models: Path | None = None,
        threads: int | None = None,
        network: str = OWN,
        converted: Path | None = None,
    ) -> None:
        """Loads the networks, onto the GPU where there is one. `threads` bounds the CPU threads, None for one a
        core, at most four.

        `languages` are EasyOCR's codes. `network` is a recogniser: Billify's own, one that EasyOCR names
        ("english_g2"), or "standard" for the one that EasyOCR has for the languages. `models` is the folder of such
        others, None for the English ones that come with Billify; `converted` is where they are kept as OpenVINO wants
        them, None to convert them at each start.

        Raises: FileNotFoundError when a network is not in `models`, since nothing is ever downloaded; ValueError when
        the recogniser does not know a language, or nothing that could run it has packages for this kind of machine.
        """
        self._networks: Networks = load_networks(languages, models, network, converted, threads or min(4, _cores()))

    def __call__(self, picture: NDArray[np.uint8], page: int = 1) -> tuple[Word, ...]:
        """The words of an upright RGB picture (height x width x 3), top to bottom. Boxes are in its pixels.

        Raises: Unreadable when more is printed on it than on any paper.
        """
        found = self._found(picture, 1.0)
        if len(found) > MOST_PRINTED:
            raise Unreadable(TOO_MUCH_PRINT)
        return self._words(found, page, MOST_LINE_PIXELS)

    def closer(self, picture: NDArray[np.uint8], page: int = 1) -> tuple[Word, ...]:
        """As a call, at a larger scale: takes longer, and comes out otherwise where print is hard to read. Nothing
        where more is printed than is worth that time.
        """
        found = self._found(picture, _CLOSER)
        return self._words(found, page, MOST_LINE_PIXELS) if len(found) <= MOST_PRINTED_CLOSER else ()

    def glance(self, picture: NDArray[np.uint8], page: int = 1) -> tuple[Word, ...]:
        """As a call, of a picture of a few lines: of more print than these have, the longest lines are left out."""
        return self._words(self._found(picture, 1.0), page, MOST_LINE_PIXELS_GLANCED)

    def _found(self, picture: NDArray[np.uint8], times: float) -> list[Crop]:
        if min(picture.shape[:2]) < _NARROWEST:
            return []
        return crops(self._detect(picture, times), np.asarray(cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY), np.uint8))

    def _words(self, found: list[Crop], page: int, most: int) -> tuple[Word, ...]:
        found = _longest_first(found, most)  # threads end together
        if not found:
            return ()
        read = self._read([crop.picture for crop in found])
        words = [_word(crop, *text, page) for crop, text in zip(found, read, strict=True) if text[0].strip()]
        return tuple(sorted(words, key=lambda word: (word.box[1], word.box[0])))

    def _detect(self, picture: NDArray[np.uint8], times: float) -> Lines:
        """Where text stands, at so many times the usual scale."""
        size = picture.shape[0] * picture.shape[1]
        glance, least, most = (min(sqrt(pixels / size), _NEAREST) for pixels in (_GLANCE, _LEAST, _MOST))
        heights = self._look(picture, glance).heights
        wanted = PRINT / float(np.median(heights)) if heights else most
        usual = min(max(wanted, min(least, 2 * wanted)), most)  # large print is torn when enlarged
        return self._look(picture, usual * times)

    def _look(self, picture: NDArray[np.uint8], ratio: float) -> Lines:
        maps = self._networks.heat_maps(canvas(picture, ratio))
        return lines((np.multiply(quad, 2 / ratio, dtype=np.float32) for quad in word_quads(*maps)), _SMALLEST)

    def _read(self, pictures: list[Grey]) -> list[tuple[str, float]]:
        """Each line's text and confidence; faint ones are tried again with more contrast."""
        read = self._read_once(pictures)
        faint = {n: with_contrast(pictures[n]) for n, (_, confidence) in enumerate(read) if confidence < _FAINT}
        clearer = {number: picture for number, picture in faint.items() if picture is not pictures[number]}
        again = self._read_once(list(clearer.values()))
        for number, text in zip(clearer, again, strict=True):
            read[number] = max(text, read[number], key=lambda text: text[1])
        return read

    def _read_once(self, pictures: list[Grey]) -> list[tuple[str, float]]:
        size = self._networks.batch
        batches = [batch(pictures[at : at + size]) for at in range(0, len(pictures), size)]
        chances = self._networks.chances(batches)
        return [
            text for part in chances for text in decode_ctc(part, self._networks.characters, self._networks.ignored)
        ]


def canvas(picture: NDArray[np.uint8], ratio: float) -> NDArray[np.uint8]:
    """The picture scaled, on black to the next multiples of the detector's stride."""
    height, width = (max(1, int(side * ratio)) for side in picture.shape[:2])
    black = np.zeros((-(-height // _STRIDE) * _STRIDE, -(-width // _STRIDE) * _STRIDE, 3), np.uint8)
    black[:height, :width] = cv2.resize(picture, (width, height), interpolation=cv2.INTER_LINEAR)
    return black


def _longest_first(found: Sequence[Crop], most: int) -> list[Crop]:
    """The lines, without the longest where all of them side by side have more than `most` pixels."""
    shortest_first = sorted(found, key=lambda crop: crop.picture.shape[1])
    reach = np.cumsum([crop.picture.shape[1] for crop in shortest_first])
    return shortest_first[: int(np.searchsorted(reach, most, "right"))][::-1]


def _settled(text: str) -> str:
    """The text with letters small that stand large within a small word: "daYs" is "days".

    Our recogniser learned most from receipts in capitals and mistakes the size of letters whose forms are alike.
    """
    return _LARGE_WITHIN.sub(lambda letter: letter[0].lower(), text)


def _word(crop: Crop, text: str, confidence: float, page: int) -> Word:
    (left, top), (right, bottom) = crop.corners.min(0).tolist(), crop.corners.max(0).tolist()
    return Word(_settled(text.strip()), (left, top, right, bottom), page, min(confidence, 1.0))


def _cores() -> int:
    """The cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
