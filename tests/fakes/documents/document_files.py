"""Files of every kind, made in memory: PDFs with text, scans, photographs."""

from __future__ import annotations

import io
from collections.abc import Sequence

from PIL import Image, ImageDraw, ImageFont
from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

INVOICE = ("Acme GmbH", "Invoice 2024-117", "Date 03.03.2025", "Total EUR 1,249.50")


def pdf(lines: Sequence[str] = INVOICE, pages: int = 1, password: str | None = None) -> bytes:
    """A PDF with a text layer: A4, each line at x 72, the first baseline 72 points below the top, 30 apart."""
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=A4, encrypt=password)
    for _ in range(pages):
        canvas.setFont("Helvetica", 14)
        for number, line in enumerate(lines):
            canvas.drawString(72, A4[1] - 72 - 30 * number, line)
        canvas.showPage()
    canvas.save()
    return file.getvalue()


def scanned_pdf(picture: Image.Image, stamp: str = "") -> bytes:
    """A PDF whose page is a picture, with at most a stamp as its text layer."""
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=A4)
    canvas.drawImage(ImageReader(picture), 0, 0, *A4)
    canvas.drawString(10, 10, stamp)
    canvas.save()
    return file.getvalue()


def photograph(lines: Sequence[str] = INVOICE, width: int = 640, height: int = 320) -> Image.Image:
    """Black print on white."""
    picture = Image.new("RGB", (width, height), "white")
    pen, font = ImageDraw.Draw(picture), ImageFont.load_default(36)
    for number, line in enumerate(lines):
        pen.text((40, 30 + 65 * number), line, "black", font)
    return picture


def encoded(picture: Image.Image, kind: str, **options: object) -> bytes:
    """The picture as a file of a kind that Pillow knows ("JPEG", "HEIF"…)."""
    file = io.BytesIO()
    picture.save(file, kind, **options)
    return file.getvalue()
