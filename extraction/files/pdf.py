"""Pages of a PDF, by pypdfium2: the words of its text layer, or a picture where that layer is not to be trusted.

PDFium is not safe for threads: call from one thread of a process only.
"""

from __future__ import annotations

import ctypes
import math
import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import replace

import numpy as np
import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c
from numpy.typing import NDArray

from extraction.errors import Unreadable, refused_as
from extraction.evidence import Box, Page, Problem, Word
from extraction.files.hidden_text import is_reading_of_picture
from extraction.files.text_direction import rotate_text_upright
from extraction.limits import MOST_CHARACTERS, MOST_SIDE, TOO_MUCH_TEXT
from extraction.pictures.image_file import PageImage

_DPI = 200
_MOST_PIXELS = 12_000_000  # of a rendered page; A4 at 200 dpi has 3.9 million
_FEWEST_LETTERS = 20  # of a text layer that is believed: the stamp or page number on a scan has fewer
_MOST_GARBAGE = 0.1  # share of characters that nobody meant: the font has no usable encoding
_GARBAGE = re.compile("[\ufffd\ufffe\uffff\x00-\x08\x0b\x0c\x0e-\x1f\ue000-\uf8ff]")
_FINE = 100  # device units a point, since PDFium converts coordinates to whole numbers
_LINE_END_HYPHEN = "\x02"  # what PDFium makes of a hyphen that divides a word at the end of a line

_ENCRYPTED = Problem("encrypted_pdf", "This PDF asks for a password. Please remove the password and send it again.")
_BROKEN = Problem("broken_pdf", "This PDF is damaged and cannot be opened. Please export or scan it again.")
_NO_PAGES = Problem("empty_pdf", "This PDF has no pages. Please export it again.")


@contextmanager
def opened(data: bytes) -> Iterator[pdfium.PdfDocument]:
    """The document, closed afterwards. Raises: Unreadable when it is encrypted, broken or without pages."""
    # Loaded by hand: PDFium keeps the last error until another, so it means something only where loading failed.
    loaded = pdfium_c.FPDF_LoadMemDocument64(data, len(data), None)
    if not loaded:
        locked = pdfium_c.FPDF_GetLastError() in (pdfium_c.FPDF_ERR_PASSWORD, pdfium_c.FPDF_ERR_SECURITY)
        raise Unreadable(_ENCRYPTED if locked else _BROKEN)
    with pdfium.PdfDocument(loaded) as document:
        with refused_as(_BROKEN):
            if not len(document):
                raise Unreadable(_NO_PAGES)
            document.init_forms()
        yield document


def page(document: pdfium.PdfDocument, number: int) -> Page | PageImage:
    """A page (from 1): with words where its text layer is good, else as a picture for OCR.

    Raises: Unreadable when the page is broken, or has more text than any.
    """
    with _page(document, number) as sheet:
        read = _text_layer(sheet, number)
        if not _believable(read.words):
            return PageImage(number, _render(sheet))
        return replace(read, hidden=is_reading_of_picture(sheet))


def render(document: pdfium.PdfDocument, number: int) -> NDArray[np.uint8]:
    """A page (from 1) as RGB, at 200 dpi or less. Raises: Unreadable when the page is broken."""
    with _page(document, number) as sheet:
        return _render(sheet)


@contextmanager
def _page(document: pdfium.PdfDocument, number: int) -> Iterator[pdfium.PdfPage]:
    with refused_as(_BROKEN), closing(document[number - 1]) as sheet:
        yield sheet


def _render(page: pdfium.PdfPage) -> NDArray[np.uint8]:
    width, height = page.get_size()
    scale = min(_DPI / 72, math.sqrt(_MOST_PIXELS / (width * height)), MOST_SIDE / max(width, height))
    picture: NDArray[np.uint8] = page.render(scale=scale, rev_byteorder=True, maybe_alpha=False).to_numpy()
    if picture.ndim == 2:
        picture = picture[:, :, np.newaxis]
    channels = picture[:, :, :3] if picture.shape[2] >= 3 else picture.repeat(3, axis=2)
    return np.ascontiguousarray(channels)


