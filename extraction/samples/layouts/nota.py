"""A form of boxes with a small label in the corner of each and its value below: fiscal documents of Latin America."""

from __future__ import annotations

from reportlab.lib.colors import black
from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, Spacer, Table, TableStyle

from extraction.samples.content.bill import Bill, Business
from extraction.samples.content.wording import Wording
from extraction.samples.layouts.fonts import GREY, FontFamilies, FontFamily, paragraph, write
from extraction.samples.layouts.page_parts import Area, PageDesign, item_table

WIDTH, HEIGHT = A4
EDGE = 12 * mm
INSIDE = WIDTH - 2 * EDGE
BOX = [("GRID", (0, 0), (-1, -1), 0.6, black), ("VALIGN", (0, 0), (-1, -1), "TOP")]


def nota(bill: Bill, faces: FontFamilies) -> PageDesign:
    """Each block has its heading over it; the totals stand in boxes side by side."""
    words, face = Wording(bill), faces.sans

    def story() -> list[Flowable]:
        parties = [(words["from"], bill.vendor)] + ([(words["bill_to"], bill.buyer)] if bill.buyer else [])
        blocks = [flowable for heading, party in parties for flowable in _party(words, face, heading, party)]
        lines = item_table(words, face, INSIDE, style=[("GRID", (0, 0), (-1, -1), 0.4, black)])
        return [_boxes(face, words.details()), *blocks, Spacer(0, 3 * mm), lines, _boxes(face, words.totals())]

    def furniture(canvas: Canvas, page: int, pages: int) -> None:
        write(canvas, face, (EDGE, HEIGHT - 18 * mm), bill.vendor.name, 12, bold=True)
        title = words[bill.kind].upper()
        write(canvas, face, (WIDTH - EDGE, HEIGHT - 18 * mm), title, 13, bold=True, align="right")

    area = Area(EDGE, EDGE, 24 * mm, 16 * mm)
    return PageDesign(A4, area, area, story, furniture)


def _party(words: Wording, face: FontFamily, heading: str, party: Business) -> list[Flowable]:
    number = [(words["tax_id"], party.vat_id)] if party.vat_id else []
    name = paragraph(face, "\n".join((party.name, *party.address)), 9.5)
    boxes = [[name, _box(face, *number[0]) if number else ""]]
    block = Table(boxes, [INSIDE * 0.66, INSIDE * 0.34], style=TableStyle(BOX))
    return [Spacer(0, 3 * mm), paragraph(face, heading.upper(), 8, bold=True), block]


def _boxes(face: FontFamily, told: list[tuple[str, str]]) -> Table:
    """Labels and values in boxes of one row."""
    cells = [[_box(face, label, value) for label, value in told]]
    return Table(cells, [INSIDE / len(told)] * len(told), style=TableStyle(BOX))


def _box(face: FontFamily, label: str, value: str) -> list[Flowable]:
    return [paragraph(face, label, 7, colour=GREY), paragraph(face, value, 10, bold=True)]
