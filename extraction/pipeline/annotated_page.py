"""A small picture of a page on which each value that was read is outlined and named, to check at a glance."""

from __future__ import annotations

import io
import math
from collections import Counter
from dataclasses import dataclass

import numpy as np
from PIL import Image, ImageDraw, ImageFont, ImageStat

from extraction.evidence import CONFIDENCE_THRESHOLD, FIELDS, WHOLE, Box, Evidence, ReadDocument, View
from extraction.files.media_type import detect_media_type
from extraction.files.pages import open_pages
from extraction.files.signed_file import unwrap_signed

_AREA = 900 * 640  # pixels: A4 comes out 900 high; a narrow till receipt taller, so that it stays legible
_LONGEST = 1280
_MOST_BYTES = 200_000
_FINE = 2  # drawn at twice the size and reduced, for smooth edges

_SURE = (21, 128, 87)
_DOUBTFUL = (202, 107, 4)
_WHITE = (255, 255, 255)
_TEXT = 15  # pixels high, as are all lengths below before `_FINE`
_PADDING = 4
_LINE = 2

_NAMES = {"iban": "IBAN", "bic": "BIC", "vat_id": "VAT ID", "tax": "VAT"}


@dataclass(frozen=True)
class _Mark:
    """A place to outline, in pixels of the drawing; fields that stand in the same place share it."""

    box: Box
    label: str
    sure: bool


def draw_annotated_page(data: bytes, document: ReadDocument) -> bytes:
    """A PNG, at most about 200 KB, of the page on which most of the document's values stand.

    Green: sure; amber: to be checked. `data` must be the file that the document was read from.
    Raises: extraction.errors.Unreadable when it is not, and cannot be read.
    """
    placed = {name: found for name in FIELDS if (found := document.fields.get(name)) and found.box}
    tally = Counter(found.page for found in placed.values())
    number = min(tally, key=lambda page: (-tally[page], page)) if tally else document.pages[0]
    picture, (width, height) = page_picture(data, number, document.view_of(number))
    plain = _scaled(picture)
    here = {name: found for name, found in placed.items() if found.page == number}
    drawn = _outlined(plain, _marks(here, plain.width / width, plain.height / height))
    return _png(plain.reduce(_FINE), drawn.reduce(_FINE))


def page_picture(data: bytes, number: int, view: View = WHOLE) -> tuple[Image.Image, tuple[float, float]]:
    """A page as its boxes see it that was read in this view, and its width and height in their unit.

    Raises: extraction.errors.Unreadable.
    """
    content = unwrap_signed(data)
    with open_pages(content, detect_media_type(content)) as file:
        picture, size = file.seen(number, view)
        return Image.fromarray(picture), size


def _scaled(picture: Image.Image) -> Image.Image:
    scale = math.sqrt(_AREA / (picture.width * picture.height))
    scale = _FINE * min(scale, _LONGEST / max(picture.size))
    size = (max(_FINE, round(picture.width * scale)), max(_FINE, round(picture.height * scale)))
    return picture.resize(size, Image.Resampling.LANCZOS, reducing_gap=2.0)


def _marks(placed: dict[str, Evidence], across: float, down: float) -> list[_Mark]:
    """Marks top to bottom; a currency sign stands within its amount, so the two become one."""
    marks: list[_Mark] = []
    for name, found in placed.items():
        assert found.box
        x0, y0, x1, y1 = found.box
        box = (x0 * across, y0 * down, x1 * across, y1 * down)
        label = _NAMES.get(name, name.replace("_", " "))
        new = _Mark(box, label, found.confidence >= CONFIDENCE_THRESHOLD)
        for at, mark in enumerate(marks):
            if _shared(mark.box, box) > 0.5:
                marks[at] = _Mark(_around(mark.box, box), f"{mark.label}, {label}", mark.sure and new.sure)
                break
        else:
            marks.append(new)
    return sorted(marks, key=lambda mark: mark.box[1])