def _believable(words: tuple[Word, ...]) -> bool:
    text = "".join(word.text for word in words)
    letters = sum(character.isalnum() for character in text)
    return letters >= _FEWEST_LETTERS and len(_GARBAGE.findall(text)) <= _MOST_GARBAGE * len(text)


def _text_layer(page: pdfium.PdfPage, number: int) -> Page:
    """The words of the page as PDFium finds them; boxes in points from its top left, once its text is upright."""
    width, height = page.get_size()
    textpage = page.get_textpage()
    try:
        if textpage.count_chars() > MOST_CHARACTERS:
            raise Unreadable(TOO_MUCH_TEXT)
        characters = list(_characters(textpage, _to_shown(page)))
    finally:
        textpage.close()
    shown = tuple(word for word in _words(characters, number) if _overlaps(word.box, width, height))
    return rotate_text_upright(Page(number, width, height, shown, "text"), characters)


def _words(characters: Iterable[tuple[str, Box]], number: int) -> Iterator[Word]:
    text, box = "", None
    for character, place in characters:
        space = character.isspace()
        if box and (space or not _continues(box, place)):
            yield Word(_unicode(text), box, number)
            text, box = "", None
        if not space:
            text += character
            box = _union(box, place) if box else place
    if box:
        yield Word(_unicode(text), box, number)


def _characters(textpage: pdfium.PdfTextPage, to_shown: Callable[[Box], Box]) -> Iterator[tuple[str, Box]]:
    """Characters with their boxes, which are as high as the font, so that commas and capitals share a line."""
    bounds = pdfium_c.FS_RECTF()
    for index in range(textpage.count_chars()):
        character = chr(pdfium_c.FPDFText_GetUnicode(textpage, index))
        pdfium_c.FPDFText_GetLooseCharBox(textpage, index, ctypes.byref(bounds))
        box = to_shown((bounds.left, bounds.bottom, bounds.right, bounds.top))
        yield ("-" if character == _LINE_END_HYPHEN else character), box


def _to_shown(page: pdfium.PdfPage) -> Callable[[Box], Box]:
    """From PDF space (crop box anywhere, page perhaps rotated) to points from the top left of the shown page."""
    width, height = page.get_size()
    size = (round(width * _FINE), round(height * _FINE))

    def device(x: float, y: float) -> tuple[float, float]:
        across, down = ctypes.c_int(), ctypes.c_int()
        pdfium_c.FPDF_PageToDevice(page, 0, 0, *size, 0, x, y, ctypes.byref(across), ctypes.byref(down))
        return across.value / _FINE, down.value / _FINE

    span = 1000.0  # far enough apart for exact slopes
    (x0, y0), (xx, xy), (yx, yy) = device(0, 0), device(span, 0), device(0, span)

    def convert(box: Box) -> Box:
        corners = [(box[0], box[1]), (box[2], box[3])]
        xs = [x0 + (xx - x0) * x / span + (yx - x0) * y / span for x, y in corners]
        ys = [y0 + (xy - y0) * x / span + (yy - y0) * y / span for x, y in corners]
        return min(xs), min(ys), max(xs), max(ys)

    return convert


def _continues(word: Box, character: Box) -> bool:
    """Whether a character stands close enough to belong to the word before it, in either direction of writing."""
    reach = max(
        min(word[3] - word[1], word[2] - word[0]), min(character[3] - character[1], character[2] - character[0])
    )
    apart_x = max(word[0], character[0]) - min(word[2], character[2])
    apart_y = max(word[1], character[1]) - min(word[3], character[3])
    return max(apart_x, apart_y) < reach


def _union(one: Box, other: Box) -> Box:
    return min(one[0], other[0]), min(one[1], other[1]), max(one[2], other[2]), max(one[3], other[3])


def _overlaps(box: Box, width: float, height: float) -> bool:
    return box[2] > 0 and box[3] > 0 and box[0] < width and box[1] < height


def _unicode(text: str) -> str:
    """Text without lone surrogates, which no encoder would take later."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
