"""A page of HTML (see `page`) as a PDF whose text layer holds its text. Nothing is fetched while it is drawn."""

from __future__ import annotations

import io
import re

from extraction.html.fonts import font_file
from extraction.html.text import read_html


def pdf_of(page: str) -> bytes:
    """The page as PDF/1.5, A4. By PlutoPrint, or as plain lines where there is no build of it for this machine."""
    try:
        import plutoprint
    except ImportError:
        return _plain(page)

    class OnlyFonts(plutoprint.ResourceFetcher):
        def fetch_url(self, url: str) -> plutoprint.ResourceData:
            font = font_file(url)
            return plutoprint.ResourceData(font.read_bytes() if font else b"", "font/ttf", "")

    book = plutoprint.Book(plutoprint.PAGE_SIZE_A4)
    book.custom_resource_fetcher = OnlyFonts()
    book.load_html(page.replace("\0", "\ufffd"))  # as browsers show it (HTML Standard, 13.2.5)
    written = io.BytesIO()
    book.write_to_pdf_stream(written)
    return written.getvalue()


def _plain(page: str) -> bytes:
    """The lines of the page, the cells of a table apart, without its look."""
    from reportlab.lib.pagesizes import A4
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont
    from reportlab.pdfgen.canvas import Canvas

    pdfmetrics.registerFont(TTFont("DejaVu", str(font_file("font:regular"))))
    written = io.BytesIO()
    canvas = Canvas(written, A4)
    height = 0.0
    for line in (piece for whole in read_html(page).lines for piece in _wrapped(whole)):
        if height < 50:
            canvas.showPage() if height else None
            canvas.setFont("DejaVu", 9)
            height = A4[1] - 50
        for n, cell in enumerate(line.split("  ")):
            canvas.drawString(45 + n * 160, height, cell)
        height -= 13
    canvas.save()
    return written.getvalue()


def _wrapped(line: str) -> list[str]:
    if "  " in line or len(line) <= 95:
        return [line]
    return re.findall(r".{1,95}(?:\s|$)|.{95}", line)