def _outlined(plain: Image.Image, marks: list[_Mark]) -> Image.Image:
    canvas, grey = plain.copy(), plain.convert("L")
    font = ImageFont.load_default(_TEXT * _FINE)
    pen = ImageDraw.Draw(canvas, "RGBA")
    taken = boxes = [_grown(mark.box, 3 * _FINE) for mark in marks]
    for mark, box in zip(marks, boxes, strict=True):
        colour = _SURE if mark.sure else _DOUBTFUL
        pen.rounded_rectangle(box, 5 * _FINE, fill=(*colour, 36), outline=colour, width=_LINE * _FINE)
    for mark, box in zip(marks, boxes, strict=True):
        width = pen.textlength(mark.label, font) + 2 * _PADDING * _FINE
        place = _label_place(box, width, (_TEXT + 4) * _FINE, grey, taken)
        taken = [*taken, place]
        pen.rounded_rectangle(place, 4 * _FINE, fill=_SURE if mark.sure else _DOUBTFUL)
        middle = ((place[0] + place[2]) / 2, (place[1] + place[3]) / 2)
        pen.text(middle, mark.label, _WHITE, font, anchor="mm")
    return canvas


def _label_place(box: Box, width: float, height: float, grey: Image.Image, taken: list[Box]) -> Box:
    """Where a label goes: above, beside or below its box, wherever it hides least of other marks and of the print."""
    gap = 2 * _FINE
    x0, y0, x1, y1 = box
    above, middle, below = y0 - height - gap, (y0 + y1 - height) / 2, y1 + gap
    corners = [(x0, above), (x1 + gap, middle), (x0 - width - gap, middle), (x0, below)]
    corners += [(x1 - width, above), (x1 - width, below)]
    places = []
    for left, top in corners:
        x, y = min(max(left, 0), grey.width - width), min(max(top, 0), grey.height - height)
        places.append((x, y, x + width, y + height))

    def hidden(place: Box) -> float:
        print_under = ImageStat.Stat(grey.crop(place)).stddev[0] / 128
        return sum(_shared(place, other) for other in taken) + print_under

    return min(places, key=hidden)


def _png(plain: Image.Image, drawn: Image.Image) -> bytes:
    """PNG with a palette, coarser for the page the more its noise would cost, but true to the marks' colours."""
    changed = (np.asarray(plain) != np.asarray(drawn)).any(axis=2)
    marks = Image.fromarray(np.asarray(drawn)[changed][np.newaxis]).quantize(48) if changed.any() else None
    for colours in (160, 48, 20):
        palette = (plain.quantize(colours).getpalette() or [])[: 3 * colours]
        palette += ((marks.getpalette() or [])[: 3 * 48]) if marks else []
        key = Image.new("P", (1, 1))
        key.putpalette([*palette, *_SURE, *_DOUBTFUL, *_WHITE])
        encoded = io.BytesIO()
        drawn.quantize(palette=key, dither=Image.Dither.NONE).save(encoded, "PNG", optimize=True)
        if encoded.tell() <= _MOST_BYTES:
            return encoded.getvalue()
    smaller = (plain.width * 4 // 5, plain.height * 4 // 5)
    return _png(plain.resize(smaller), drawn.resize(smaller))


def _grown(box: Box, by: float) -> Box:
    return box[0] - by, box[1] - by, box[2] + by, box[3] + by


def _around(one: Box, other: Box) -> Box:
    return min(one[0], other[0]), min(one[1], other[1]), max(one[2], other[2]), max(one[3], other[3])


def _shared(one: Box, other: Box) -> float:
    """The common area as a share of the smaller box."""
    across = min(one[2], other[2]) - max(one[0], other[0])
    down = min(one[3], other[3]) - max(one[1], other[1])
    smaller = min((box[2] - box[0]) * (box[3] - box[1]) for box in (one, other))
    return across * down / max(smaller, 1e-6) if across > 0 and down > 0 else 0.0
