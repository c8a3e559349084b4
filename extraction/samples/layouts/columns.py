"""Seller and buyer side by side under the title, each with its tax number: as in the east and south of Europe."""

from __future__ import annotations

from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, Spacer

from extraction.samples.content.bill import Bill
from extraction.samples.content.wording import Wording, grouped
from extraction.samples.layouts.fonts import GREY, RULE, FontFamilies, paragraph, write, write_lines
from extraction.samples.layouts.page_parts import Area, PageDesign, detail_table, item_table, place, total_table

WIDTH, HEIGHT = A4
EDGE = 18 * mm
SHADE = HexColor("#f1f3f5")


def columns(bill: Bill, faces: FontFamilies) -> PageDesign:
    """No name in large letters: who sells stands under its heading only."""
    words, face = Wording(bill), faces.sans
    grid = [("GRID", (0, 0), (-1, -1), 0.4, RULE), ("BACKGROUND", (0, 0), (-1, 0), SHADE)]

    def story() -> list[Flowable]:
        due = f"{words['amount_due']}: {words.money(bill.total)}"
        bank = f"{words['to_pay']}: {grouped(bill.account.iban)}" if bill.account else ""
        return [
            item_table(words, face, WIDTH - 2 * EDGE, style=grid, numbered=True),
            Spacer(0, 4 * mm),
            total_table(words, face, 84 * mm),
            Spacer(0, 6 * mm),
            *([paragraph(face, due, 12, bold=True), Spacer(0, 3 * mm)] if bill.kind == "invoice" else []),
            paragraph(face, bank, 9),
            paragraph(face, words["thanks"], 8.5, colour=GREY),
        ]

    def furniture(canvas: Canvas, page: int, pages: int) -> None:
        title = f"{words[f'{bill.kind}_number']} {bill.number}"
        write(canvas, face, (EDGE, HEIGHT - 22 * mm), title, 15, bold=True)
        _parties(canvas, words, faces)
        details = detail_table(words.details()[1:], face, (46 * mm, 60 * mm), size=9)
        place(canvas, details, (EDGE - 4, HEIGHT - 72 * mm), 106 * mm)

    area = Area(EDGE, EDGE, 96 * mm, 20 * mm)
    return PageDesign(A4, area, area, story, furniture)


def _parties(canvas: Canvas, words: Wording, faces: FontFamilies) -> None:
    bill, top, half = words.bill, HEIGHT - 34 * mm, (WIDTH - 2 * EDGE) / 2
    canvas.setStrokeColor(RULE)
    canvas.line(EDGE, top + 6 * mm, WIDTH - EDGE, top + 6 * mm)
    parties = [(words["from"], bill.vendor)] + ([(words["bill_to"], bill.buyer)] if bill.buyer else [])
    for place_, (heading, party) in enumerate(parties):
        x = EDGE + place_ * half
        write(canvas, faces.sans, (x, top), f"{heading}:", 8.5, colour=GREY)
        write(canvas, faces.sans, (x, top - 6 * mm), party.name, 10, bold=True)
        number = f"{words['tax_id']}: {party.vat_id}" if party.vat_id else ""
        write_lines(canvas, faces.sans, (x, top - 11 * mm), (*party.address, number), 9)
