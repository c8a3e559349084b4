"""A broad band of the house colour on top, tinted panels below: what a print shop or agency sends."""

from __future__ import annotations

from reportlab.lib.colors import HexColor, white
from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, KeepTogether, Spacer, Table, TableStyle

from extraction.samples.content.bill import Bill
from extraction.samples.content.wording import Wording, grouped
from extraction.samples.layouts.fonts import GREY, INK, RULE, FontFamilies, paragraph, write, write_lines
from extraction.samples.layouts.logo import draw_logo
from extraction.samples.layouts.page_parts import Area, PageDesign, detail_table, item_table, place, total_table

WIDTH, HEIGHT = A4
EDGE = 18 * mm
BAND = 40 * mm
PANEL = HexColor("#f1f4f5")


def band(bill: Bill, faces: FontFamilies) -> PageDesign:
    """White name and kind on the band, then two addresses and the details side by side."""
    words, face, colour = Wording(bill), faces.sans, HexColor(bill.vendor.colour)
    lines = [
        ("BACKGROUND", (0, 0), (-1, 0), colour),
        ("ROWBACKGROUNDS", (0, 1), (-1, -1), [white, PANEL]),
        ("LINEBELOW", (0, -1), (-1, -1), 0.8, colour),
    ]
    total = [("BACKGROUND", (0, -1), (-1, -1), colour)]

    def story() -> list[Flowable]:
        return [
            item_table(words, face, WIDTH - 2 * EDGE, style=lines, head=white),
            Spacer(0, 5 * mm),
            total_table(words, face, 82 * mm, style=total, colour=white),
            Spacer(0, 12 * mm),
            KeepTogether([_payment(words, faces)]),
        ]

    def furniture(canvas: Canvas, page: int, pages: int) -> None:
        _band(canvas, words, faces)
        if page == 1:
            _parties(canvas, words, faces)
        vendor = bill.vendor
        foot = " · ".join(part for part in (vendor.register, vendor.phone, vendor.mail, vendor.web) if part)
        canvas.setStrokeColor(RULE)
        canvas.line(EDGE, 17 * mm, WIDTH - EDGE, 17 * mm)
        write(canvas, face, (WIDTH / 2, 12 * mm), foot, 7.2, colour=GREY, align="centre")

    later = Area(EDGE, EDGE, BAND + 10 * mm, 24 * mm)
    return PageDesign(A4, Area(EDGE, EDGE, BAND + 52 * mm, 24 * mm), later, story, furniture)


def _band(canvas: Canvas, words: Wording, faces: FontFamilies) -> None:
    vendor = words.bill.vendor
    canvas.setFillColor(HexColor(vendor.colour))
    canvas.rect(0, HEIGHT - BAND, WIDTH, BAND, stroke=0, fill=1)
    draw_logo(canvas, vendor.emblem, (EDGE, HEIGHT - 29 * mm), 18 * mm, "#ffffff")
    write(canvas, faces.sans, (EDGE + 23 * mm, HEIGHT - 20 * mm), vendor.name, 18, bold=True, colour=white)
    write(canvas, faces.sans, (EDGE + 23 * mm, HEIGHT - 26 * mm), vendor.tagline, 9, colour=white)
    title = words[words.bill.title].upper()
    write(canvas, faces.sans, (WIDTH - EDGE, HEIGHT - 24 * mm), title, 22, colour=white, align="right")


def _parties(canvas: Canvas, words: Wording, faces: FontFamilies) -> None:
    bill, top = words.bill, HEIGHT - BAND - 12 * mm
    columns = [(words["from"], (bill.vendor.name, *bill.vendor.address, words.tax_id))]
    if bill.buyer:
        columns.append((words["bill_to"], (bill.buyer.name, *bill.buyer.address)))
    for column, (label, lines) in enumerate(columns):
        x = EDGE + column * 52 * mm
        write(canvas, faces.sans, (x, top), label.upper(), 7.5, bold=True, colour=HexColor(bill.vendor.colour))
        write_lines(canvas, faces.sans, (x, top - 5.5 * mm), lines, 9, leading=1.45)
    details = detail_table(words.details(), faces.sans, (31 * mm, 39 * mm))
    place(canvas, details, (WIDTH - EDGE - 70 * mm, top + 4 * mm), 70 * mm)


def _payment(words: Wording, faces: FontFamilies) -> Table:
    account = words.bill.account
    bank = f"IBAN {grouped(account.iban)}   BIC {account.bic}" if account else "\n".join(words.bill.vendor.payment)
    cells = [[paragraph(faces.sans, words.bill.terms, 9)]]
    if bank and words.bill.kind == "invoice":
        cells = [[paragraph(faces.sans, words["to_pay"], 9, bold=True)], [paragraph(faces.sans, bank, 9)], *cells]
    look = [("BACKGROUND", (0, 0), (-1, -1), PANEL), ("LINEBEFORE", (0, 0), (0, -1), 2.5, INK)]
    return Table(cells, [WIDTH - 2 * EDGE], style=TableStyle([*look, ("LEFTPADDING", (0, 0), (-1, -1), 10)]))
