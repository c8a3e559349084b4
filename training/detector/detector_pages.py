"""Pages that the detector learns from, each with the heat maps that EasyOCR's CRAFT sees in it:
`python -m training.detector.detector_pages DATA_FOLDER PAGES_FOLDER`.

The detector is to find small print as CRAFT finds it enlarged. So CRAFT looks at each page once where its print is
`PRINT` pixels high, and for letters that are large there once more at half that scale, lest it tear them. A page
becomes `<name>.jpg` (at CRAFT's scale) and `<name>.png` (half its size; characters green, gaps between them blue); what
is there already is left alone, so that it can be interrupted.

Pages are receipts of SROIE to train on, business documents as PDF, the project's samples, pages composed of rendered
lines in many fonts, and pictures of things that are no paper, which photographs have around it.
"""

from __future__ import annotations

import argparse
import itertools
import tempfile
import tomllib
from collections.abc import Iterator
from datetime import date
from math import sqrt
from pathlib import Path
from random import Random

import cv2
import numpy as np
import pypdfium2
from numpy.typing import NDArray

from extraction.ocr import torch_backend
from extraction.ocr.openvino_conversion import converted
from extraction.ocr.openvino_without_telemetry import Core
from extraction.ocr.recognise import canvas
from extraction.ocr.text_boxes import HeatMap, lines, word_quads
from extraction.samples import write_samples
from training.lines.alphabet import characters
from training.lines.render import rendered
from training.lines.scanned_lines import receipts

PRINT = 34
"""Pixels that a line is high, with its margins, where CRAFT looks at a page."""

_GLANCE, _MOST = 300_000, 1_900_000  # pixels of a page
_NEAREST = 4.0  # times that a page is enlarged
_LARGE = 70  # pixels of a line that CRAFT sees better at half the scale
_COMPOSED = 180  # pages

Picture = NDArray[np.uint8]


def main() -> None:
    """Keeps the pages that are missing."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path, help="folder of the data sets")
    parser.add_argument("pages", type=Path, help="folder for the pages")
    parser.add_argument("--things", type=Path, nargs="*", default=(), help="folders of photographs of no paper")
    arguments = parser.parse_args()
    arguments.pages.mkdir(parents=True, exist_ok=True)
    craft = Craft()
    config = tomllib.loads((Path(__file__).parents[1] / "recogniser" / "recogniser.toml").read_text())
    sources = (
        _receipts(arguments.data / "sroie", config),
        _pdfs(arguments.data),
        _composed(characters(config["alphabet"])),
        _samples(),
        _things(arguments.things),
    )
    for name, picture in _in_turn(sources):
        if not (arguments.pages / f"{name}.png").exists():
            shown, maps = craft(picture)
            cv2.imwrite(str(arguments.pages / f"{name}.jpg"), shown[..., ::-1], [cv2.IMWRITE_JPEG_QUALITY, 93])
            cv2.imwrite(str(arguments.pages / f"{name}.png"), maps)


class Craft:
    """EasyOCR's detector, at the scales that suit a page."""

    def __init__(self) -> None:
        craft = torch_backend.Craft(torch_backend.load().detector)
        self._network = Core().compile_model(converted(craft, (1, 320, 320, 3), free=(1, 2)), "CPU")

    def __call__(self, picture: Picture) -> tuple[Picture, Picture]:
        """The picture at the scale of `PRINT`, and its heat maps (half as high and wide x 3: gaps, characters, 0)."""
        size = picture.shape[0] * picture.shape[1]
        glance, most = (min(sqrt(pixels / size), _NEAREST) for pixels in (_GLANCE, _MOST))
        heights = lines((quad * 2 / glance for quad in word_quads(*self._maps(canvas(picture, glance)))), 8).heights
        ratio = min(PRINT / float(np.median(heights)), most) if heights else most
        shown = canvas(picture, ratio)
        text, link = self._maps(shown)
        coarse = [
            cv2.resize(each, None, fx=2, fy=2, interpolation=cv2.INTER_LINEAR)[: text.shape[0], : text.shape[1]]
            for each in self._maps(canvas(shown, 0.5))
        ]
        for left, top, right, bottom in _large(*coarse):
            text[top:bottom, left:right] = coarse[0][top:bottom, left:right]
            link[top:bottom, left:right] = coarse[1][top:bottom, left:right]
        maps = np.stack((link, text, np.zeros_like(text)), -1)
        return shown, (np.clip(maps, 0, 1) * 255).round().astype(np.uint8)

    def _maps(self, picture: Picture) -> tuple[HeatMap, HeatMap]:
        maps = np.array(self._network(picture[None])[0][0])
        return maps[:, :, 0], maps[:, :, 1]


