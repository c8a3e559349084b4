"""What a layout is made of: the paper, what stands on every page, and the text that flows through it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from reportlab.lib.colors import Color
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, Table, TableStyle

from extraction.samples.content.bill import Item
from extraction.samples.content.wording import Wording
from extraction.samples.layouts.fonts import GREY, INK, RULE, FontFamily, paragraph


@dataclass(frozen=True)
class Area:
    """Where text flows on a page: distances from the page's edges, in points."""

    left: float
    right: float
    top: float
    bottom: float


@dataclass(frozen=True)
class PageDesign:
    """A laid-out document. `story` makes the flowing text anew for each pass.

    `furniture` draws what stands fixed: it gets the canvas, the page's number from 1, and how many pages there are.
    """

    size: tuple[float, float]
    first: Area
    later: Area
    story: Callable[[], list[Flowable]]
    furniture: Callable[[Canvas, int, int], None]


Style = Sequence[tuple[object, ...]]

OPEN_ROWS: Style = (
    ("LINEBELOW", (0, 0), (-1, 0), 0.9, INK),
    ("LINEBELOW", (0, 1), (-1, -1), 0.4, RULE),
)
"""Light rules between the lines, a strong one below the heads."""


def item_table(
    words: Wording,
    face: FontFamily,
    width: float,
    *,
    style: Style = OPEN_ROWS,
    head: Color = INK,
    numbered: bool = False,
) -> Table:
    """The lines of a bill as a table that repeats its heads on each page."""
    columns = ["description", "quantity", "unit_price", "amount"]
    widths = [0.52, 0.13, 0.175, 0.175]
    if numbered:
        columns, widths = ["position", *columns], [0.07, 0.45, *widths[1:]]
    sides = ["left" if name in ("position", "description") else "right" for name in columns]
    heads = [
        paragraph(face, words[name], 8.5, bold=True, colour=head, align=side)
        for name, side in zip(columns, sides, strict=True)
    ]
    rows = [
        [paragraph(face, cell, align=side) for cell, side in zip(cells, sides, strict=True)]
        for cells in _cells(words, numbered)
    ]
    look = [("VALIGN", (0, 0), (-1, -1), "TOP"), *_padding(4), *style]
    return Table([heads, *rows], [width * part for part in widths], repeatRows=1, style=TableStyle(look))


def _cells(words: Wording, numbered: bool) -> Iterable[list[str]]:
    for place, item in enumerate(words.bill.items, start=1):
        cells = [item.description, _quantity(words, item), words.price(item.unit_price)]
        yield ([str(place)] if numbered else []) + [*cells, words.figure(words.bill.line_total(item))]


def _quantity(words: Wording, item: Item) -> str:
    return f"{words.number(item.quantity)} {item.unit}".strip()


def total_table(words: Wording, face: FontFamily, width: float, *, style: Style = (), colour: Color = INK) -> Table:
    """Subtotal, taxes and the total as label and amount, the total large, at the right of the given width."""
    rows = words.totals()
    cells = [
        [
            paragraph(face, label, 11 if last else 9, bold=last, colour=colour if last else INK),
            paragraph(face, amount, 11 if last else 9, bold=last, colour=colour if last else INK, align="right"),
        ]
        for last, (label, amount) in ((at == len(rows) - 1, row) for at, row in enumerate(rows))
    ]
    look = [("LINEABOVE", (0, -1), (-1, -1), 0.9, INK), ("VALIGN", (0, 0), (-1, -1), "MIDDLE"), *_padding(3), *style]
    return Table(cells, [width * 0.6, width * 0.4], hAlign="RIGHT", style=TableStyle(look))


def detail_table(
    rows: Sequence[tuple[str, str]],
    face: FontFamily,
    widths: tuple[float, float],
    *,
    size: float = 9,
    colour: Color = GREY,
) -> Table:
    """Label and value below each other, without rules."""
    cells = [[paragraph(face, label, size, colour=colour), paragraph(face, value, size)] for label, value in rows]
    return Table(cells, widths, hAlign="LEFT", style=TableStyle([("VALIGN", (0, 0), (-1, -1), "TOP"), *_padding(1)]))


def place(canvas: Canvas, flowable: Flowable, at: tuple[float, float], width: float) -> float:
    """Draws a table or paragraph with its upper left corner at a point; returns the y below it."""
    _, height = flowable.wrapOn(canvas, width, 1000 * mm)
    flowable.drawOn(canvas, at[0], at[1] - height)
    return float(at[1] - height)


def _padding(points: float) -> list[tuple[object, ...]]:
    return [
        ("TOPPADDING", (0, 0), (-1, -1), points),
        ("BOTTOMPADDING", (0, 0), (-1, -1), points),
        ("LEFTPADDING", (0, 0), (-1, -1), 4),
        ("RIGHTPADDING", (0, 0), (-1, -1), 4),
    ]
