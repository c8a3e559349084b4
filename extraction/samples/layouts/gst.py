"""An Indian tax invoice: boxes throughout, parties one above the other, facts in cells, tax by its authorities."""

from __future__ import annotations

from reportlab.lib.colors import black
from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, Spacer, Table, TableStyle

from extraction.samples.content.bill import Bill, Business
from extraction.samples.content.wording import Wording
from extraction.samples.layouts.fonts import FontFamilies, FontFamily, paragraph, write
from extraction.samples.layouts.page_parts import Area, PageDesign

WIDTH, HEIGHT = A4
EDGE = 14 * mm
BOX = [("GRID", (0, 0), (-1, -1), 0.5, black), ("VALIGN", (0, 0), (-1, -1), "TOP")]


def gst(bill: Bill, faces: FontFamilies) -> PageDesign:
    """As accounting programs of India print it."""
    words, face = Wording(bill), faces.sans

    def story() -> list[Flowable]:
        return [_head(words, face), _lines(words, face), Spacer(0, 3 * mm), paragraph(face, "E. & O. E.", 7.5)]

    def furniture(canvas: Canvas, page: int, pages: int) -> None:
        title = words[bill.kind].upper()
        write(canvas, face, (WIDTH / 2, HEIGHT - 14 * mm), title, 12, bold=True, align="centre")
        foot = f"for {bill.vendor.name}    Authorised Signatory"
        write(canvas, face, (WIDTH - EDGE, 16 * mm), foot, 8, align="right")

    area = Area(EDGE, EDGE, 18 * mm, 24 * mm)
    return PageDesign(A4, area, area, story, furniture)


def _head(words: Wording, face: FontFamily) -> Table:
    bill, width = words.bill, WIDTH - 2 * EDGE
    left = [[paragraph(face, _party(words, bill.vendor), 9)]]
    if bill.buyer:
        left.append([paragraph(face, f"{words['bill_to']}\n{_party(words, bill.buyer)}", 9)])
    facts = [[paragraph(face, label, 8), paragraph(face, value, 9, bold=True)] for label, value in words.details()]
    parties = Table(left, [width * 0.5], style=TableStyle(BOX))
    told = Table(facts, [width * 0.25] * 2, style=TableStyle(BOX))
    return Table([[parties, told]], [width * 0.5] * 2, style=TableStyle([*BOX, *_bare()]))


def _party(words: Wording, party: Business) -> str:
    number = f"{words['tax_id']}: {party.vat_id}" if party.vat_id else ""
    return "\n".join(filter(None, (party.name, *party.address, number)))


def _lines(words: Wording, face: FontFamily) -> Table:
    bill, width = words.bill, WIDTH - 2 * EDGE
    heads = ("Sl No.", words["description"], "HSN/SAC", words["quantity"], words["unit_price"], words["amount"])
    rows = [[paragraph(face, head, 8, bold=True) for head in heads]]
    for place, item in enumerate(bill.items, 1):
        amount = words.figure(bill.line_total(item))
        code, many = f"{4819 + 77 * place}", words.number(item.quantity)
        cells = (str(place), item.description, code, many, words.price(item.unit_price), amount)
        rows.append([paragraph(face, cell, 9, align="right" if at > 2 else "left") for at, cell in enumerate(cells)])
    for label, amount in words.totals():
        last = paragraph(face, amount, 9, bold=True, align="right")
        rows.append(["", paragraph(face, label, 9, bold=True, align="right"), "", "", "", last])
    shares = (0.07, 0.37, 0.12, 0.1, 0.14, 0.2)
    return Table(rows, [width * share for share in shares], style=TableStyle(BOX))


def _bare() -> list[tuple[object, ...]]:
    return [(f"{side}PADDING", (0, 0), (-1, -1), 0) for side in ("LEFT", "RIGHT", "TOP", "BOTTOM")]