def _large(text: HeatMap, link: HeatMap) -> Iterator[tuple[int, int, int, int]]:
    """Where letters are large: left, top, right, bottom in pixels of the maps."""
    for quad in word_quads(text, link):
        sides = np.linalg.norm(quad[0] - quad[1]), np.linalg.norm(quad[1] - quad[2])
        if min(sides) * 2 >= _LARGE:
            margin = min(sides) / 4
            left, top = (max(0, int(at)) for at in quad.min(0) - margin)
            right, bottom = (int(at) for at in quad.max(0) + margin)
            yield left, top, right, bottom


def _in_turn(sources: tuple[Iterator[tuple[str, Picture]], ...]) -> Iterator[tuple[str, Picture]]:
    """One of each kind after the other, so that training may begin before all are there."""
    return (page for turn in itertools.zip_longest(*sources) for page in turn if page)


def _receipts(folder: Path, config: dict[str, object]) -> Iterator[tuple[str, Picture]]:
    rows, _ = receipts(folder, config["lines"])  # type: ignore[arg-type]
    for row in rows:
        yield f"receipt-{Path(row['file']).stem}", _opened(folder / row["file"])


def _pdfs(data: Path) -> Iterator[tuple[str, Picture]]:
    chance = Random(1)
    for name in ("fcc_tv_invoices", "fcc_orders_not_invoices", "einvoice_pdf"):
        for file in sorted((data / name / "files").rglob("*.pdf")):
            try:
                document = pypdfium2.PdfDocument(file)
            except pypdfium2.PdfiumError:  # locked or broken, as a test of its set
                continue
            with document:
                page = document[0].render(scale=chance.uniform(110, 220) / 72)
                yield f"pdf-{file.stem}", np.asarray(page.to_pil().convert("RGB"))


def _composed(alphabet: str) -> Iterator[tuple[str, Picture]]:
    """Lines in many fonts and sizes, as the recogniser learns them, on a sheet of paper."""
    chance = Random(2)
    for number in range(_COMPOSED):
        width, height = chance.randrange(500, 1100), chance.randrange(600, 1400)
        sheet = np.full((height, width), chance.randrange(215, 256), np.uint8)
        usual, y = chance.uniform(18, 40), chance.randrange(10, 50)
        while y < height - 60:
            x, tallest = chance.choice((10, 10, chance.randrange(width))), 0
            while x < width - 40:
                line = rendered(chance, alphabet)
                top, bottom = max(0, line.box[1] - 4), line.box[3] + 4
                part = line.picture[top:bottom, max(0, line.box[0] - 4) : line.box[2] + 4]
                scale = usual * chance.choice((0.8, 1, 1, 1, 1, 1.6, 2.8)) / part.shape[0]
                part = cv2.resize(part, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
                part = part[: height - y, : width - x]
                sheet[y : y + part.shape[0], x : x + part.shape[1]] = part
                x += part.shape[1] + int(usual * chance.uniform(0.6, 6))
                tallest = max(tallest, part.shape[0])
                if chance.random() < 0.4:
                    break
            y += int(tallest * chance.choice((1.0, 1.1, 1.4, 2.5)))
        yield f"composed-{number:03}", cv2.cvtColor(sheet, cv2.COLOR_GRAY2RGB)


def _samples() -> Iterator[tuple[str, Picture]]:
    with tempfile.TemporaryDirectory() as folder:
        write_samples(Path(folder), today=date(2026, 1, 15))
        for file in sorted(Path(folder).rglob("*.jpg")):
            yield f"sample-{file.stem}", _opened(file)


def _things(folders: list[Path]) -> Iterator[tuple[str, Picture]]:
    """The smallest picture of each folder, since packages of wallpapers keep each in several sizes."""
    for folder in sorted({file.parent for each in folders for file in each.rglob("*.[jp][pn]g")}):
        file = min(folder.glob("*.[jp][pn]g"), key=lambda file: file.stat().st_size)
        picture = _opened(file)
        scale = min(1.0, 1400 / max(picture.shape[:2]))
        yield f"thing-{'-'.join(file.parts[-4:-1])}", cv2.resize(picture, None, fx=scale, fy=scale)


def _opened(file: Path) -> Picture:
    return np.asarray(cv2.imread(str(file), cv2.IMREAD_COLOR)[..., ::-1], np.uint8)


if __name__ == "__main__":
    main()
