"""Bills set as PDF pages in one of several house styles."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO

from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Frame, PageTemplate

from extraction.samples.content.bill import Bill
from extraction.samples.layouts.band import band
from extraction.samples.layouts.classic import classic
from extraction.samples.layouts.clean import clean
from extraction.samples.layouts.columns import columns
from extraction.samples.layouts.fonts import FontFamilies
from extraction.samples.layouts.gst import gst
from extraction.samples.layouts.letter import letter
from extraction.samples.layouts.nordic import nordic
from extraction.samples.layouts.nota import nota
from extraction.samples.layouts.page_parts import Area, PageDesign
from extraction.samples.layouts.utility import utility

LAYOUTS: dict[str, Callable[[Bill, FontFamilies], PageDesign]] = {
    "letter": letter,
    "band": band,
    "classic": classic,
    "clean": clean,
    "utility": utility,
    "columns": columns,
    "nordic": nordic,
    "gst": gst,
    "nota": nota,
}


def render_invoice(bill: Bill, layout: str, faces: FontFamilies) -> bytes:
    """The PDF of a bill; equal for equal input. Raises: KeyError for a layout that is not in `LAYOUTS`."""
    sheet = LAYOUTS[layout](bill, faces)
    title = f"{bill.vendor.name} {bill.number}"
    # Two passes: "Page 1 of 2" stands on the first page, and only the first pass knows the 2.
    _, pages = _set(sheet, title, bill.vendor.name, pages=1)
    return _set(sheet, title, bill.vendor.name, pages)[0]


def _set(sheet: PageDesign, title: str, author: str, pages: int) -> tuple[bytes, int]:
    def furniture(canvas: Canvas, document: BaseDocTemplate) -> None:
        canvas.saveState()
        sheet.furniture(canvas, document.page, pages)
        canvas.restoreState()

    out = BytesIO()
    document = BaseDocTemplate(out, pagesize=sheet.size, title=title, author=author, creator=author, invariant=1)
    document.addPageTemplates(
        [
            PageTemplate("first", [_frame(sheet, sheet.first)], onPage=furniture, autoNextPageTemplate="later"),
            PageTemplate("later", [_frame(sheet, sheet.later)], onPage=furniture),
        ]
    )
    document.build(sheet.story())
    return out.getvalue(), document.page


def _frame(sheet: PageDesign, area: Area) -> Frame:
    width, height = sheet.size
    inside = (area.left, area.bottom, width - area.left - area.right, height - area.top - area.bottom)
    return Frame(*inside, leftPadding=0, rightPadding=0, topPadding=0, bottomPadding=0)
