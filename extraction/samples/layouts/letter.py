"""A business letter after DIN 5008, form B, as German and Dutch firms send it."""

from __future__ import annotations

from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, KeepTogether, Spacer

from extraction.samples.content.bill import Bill
from extraction.samples.content.wording import Wording, grouped
from extraction.samples.layouts.fonts import GREY, RULE, FontFamilies, paragraph, write, write_lines
from extraction.samples.layouts.logo import draw_logo
from extraction.samples.layouts.page_parts import Area, PageDesign, detail_table, item_table, place, total_table

WIDTH, HEIGHT = A4
LEFT, RIGHT = 25 * mm, 20 * mm
TEXT = WIDTH - LEFT - RIGHT


def letter(bill: Bill, faces: FontFamilies) -> PageDesign:
    """Address window, block of references, fold marks, and a foot of columns with register and bank."""
    words, face = Wording(bill), faces.sans

    def story() -> list[Flowable]:
        end = [total_table(words, face, 78 * mm), Spacer(0, 8 * mm), paragraph(face, bill.terms, 9.5)]
        closing = [Spacer(0, 3 * mm), paragraph(face, words["thanks"], 9.5)]
        return [
            paragraph(face, f"{words[bill.title]} {bill.number}", 15, bold=True, colour=HexColor(bill.vendor.colour)),
            Spacer(0, 6 * mm),
            item_table(words, face, TEXT, numbered=True),
            Spacer(0, 3 * mm),
            KeepTogether(end + closing),
        ]

    def furniture(canvas: Canvas, page: int, pages: int) -> None:
        _head(canvas, bill, faces, page)
        if page == 1:
            _window(canvas, bill, faces)
            details = detail_table(words.details(), face, (32 * mm, 42 * mm), size=8.5)
            place(canvas, details, (WIDTH - RIGHT - 74 * mm, HEIGHT - 50 * mm), 74 * mm)
        _foot(canvas, words, faces)
        if pages > 1:
            label = words["page"].format(page=page, pages=pages)
            write(canvas, face, (WIDTH - RIGHT, 33 * mm), label, 8, colour=GREY, align="right")

    return PageDesign(
        A4,
        first=Area(LEFT, RIGHT, 98 * mm, 38 * mm),
        later=Area(LEFT, RIGHT, 48 * mm, 38 * mm),
        story=story,
        furniture=furniture,
    )


def _head(canvas: Canvas, bill: Bill, faces: FontFamilies, page: int) -> None:
    vendor, size = bill.vendor, 17 * mm if page == 1 else 11 * mm
    draw_logo(canvas, vendor.emblem, (WIDTH - RIGHT - size, HEIGHT - 15 * mm - size), size, vendor.colour)
    x, y = WIDTH - RIGHT - size - 4 * mm, HEIGHT - 15 * mm - size / 2
    write(canvas, faces.sans, (x, y), vendor.name, 15, bold=True, align="right", colour=HexColor(vendor.colour))
    write(canvas, faces.sans, (x, y - 5 * mm), vendor.tagline, 8.5, align="right", colour=GREY)
    canvas.setStrokeColor(RULE)
    canvas.setLineWidth(0.5)
    for mark in (105, 210):
        canvas.line(5 * mm, HEIGHT - mark * mm, 10 * mm, HEIGHT - mark * mm)


def _window(canvas: Canvas, bill: Bill, faces: FontFamilies) -> None:
    """The address where an envelope's window shows it: 25 mm from the left, 45 mm from the top."""
    sender = " · ".join((bill.vendor.name, *bill.vendor.address[:2]))
    write(canvas, faces.sans, (LEFT, HEIGHT - 50 * mm), sender, 6.5, colour=GREY)
    canvas.setStrokeColor(RULE)
    canvas.line(LEFT, HEIGHT - 51.5 * mm, LEFT + 80 * mm, HEIGHT - 51.5 * mm)
    if bill.buyer:
        write_lines(canvas, faces.sans, (LEFT, HEIGHT - 60 * mm), (bill.buyer.name, *bill.buyer.address), 10.5)


def _foot(canvas: Canvas, words: Wording, faces: FontFamilies) -> None:
    bill, vendor = words.bill, words.bill.vendor
    canvas.setStrokeColor(HexColor(vendor.colour))
    canvas.setLineWidth(1)
    canvas.line(LEFT, 29 * mm, WIDTH - RIGHT, 29 * mm)
    account = bill.account
    bank = (words["to_pay"], f"IBAN {grouped(account.iban)}", f"BIC {account.bic}") if account else vendor.payment
    columns = (
        (vendor.name, *vendor.address),
        (vendor.phone, vendor.mail, vendor.web),
        (words.tax_id, vendor.register),
        bank,
    )
    for x, lines in zip((0, 42, 79, 117), columns, strict=True):
        write_lines(canvas, faces.sans, (LEFT + x * mm, 24 * mm), lines, 6.2, colour=GREY, leading=1.5)
