"""The facts in a block at the right with each label over its value, as in the north of Europe; a slip at the foot."""

from __future__ import annotations

from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, Spacer

from extraction.samples.content.bill import Bill
from extraction.samples.content.wording import Wording, grouped
from extraction.samples.layouts.fonts import GREY, RULE, FontFamilies, write, write_lines
from extraction.samples.layouts.logo import draw_logo
from extraction.samples.layouts.page_parts import Area, PageDesign, item_table, total_table

WIDTH, HEIGHT = A4
EDGE = 20 * mm
ACROSS = 42 * mm


def nordic(bill: Bill, faces: FontFamilies) -> PageDesign:
    """The seller's name above, the buyer's address without a heading below, facts two by two beside it."""
    words, face = Wording(bill), faces.sans

    def story() -> list[Flowable]:
        return [
            item_table(words, face, WIDTH - 2 * EDGE),
            Spacer(0, 4 * mm),
            total_table(words, face, 84 * mm),
        ]

    def furniture(canvas: Canvas, page: int, pages: int) -> None:
        vendor = bill.vendor
        draw_logo(canvas, vendor.emblem, (EDGE, HEIGHT - 28 * mm), 12 * mm, vendor.colour)
        colour = HexColor(vendor.colour)
        write(canvas, face, (EDGE + 16 * mm, HEIGHT - 23 * mm), vendor.name, 15, bold=True, colour=colour)
        right = WIDTH - EDGE
        write(canvas, face, (right, HEIGHT - 40 * mm), words[bill.kind], 17, bold=True, align="right")
        if bill.buyer:
            write_lines(canvas, face, (EDGE, HEIGHT - 56 * mm), (bill.buyer.name, *bill.buyer.address), 10.5)
        _facts(canvas, words, faces)
        _foot(canvas, words, faces)

    area = Area(EDGE, EDGE, 104 * mm, 42 * mm)
    return PageDesign(A4, area, area, story, furniture)


def _facts(canvas: Canvas, words: Wording, faces: FontFamilies) -> None:
    for place, (label, value) in enumerate(words.details()):
        x, y = WIDTH - EDGE - (2 - place % 2) * ACROSS, HEIGHT - (54 + 12 * (place // 2)) * mm
        write(canvas, faces.sans, (x, y), label, 7.5, colour=GREY)
        write(canvas, faces.sans, (x, y - 4.2 * mm), value, 9.5)


def _foot(canvas: Canvas, words: Wording, faces: FontFamilies) -> None:
    bill, vendor = words.bill, words.bill.vendor
    canvas.setStrokeColor(RULE)
    canvas.line(EDGE, 34 * mm, WIDTH - EDGE, 34 * mm)
    write_lines(canvas, faces.sans, (EDGE, 29 * mm), (vendor.name, *vendor.address, words.tax_id), 8, colour=GREY)
    if bill.kind == "invoice":
        bank = (words["to_pay"], grouped(bill.account.iban)) if bill.account else ()
        lines = (*bank, f"{words['amount_due']}  {words.money(bill.total)}")
        write_lines(canvas, faces.sans, (WIDTH / 2, 29 * mm), lines, 9)
