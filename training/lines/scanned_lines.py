"""Lines of scanned receipts with their text, from the SROIE set: `boxes/*.csv`, `files/*`, `truth.jsonl`.

A row of a csv is a quadrilateral in pixels (four corners, clockwise from the top left) and its text. The set writes
all text in capitals, whatever was printed.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from training.lines.alphabet import spelt
from training.lines.easyocr_parts import get_image_list

HEIGHT = 64  # pixels: the input height of EasyOCR's recognition networks
_MARGIN = 0.6  # of a line's height, kept around it so that its box can be moved
_TALLEST = 72  # pixels of a line; larger ones are kept at this size, for memory

Grey = NDArray[np.uint8]
Box = tuple[float, float, float, float]
"""Left, top, right, bottom."""


@dataclass(frozen=True)
class Line:
    """A line of text in a picture. `box` is x0, y0, x1, y1 in its pixels, with surroundings outside.

    `exact` is False where the text does not say which letters are capitals.
    """

    picture: Grey
    box: tuple[int, int, int, int]
    text: str
    exact: bool = True

    def crop(self, left: float = 0.1, top: float = 0.1, right: float = 0.1, bottom: float = 0.1) -> Grey | None:
        """The line as the network sees it: 64 pixels high, cut and scaled by EasyOCR's own function.

        The margins are in heights of the line; EasyOCR's is 0.1. None where nothing is left of it.
        """
        x0, y0, x1, y1 = self.box
        high = y1 - y0
        height, width = self.picture.shape
        wide = [max(0, round(x0 - left * high)), min(width, round(x1 + right * high))]
        tall = [max(0, round(y0 - top * high)), min(height, round(y1 + bottom * high))]
        if wide[1] - wide[0] < 3 or tall[1] - tall[0] < 3:
            return None
        crops = get_image_list([[*wide, *tall]], [], self.picture, model_height=HEIGHT)[0]
        return crops[0][1] if crops else None


def receipts(folder: Path, config: Mapping[str, Any]) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """The rows of `truth.jsonl` to train on and those held out, which share no vendor."""
    rows = [json.loads(row) for row in (folder / "truth.jsonl").read_text().splitlines()]
    count = Counter(map(_vendor, rows))
    held_out = {
        vendor for vendor, n in count.items() if n <= config["largest_vendor"] and _share(vendor) < config["held_out"]
    }
    return [row for row in rows if _vendor(row) not in held_out], [row for row in rows if _vendor(row) in held_out]


def lines(folder: Path, receipt: Mapping[str, Any], alphabet: str) -> Iterator[Line]:
    """The lines of a receipt that are written in the alphabet and stand upright."""
    picture = cv2.imread(str(folder / receipt["file"]), cv2.IMREAD_GRAYSCALE)
    for (x0, y0, x1, y1), text in typed(folder / "boxes" / Path(receipt["file"]).with_suffix(".csv").name):
        text = spelt(text)
        wide, high = x1 - x0, y1 - y0
        if text and set(text) <= set(alphabet) and high >= 6 and wide > high * 0.3 * len(text) ** 0.7:
            yield _cut(picture, (x0, y0, x1, y1), text)


def typed(file: Path) -> Iterator[tuple[Box, str]]:
    """The lines of a receipt as a person typed them: each one's upright box and text, from a csv of `boxes`."""
    for row in file.read_text(encoding="utf-8").splitlines():
        *corners, text = row.split(",", 8)
        if len(corners) == 8:
            xs, ys = [float(at) for at in corners[0::2]], [float(at) for at in corners[1::2]]
            yield (min(xs), min(ys), max(xs), max(ys)), text


def _cut(picture: Grey, box: Box, text: str) -> Line:
    x0, y0, x1, y1 = box
    margin = _MARGIN * (y1 - y0)
    left, top = max(0, int(x0 - margin)), max(0, int(y0 - margin))
    cut = picture[top : int(y1 + margin) + 1, left : int(x1 + margin) + 1]
    scale = min(1.0, _TALLEST / (y1 - y0))
    if scale < 1:
        cut = cv2.resize(cut, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    place = tuple(round(at * scale) for at in (x0 - left, y0 - top, x1 - left, y1 - top))
    return Line(cut.copy(), place, text, exact=False)


def jitter(line: Line, chance: Generator) -> Grey | None:
    """The line with its box as carelessly placed as a detector does it."""
    left, right = chance.uniform(-0.03, 0.4, 2)
    top, bottom = chance.uniform(-0.06, 0.28, 2)
    return line.crop(left, top, right, bottom)


def _vendor(receipt: Mapping[str, Any]) -> str:
    """The first two words of the vendor's name, by which branches of a chain go together."""
    return " ".join(re.findall(r"[A-Z0-9]+", receipt.get("vendor", "").upper().replace(".", ""))[:2])


def _share(name: str) -> float:
    """A number in 0..1 that is always the same for the name."""
    return int.from_bytes(hashlib.sha256(name.encode()).digest()[:4]) / 2**32
