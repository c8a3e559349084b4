"""PDFs as scan apps write them: a picture that fills the page, and what the app read in it as text that nobody sees."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Literal

from PIL import Image, ImageDraw, ImageFont
from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from extraction.evidence import Word

SCALE = 200 / 72  # pixels a point: of the picture, and of pages as they are drawn
LEFT, TOP, STEP, SIZE = 60.0, 70.0, 32.0, 16.0  # points

Layer = Literal["unseen over it", "under it", "seen over it"]


def scan_of(lines: Sequence[str]) -> Image.Image:
    """An A4 page with the lines printed on it."""
    picture = Image.new("RGB", (round(A4[0] * SCALE), round(A4[1] * SCALE)), "white")
    pen, font = ImageDraw.Draw(picture), ImageFont.load_default(SIZE * SCALE)
    for number, line in enumerate(lines):
        pen.text((LEFT * SCALE, (TOP + STEP * number) * SCALE), line, "black", font)
    return picture


def scanned(lines: Sequence[str], said: Sequence[str], layer: Layer = "unseen over it", strips: int = 1) -> bytes:
    """The page with these lines printed and those as its text layer, its picture in so many strips."""
    picture, file = scan_of(lines), io.BytesIO()
    canvas = Canvas(file, pagesize=A4)
    if layer != "under it":
        _draw(canvas, picture, strips)
    text = canvas.beginText()
    text.setTextRenderMode(3 if layer == "unseen over it" else 0)
    text.setFont("Helvetica", SIZE)
    for number, line in enumerate(said):
        text.setTextOrigin(LEFT, A4[1] - TOP - SIZE - STEP * number)
        text.textOut(line)
    canvas.drawText(text)
    if layer == "under it":
        _draw(canvas, picture, strips)
    canvas.save()
    return file.getvalue()


def _draw(canvas: Canvas, picture: Image.Image, strips: int) -> None:
    for n in range(strips):
        high = picture.height / strips
        strip = picture.crop((0, round(n * high), picture.width, round((n + 1) * high)))
        canvas.drawImage(ImageReader(strip), 0, A4[1] * (1 - (n + 1) / strips), A4[0], A4[1] / strips)


def words_of(lines: Sequence[str], confidence: float = 0.97) -> tuple[Word, ...]:
    """The lines as OCR of the page finds them, each in one piece, in pixels."""
    font = ImageFont.load_default(SIZE * SCALE)
    words = []
    for number, line in enumerate(lines):
        x, y = LEFT * SCALE, (TOP + STEP * number) * SCALE
        words.append(Word(line, (x, y, x + font.getlength(line), y + 1.3 * SIZE * SCALE), 1, confidence))
    return tuple(words)
