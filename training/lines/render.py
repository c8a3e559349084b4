"""Lines of text drawn with the system's fonts, among the rules and neighbours that they have on a document."""

from __future__ import annotations

import shutil
import subprocess
from functools import cache
from random import Random

import cv2
import numpy as np
from PIL import Image, ImageDraw, ImageFont

from training.lines.alphabet import spelt
from training.lines.degrade import degrade
from training.lines.phrases import phrase
from training.lines.scanned_lines import Grey, Line

_SIZE = 44  # pixels of the font where it is drawn; what becomes of it is up to `degrade`
_MARGIN = 30  # pixels around the text
_UNFIT = ("Thin", "Hairline", "ExtraLight", "Extra Light", "Math", "Smallcaps", "OCRAbyss", "Symbol", "Emoji")
_PLAIN = (
    "LiberationSans",
    "LiberationMono",
    "DejaVuSans",
    "FreeSans",
    "Carlito",
    "Roboto",
    "OCR",
    "Spleen",
    "3270",
    "Terminus",
)


def rendered(chance: Random, alphabet: str, language: str = "") -> Line:
    """A line with a phrase in the alphabet, drawn and degraded; in that language or else in any."""
    font, text = _font_and_text(chance, alphabet, language)
    drawn = _dotted(text, font, chance) if chance.random() < 0.08 else _drawn(text, font, chance)
    picture, box = degrade(*drawn, chance)
    return Line(picture, box, spelt(text))


def _font_and_text(chance: Random, alphabet: str, language: str) -> tuple[ImageFont.FreeTypeFont, str]:
    fitting = set(alphabet)
    while True:
        name = chance.choice(_fonts())
        for _ in range(4):
            text = phrase(chance, language)
            if set(spelt(text)) <= fitting and set(text) <= _glyphs(name, text):
                return ImageFont.truetype(name, _SIZE), text


def _drawn(text: str, font: ImageFont.FreeTypeFont, chance: Random) -> tuple[Grey, tuple[int, int, int, int]]:
    """Dark on light, 0 ink and 255 paper; and the box of the ink."""
    x0, y0, x1, y1 = (round(at) for at in font.getbbox(text))
    picture = Image.new("L", (x1 - x0 + 2 * _MARGIN, y1 - y0 + 2 * _MARGIN), 255)
    draw = ImageDraw.Draw(picture)
    at = (_MARGIN - x0, _MARGIN - y0)
    draw.text(at, text, 0, font)
    box = (_MARGIN, _MARGIN, picture.width - _MARGIN, picture.height - _MARGIN)
    for side in (-1, 1):
        if chance.random() < 0.35:  # the line above or below, of which a careless box shows the edge
            draw.text(
                (at[0] - chance.randrange(60), at[1] + side * _SIZE * chance.uniform(1.15, 1.7)),
                phrase(chance),
                0,
                font,
            )
    if chance.random() < 0.12:
        y = box[3] + chance.randrange(2, 14) if chance.random() < 0.7 else box[1] - chance.randrange(2, 14)
        draw.line((0, y, picture.width, y), 0, chance.randrange(1, 4))
    if chance.random() < 0.06:
        x = chance.choice((box[0] - chance.randrange(6, 20), box[2] + chance.randrange(6, 20)))
        draw.line((x, 0, x, picture.height), 0, chance.randrange(1, 4))
    return _stretched(np.asarray(picture), box, chance)


def _stretched(picture: Grey, box: tuple[int, int, int, int], chance: Random) -> tuple[Grey, tuple[int, int, int, int]]:
    """Wider or narrower, as printers of receipts do it to their one font."""
    if chance.random() < 0.6:
        return picture, box
    scale = chance.uniform(0.65, 1.5)
    wide = cv2.resize(picture, None, fx=scale, fy=1, interpolation=cv2.INTER_AREA)
    return wide, (round(box[0] * scale), box[1], round(box[2] * scale), box[3])


def _dotted(text: str, font: ImageFont.FreeTypeFont, chance: Random) -> tuple[Grey, tuple[int, int, int, int]]:
    """As a dot-matrix printer does it: a coarse picture of the text, each of its pixels a round dot."""
    coarse = font.font_variant(size=chance.randrange(14, 19))
    x0, y0, x1, y1 = (round(at) for at in coarse.getbbox(text))
    picture = Image.new("1", (x1 - x0 + 12, y1 - y0 + 12), 1)
    ImageDraw.Draw(picture).text((6 - x0, 6 - y0), text, 0, coarse)
    pitch = chance.choice((3, 4, 5))
    dots = np.full((picture.height * pitch, picture.width * pitch), 255, np.uint8)
    for y, x in np.argwhere(~np.asarray(picture)):
        cv2.circle(
            dots, (int(x * pitch), int(y * pitch)), max(1, round(pitch * chance.uniform(0.38, 0.6))), 0, -1, cv2.LINE_AA
        )
    return dots, (6 * pitch, 6 * pitch, dots.shape[1] - 6 * pitch, dots.shape[0] - 6 * pitch)


@cache
def _fonts() -> tuple[str, ...]:
    """Files of fonts of Latin letters, each as often as it is to be used."""
    command = [shutil.which("fc-list") or "fc-list", ":lang=de:lang=fr", "file", "style"]
    rows = subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines()  # noqa: S603
    files = sorted({row.split(": ")[0] for row in rows if not any(word in row for word in _UNFIT)})
    scalable = [file for file in files if file.lower().endswith((".ttf", ".otf"))]
    return tuple(file for file in scalable for _ in range(_weight(file)))


def _weight(file: str) -> int:
    """How often a font is used: upright ones, and those that documents are mostly set in, more often."""
    upright = 1 if any(word in file for word in ("Italic", "Oblique", "-RI", "-BI")) else 3
    return upright * (3 if any(word in file for word in _PLAIN) else 1)


@cache
def _missing(name: str) -> bytes:
    return bytes(ImageFont.truetype(name, 24).getmask("\uffff"))


_known: dict[tuple[str, str], bool] = {}


def _glyphs(name: str, text: str) -> set[str]:
    """Those signs of the text that the font can draw."""
    for sign in set(text):
        if (name, sign) not in _known:
            mask = ImageFont.truetype(name, 24).getmask(sign)
            _known[name, sign] = sign.isspace() or (mask.getbbox() is not None and bytes(mask) != _missing(name))
    return {sign for sign in text if _known[name, sign]}
