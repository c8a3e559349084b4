"""Serif type, ruled boxes and a centred name: the look of an old house."""

from __future__ import annotations

from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, Spacer

from extraction.samples.content.bill import Bill
from extraction.samples.content.wording import Wording, grouped
from extraction.samples.layouts.fonts import GREY, INK, FontFamilies, FontFamily, paragraph, write, write_lines
from extraction.samples.layouts.logo import draw_logo
from extraction.samples.layouts.page_parts import Area, PageDesign, detail_table, item_table, place, total_table

WIDTH, HEIGHT = A4
EDGE = 22 * mm
GRID = HexColor("#8d8478")
SHADE = HexColor("#f3efe8")


def classic(bill: Bill, faces: FontFamilies) -> PageDesign:
    """Set in a serif face; a Polish bill in one that has its letters on every system."""
    words = Wording(bill)
    face = faces.polish if bill.locale.startswith("pl") else faces.serif
    grid = [
        ("GRID", (0, 0), (-1, -1), 0.5, GRID),
        ("BACKGROUND", (0, 0), (-1, 0), SHADE),
    ]
    total = [("GRID", (0, 0), (-1, -1), 0.5, GRID), ("BACKGROUND", (0, -1), (-1, -1), SHADE)]

    def story() -> list[Flowable]:
        return [
            item_table(words, face, WIDTH - 2 * EDGE, style=grid),
            Spacer(0, 5 * mm),
            total_table(words, face, 80 * mm, style=total),
            Spacer(0, 9 * mm),
            *_payment(words, face),
        ]

    def furniture(canvas: Canvas, page: int, pages: int) -> None:
        _head(canvas, bill, face)
        if page == 1:
            _parties(canvas, words, face)
        vendor = bill.vendor
        for row, parts in enumerate(((vendor.name, *vendor.address, vendor.phone), (vendor.register, words.tax_id))):
            line = " – ".join(part for part in parts if part)
            write(canvas, face, (WIDTH / 2, (17 - 4 * row) * mm), line, 7.5, colour=GREY, align="centre")

    later = Area(EDGE, EDGE, 60 * mm, 26 * mm)
    return PageDesign(A4, Area(EDGE, EDGE, 112 * mm, 26 * mm), later, story, furniture)


def _head(canvas: Canvas, bill: Bill, face: FontFamily) -> None:
    vendor = bill.vendor
    draw_logo(canvas, vendor.emblem, (WIDTH / 2 - 7 * mm, HEIGHT - 29 * mm), 14 * mm, vendor.colour)
    name_at, tag_at = (WIDTH / 2, HEIGHT - 39 * mm), (WIDTH / 2, HEIGHT - 45 * mm)
    write(canvas, face, name_at, vendor.name, 22, align="centre", colour=HexColor(vendor.colour))
    write(canvas, face, tag_at, vendor.tagline, 10, align="centre", colour=GREY)
    canvas.setStrokeColor(HexColor(vendor.colour))
    for y, weight in ((49, 1.4), (50, 0.4)):
        canvas.setLineWidth(weight)
        canvas.line(EDGE, HEIGHT - y * mm, WIDTH - EDGE, HEIGHT - y * mm)


def _parties(canvas: Canvas, words: Wording, face: FontFamily) -> None:
    bill, top = words.bill, HEIGHT - 64 * mm
    write(canvas, face, (EDGE, top), words[bill.title], 20)
    place(canvas, detail_table(words.details(), face, (34 * mm, 48 * mm), size=10), (EDGE - 4, top - 7 * mm), 82 * mm)
    box = 74 * mm
    x = WIDTH - EDGE - box
    canvas.setStrokeColor(GRID)
    canvas.setLineWidth(0.5)
    canvas.rect(x, top - 33 * mm, box, 37 * mm, stroke=1, fill=0)
    write(canvas, face, (x + 5 * mm, top - 3 * mm), words["bill_to"], 8.5, colour=GREY)
    if bill.buyer:
        write_lines(canvas, face, (x + 5 * mm, top - 11 * mm), (bill.buyer.name, *bill.buyer.address), 11)


def _payment(words: Wording, face: FontFamily) -> list[Flowable]:
    bill, account = words.bill, words.bill.account
    rows = [(words["to_pay"], bill.terms)]
    if account:
        rows += [("IBAN", grouped(account.iban)), ("BIC", account.bic)]
    table = detail_table(rows, face, (34 * mm, WIDTH - 2 * EDGE - 34 * mm), size=10, colour=INK)
    return [table, Spacer(0, 8 * mm), paragraph(face, bill.note, 8, colour=GREY)]
