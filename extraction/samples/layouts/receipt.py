"""Till receipts: narrow paper, one fixed-width face, as long as what was bought."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from typing import Literal

from reportlab.graphics.barcode.code128 import Code128
from reportlab.lib.colors import HexColor
from reportlab.lib.units import mm
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

from extraction.samples.content.bill import Bill, Item
from extraction.samples.content.wording import Wording
from extraction.samples.layouts.fonts import FontFamilies, write

PAPER = 80 * mm
EDGE = 5 * mm
COLUMNS = 40
INK = HexColor("#2b2b30")


@dataclass(frozen=True)
class Row:
    """A printed line: text on the left (or centred) and on the right; `size` is a multiple of the normal size."""

    left: str = ""
    right: str = ""
    align: Literal["left", "centre"] = "left"
    bold: bool = False
    size: float = 1.0


RULE = Row("-" * COLUMNS)
BLANK = Row()


def render_receipt(bill: Bill, faces: FontFamilies) -> bytes:
    """The PDF of a till receipt, one page of its own length; equal for equal input."""
    rows = _rows(Wording(bill))
    face = faces.mono
    size = (PAPER - 2 * EDGE) / stringWidth("0" * COLUMNS, face.regular, 1)
    height = sum(_advance(row, size) for row in rows) + 34 * mm
    out = BytesIO()
    canvas = Canvas(out, pagesize=(PAPER, height), invariant=1)
    canvas.setTitle(f"{bill.vendor.name} {bill.number}")
    y = height - 9 * mm
    for row in rows:
        y -= _advance(row, size)
        x = PAPER / 2 if row.align == "centre" else EDGE
        points = size * row.size
        write(canvas, face, (x, y), row.left, points, bold=row.bold, colour=INK, align=row.align)
        write(canvas, face, (PAPER - EDGE, y), row.right, points, bold=row.bold, colour=INK, align="right")
    barcode = Code128(bill.number, barWidth=0.32 * mm, barHeight=11 * mm)
    barcode.drawOn(canvas, (PAPER - barcode.width) / 2, y - 16 * mm)
    canvas.save()
    return out.getvalue()


def _advance(row: Row, size: float) -> float:
    return size * 1.28 * row.size


def _rows(words: Wording) -> list[Row]:
    bill = words.bill
    stamp = f"{words.short_day(bill.issue_date)}  {_time(bill)}"
    return [
        *_head(words),
        Row(f"{words['receipt_number']} {bill.number}", stamp),
        Row(bill.note),
        RULE,
        *(row for item in bill.items for row in _item(words, item)),
        RULE,
        *_totals(words),
        RULE,
        *(_tax_rows(words) if bill.gross_prices else [] if bill.tendered else [Row(words["till_card"])]),
        BLANK,
        Row(words["till_thanks"], align="centre"),
    ]


def _head(words: Wording) -> list[Row]:
    vendor = words.bill.vendor
    lines = (*vendor.address, words.tax_id)
    return [
        Row(vendor.name, align="centre", bold=True, size=1.6),
        *(Row(line, align="centre") for line in lines if line),
        BLANK,
    ]


def _time(bill: Bill) -> str:
    """When it was paid: any hour of a working day does, as long as the same bill always has the same."""
    digits = int("".join(filter(str.isdigit, bill.number)))
    return f"{11 + digits % 9}:{digits * 7 % 60:02}"


def _item(words: Wording, item: Item) -> list[Row]:
    bill, amount = words.bill, words.figure(words.bill.line_total(item))
    code = f" {_code(bill, item)}" if bill.gross_prices else ""
    if item.quantity == 1:
        return [Row(item.description, amount + code)]
    if not bill.gross_prices:
        return [Row(f"{words.number(item.quantity)} {item.description}", amount)]
    each = f"  {words.number(item.quantity)} x {words.price(item.unit_price)}"
    return [Row(item.description, amount + code), Row(each)]


def _code(bill: Bill, item: Item) -> str:
    """The letter that tells the tax rate of a line, A for the highest, as German tills print it."""
    rates = [tax.rate for tax in reversed(bill.taxes)]
    return "ABC"[rates.index(item.rate)]


def _totals(words: Wording) -> list[Row]:
    bill = words.bill
    parts = [
        Row(words["subtotal"], words.figure(bill.subtotal)),
        *(Row(words.tax(tax.rate), words.figure(tax.amount)) for tax in bill.taxes),
    ]
    tip = [Row(words["till_tip"], words.figure(bill.tip))] if bill.tip else []
    total = Row(words["till_total"], words.money(bill.total), bold=True, size=1.35)
    paid = [Row(words["till_paid"], words.figure(bill.total))]
    if bill.tendered:
        change = Row(words["till_change"], words.figure(bill.tendered - bill.total))
        paid = [Row(words["till_cash"], words.figure(bill.tendered)), change]
    return [*([] if bill.gross_prices else parts), *tip, total, BLANK, *paid]


def _tax_rows(words: Wording) -> list[Row]:
    """The table of rates that a receipt with gross prices must show: rate, net, tax, gross."""
    bill = words.bill
    heads = (bill.vendor.tax_name, words["till_net"], bill.vendor.tax_name, words["till_gross"])
    cells = [
        (f"{letter}={words.number(tax.rate)}%", *map(words.figure, (tax.net, tax.amount, tax.net + tax.amount)))
        for letter, tax in zip("ABC", reversed(bill.taxes), strict=False)
    ]
    whole = (words["till_total"].title(), *map(words.figure, (bill.subtotal, bill.tax, bill.total)))
    return [Row("{:<10}{:>10}{:>10}{:>10}".format(*row)) for row in (heads, *cells, whole)]
