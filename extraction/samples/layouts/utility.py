"""An electricity bill: the sum in a panel, a year of use as bars, the meter, the charges, a slip to pay by."""

from __future__ import annotations

from reportlab.lib.colors import HexColor, white
from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, Spacer

from extraction.samples.content.bill import Bill, Meter
from extraction.samples.content.wording import Wording, grouped
from extraction.samples.layouts.fonts import GREY, RULE, FontFamilies, paragraph, write, write_lines
from extraction.samples.layouts.logo import draw_logo
from extraction.samples.layouts.page_parts import Area, PageDesign, detail_table, item_table, place, total_table

WIDTH, HEIGHT = A4
EDGE = 18 * mm
TINT = HexColor("#e8f4ee")
SLIP = 62 * mm


def utility(bill: Bill, faces: FontFamilies) -> PageDesign:
    """One page; what is to be paid stands in the panel at the top and again on the slip."""
    words, face = Wording(bill), faces.sans

    def story() -> list[Flowable]:
        return [
            item_table(words, face, WIDTH - 2 * EDGE),
            Spacer(0, 3 * mm),
            total_table(words, face, 80 * mm),
        ]

    def furniture(canvas: Canvas, page: int, pages: int) -> None:
        _head(canvas, words, faces)
        _panel(canvas, words, faces)
        if bill.meter:
            _bars(canvas, bill.meter, bill, faces)
        _slip(canvas, words, faces)

    area = Area(EDGE, EDGE, 128 * mm, SLIP + 8 * mm)
    return PageDesign(A4, area, area, story, furniture)


def _head(canvas: Canvas, words: Wording, faces: FontFamilies) -> None:
    bill, vendor = words.bill, words.bill.vendor
    draw_logo(canvas, vendor.emblem, (EDGE, HEIGHT - 30 * mm), 15 * mm, vendor.colour)
    name_at = (EDGE + 19 * mm, HEIGHT - 22 * mm)
    write(canvas, faces.sans, name_at, vendor.name, 17, bold=True, colour=HexColor(vendor.colour))
    write(canvas, faces.sans, (EDGE + 19 * mm, HEIGHT - 28 * mm), vendor.tagline, 9, colour=GREY)
    contact = (*vendor.address, vendor.phone, vendor.mail)
    write_lines(canvas, faces.sans, (WIDTH - EDGE, HEIGHT - 18 * mm), contact, 8, colour=GREY, align="right")
    if bill.buyer:
        write_lines(canvas, faces.sans, (EDGE, HEIGHT - 48 * mm), (bill.buyer.name, *bill.buyer.address), 10.5)


def _panel(canvas: Canvas, words: Wording, faces: FontFamilies) -> None:
    bill, width, top = words.bill, 84 * mm, HEIGHT - 42 * mm
    x = WIDTH - EDGE - width
    canvas.setFillColor(TINT)
    canvas.roundRect(x, top - 68 * mm, width, 68 * mm, 3 * mm, stroke=0, fill=1)
    canvas.setFillColor(HexColor(bill.vendor.colour))
    canvas.roundRect(x, top - 22 * mm, width, 22 * mm, 3 * mm, stroke=0, fill=1)
    write(canvas, faces.sans, (x + 6 * mm, top - 9 * mm), words["amount_due"], 10, colour=white)
    total = words.money(bill.total)
    write(canvas, faces.sans, (x + width - 6 * mm, top - 15 * mm), total, 21, bold=True, colour=white, align="right")
    details = detail_table(words.details(), faces.sans, (36 * mm, 40 * mm), size=9.5)
    below = place(canvas, details, (x + 4 * mm, top - 26 * mm), width)
    note = paragraph(faces.sans, bill.terms, 8.5, colour=GREY)
    place(canvas, note, (x + 5.5 * mm, below - 3 * mm), width - 10 * mm)


def _bars(canvas: Canvas, meter: Meter, bill: Bill, faces: FontFamilies) -> None:
    x, base, width, height = EDGE, HEIGHT - 100 * mm, 80 * mm, 24 * mm
    write(canvas, faces.sans, (x, base + height + 5 * mm), "Your use over twelve months, kWh", 8.5, bold=True)
    step, most = width / len(meter.history), max(meter.history)
    for month, used in enumerate(meter.history):
        last = month == len(meter.history) - 1
        canvas.setFillColor(HexColor(bill.vendor.colour) if last else HexColor("#a9d3bd"))
        canvas.rect(x + month * step, base, step * 0.7, height * used / most, stroke=0, fill=1)
    canvas.setStrokeColor(RULE)
    canvas.line(x, base, x + width, base)
    reading = f"Meter {meter.number}   previous {meter.before:,}   present {meter.now:,}"
    write(canvas, faces.sans, (x, base - 6 * mm), reading, 8.5)
    write(canvas, faces.sans, (x, base - 10.5 * mm), f"Used this period: {meter.now - meter.before:,} kWh", 8.5)


def _slip(canvas: Canvas, words: Wording, faces: FontFamilies) -> None:
    bill, account = words.bill, words.bill.account
    canvas.setStrokeColor(GREY)
    canvas.setDash(3, 3)
    canvas.line(0, SLIP, WIDTH, SLIP)
    canvas.setDash()
    write(canvas, faces.sans, (EDGE, SLIP - 9 * mm), words["to_pay"], 11, bold=True)
    rows = [(words["bill_to"], bill.buyer.name if bill.buyer else ""), (words["reference"], bill.reference)]
    if account:
        rows += [("IBAN", grouped(account.iban)), ("BIC", account.bic)]
    place(canvas, detail_table(rows, faces.sans, (36 * mm, 74 * mm), size=9.5), (EDGE - 4, SLIP - 13 * mm), 110 * mm)
    x, y = WIDTH - EDGE - 48 * mm, SLIP - 30 * mm
    canvas.rect(x, y, 48 * mm, 14 * mm, stroke=1, fill=0)
    write(canvas, faces.sans, (x + 3 * mm, y + 16 * mm), words["amount_due"], 8.5, colour=GREY)
    write(canvas, faces.mono, (x + 44 * mm, y + 5 * mm), words.money(bill.total), 13, bold=True, align="right")
    vendor = bill.vendor
    foot = " · ".join((vendor.name, vendor.register, words.tax_id))
    write(canvas, faces.sans, (WIDTH / 2, 9 * mm), foot, 7, colour=GREY, align="centre")
