"""Whether the text of a PDF page is a scan app's own reading: unseen, over or under a picture that fills the page.

Such text is written in rendering mode 3 (ISO 32000-1, 9.3.6), or before the picture, which then covers it.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

_FILLS = 0.8  # share of the page from which its pictures, perhaps in strips, are the page
_MOST_SEEN = 0.1  # share of pieces of text that may be seen: a stamp, a line that the app adds at the foot
_MOST_OBJECTS = 20_000
_DEEPEST = 3  # forms within forms, in which some programs write the text


def is_reading_of_picture(page: pdfium.PdfPage) -> bool:
    """Whether what its text layer says was read off its picture, by whatever program."""
    objects = list(islice(_objects(page), _MOST_OBJECTS))
    pictures = [(place, area) for place, (kind, area) in enumerate(objects) if kind == "picture"]
    if sum(area for _, area in pictures) < _FILLS:
        return False
    covering = max(pictures, key=lambda picture: picture[1])[0]
    texts = [(place, kind) for place, (kind, _) in enumerate(objects) if kind != "picture"]
    seen = sum(kind == "seen" and place > covering for place, kind in texts)
    return seen <= _MOST_SEEN * len(texts)


def _objects(page: pdfium.PdfPage) -> Iterator[tuple[str, float]]:
    """The pictures of a page and its pieces of text, in the order in which they are drawn: "picture", "seen" or
    "unseen", and of a picture which share of the page it takes."""
    left, bottom, right, top = page.get_bbox()
    whole = max((right - left) * (top - bottom), 1.0)
    for found in page.get_objects(max_depth=_DEEPEST):
        if found.type == pdfium_c.FPDF_PAGEOBJ_IMAGE:
            x0, y0, x1, y1 = found.get_bounds()
            across, down = min(x1, right) - max(x0, left), min(y1, top) - max(y0, bottom)
            yield "picture", max(across, 0.0) * max(down, 0.0) / whole
        elif found.type == pdfium_c.FPDF_PAGEOBJ_TEXT:
            unseen = pdfium_c.FPDFTextObj_GetTextRenderMode(found) == pdfium_c.FPDF_TEXTRENDERMODE_INVISIBLE
            yield "unseen" if unseen else "seen", 0.0
