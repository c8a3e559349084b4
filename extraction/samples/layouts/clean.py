"""Much white, small type, the amount due in one large line: what software companies send."""

from __future__ import annotations

from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import LETTER
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, Spacer

from extraction.samples.content.bill import Bill
from extraction.samples.content.wording import Wording
from extraction.samples.layouts.fonts import GREY, RULE, FontFamilies, paragraph, write, write_lines
from extraction.samples.layouts.logo import draw_logo
from extraction.samples.layouts.page_parts import Area, PageDesign, detail_table, item_table, place, total_table

WIDTH, HEIGHT = LETTER
EDGE = 20 * mm


def clean(bill: Bill, faces: FontFamilies) -> PageDesign:
    """US Letter; heads in grey, hairlines only."""
    words, face = Wording(bill), faces.sans
    lines = [("LINEBELOW", (0, 0), (-1, -1), 0.4, RULE), ("LEFTPADDING", (0, 0), (0, -1), 0)]

    def story() -> list[Flowable]:
        due = f"{words['amount_due']}: {words.money(bill.total)}"
        when = f"{words['due']}: {words.day(bill.due_date)}" if bill.due_date else ""
        return [
            paragraph(face, due, 17, bold=True),
            Spacer(0, 1.5 * mm),
            paragraph(face, when, 10, colour=GREY),
            Spacer(0, 9 * mm),
            item_table(words, face, WIDTH - 2 * EDGE, style=lines, head=GREY),
            Spacer(0, 5 * mm),
            total_table(words, face, 84 * mm),
            Spacer(0, 14 * mm),
            paragraph(face, bill.terms, 8.5, colour=GREY),
            Spacer(0, 2 * mm),
            paragraph(face, "\n".join(bill.vendor.payment), 8.5),
        ]

    def furniture(canvas: Canvas, page: int, pages: int) -> None:
        canvas.setFillColor(HexColor(bill.vendor.colour))
        canvas.rect(0, HEIGHT - 2.2 * mm, WIDTH, 2.2 * mm, stroke=0, fill=1)
        _head(canvas, words, faces)
        label = words["page"].format(page=page, pages=pages)
        write(canvas, face, (EDGE, 12 * mm), f"{bill.number} · {bill.vendor.name}", 7.5, colour=GREY)
        write(canvas, face, (WIDTH - EDGE, 12 * mm), label, 7.5, colour=GREY, align="right")

    area = Area(EDGE, EDGE, 106 * mm, 22 * mm)
    return PageDesign(LETTER, area, area, story, furniture)


def _head(canvas: Canvas, words: Wording, faces: FontFamilies) -> None:
    bill, vendor, top = words.bill, words.bill.vendor, HEIGHT - 24 * mm
    write(canvas, faces.sans, (EDGE, top), words[bill.title], 22, bold=True)
    draw_logo(canvas, vendor.emblem, (WIDTH - EDGE - 13 * mm, top - 6 * mm), 13 * mm, vendor.colour)
    details = detail_table(words.details(), faces.sans, (32 * mm, 50 * mm))
    place(canvas, details, (EDGE - 4, top - 7 * mm), 82 * mm)
    below = top - 34 * mm
    lines = (*vendor.address, vendor.phone, vendor.mail, words.tax_id)
    write(canvas, faces.sans, (EDGE, below), vendor.name, 9.5, bold=True)
    write_lines(canvas, faces.sans, (EDGE, below - 5 * mm), lines, 9, colour=GREY)
    if bill.buyer:
        x = WIDTH / 2 + 6 * mm
        write(canvas, faces.sans, (x, below), words["bill_to"], 9.5, bold=True)
        write_lines(canvas, faces.sans, (x, below - 5 * mm), (bill.buyer.name, *bill.buyer.address), 9, colour=GREY)
