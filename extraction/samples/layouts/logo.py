"""Company emblems, drawn with vector shapes in a square of a given size."""

from __future__ import annotations

import math
from collections.abc import Callable

from reportlab.lib.colors import Color, HexColor
from reportlab.pdfgen.canvas import Canvas


def draw_logo(canvas: Canvas, name: str, at: tuple[float, float], size: float, colour: str) -> None:
    """Draws the emblem of that name with its lower left corner at a point (points)."""
    canvas.saveState()
    canvas.translate(*at)
    canvas.scale(size / 100, size / 100)
    _EMBLEMS[name](canvas, HexColor(colour))
    canvas.restoreState()


def _tint(colour: Color, strength: float) -> Color:
    """The colour mixed with white."""
    return Color(*(1 - (1 - part) * strength for part in (colour.red, colour.green, colour.blue)))


def _blocks(canvas: Canvas, colour: Color) -> None:
    for x, y, height, strength in ((4, 0, 48, 0.55), (36, 0, 74, 0.8), (68, 0, 100, 1.0)):
        canvas.setFillColor(_tint(colour, strength))
        canvas.rect(x, y, 26, height, stroke=0, fill=1)


def _leaf(canvas: Canvas, colour: Color) -> None:
    canvas.setFillColor(colour)
    path = canvas.beginPath()
    path.moveTo(10, 10)
    path.curveTo(0, 70, 40, 98, 96, 94)
    path.curveTo(98, 40, 70, 0, 10, 10)
    canvas.drawPath(path, stroke=0, fill=1)
    canvas.setStrokeColor(_tint(colour, 0.15))
    canvas.setLineWidth(4)
    canvas.bezier(2, 2, 30, 40, 50, 55, 78, 76)


def _ring(canvas: Canvas, colour: Color) -> None:
    canvas.setLineWidth(13)
    canvas.setStrokeColor(colour)
    canvas.circle(38, 50, 30, stroke=1, fill=0)
    canvas.setStrokeColor(_tint(colour, 0.5))
    canvas.arc(33, 20, 93, 80, startAng=-150, extent=300)


def _bolt(canvas: Canvas, colour: Color) -> None:
    canvas.setFillColor(colour)
    canvas.circle(50, 50, 50, stroke=0, fill=1)
    _polygon(canvas, _tint(colour, 0.08), (58, 92), (24, 44), (46, 44), (40, 8), (76, 58), (53, 58))


def _peak(canvas: Canvas, colour: Color) -> None:
    _polygon(canvas, _tint(colour, 0.55), (35, 8), (70, 78), (100, 8))
    _polygon(canvas, colour, (0, 8), (38, 92), (74, 8))


def _sun(canvas: Canvas, colour: Color) -> None:
    canvas.setFillColor(colour)
    canvas.circle(50, 50, 22, stroke=0, fill=1)
    canvas.setStrokeColor(colour)
    canvas.setLineWidth(6)
    canvas.setLineCap(1)
    for spoke in range(12):
        x, y = math.cos(spoke * math.pi / 6), math.sin(spoke * math.pi / 6)
        canvas.line(50 + 32 * x, 50 + 32 * y, 50 + 46 * x, 50 + 46 * y)


def _hexagon(canvas: Canvas, colour: Color) -> None:
    for radius, strength in ((50, 1.0), (34, 0.1), (20, 0.7)):
        corners = [(50 + radius * math.sin(k * math.pi / 3), 50 + radius * math.cos(k * math.pi / 3)) for k in range(6)]
        _polygon(canvas, _tint(colour, strength), *corners)


def _wave(canvas: Canvas, colour: Color) -> None:
    canvas.setLineCap(1)
    canvas.setLineWidth(11)
    for y, strength in ((78, 0.4), (52, 0.7), (26, 1.0)):
        canvas.setStrokeColor(_tint(colour, strength))
        canvas.bezier(6, y - 8, 36, y + 34, 60, y - 40, 94, y + 4)


def _polygon(canvas: Canvas, colour: Color, *corners: tuple[float, float]) -> None:
    canvas.setFillColor(colour)
    path = canvas.beginPath()
    path.moveTo(*corners[0])
    for corner in corners[1:]:
        path.lineTo(*corner)
    path.close()
    canvas.drawPath(path, stroke=0, fill=1)


_EMBLEMS: dict[str, Callable[[Canvas, Color], None]] = {
    "blocks": _blocks,
    "leaf": _leaf,
    "ring": _ring,
    "bolt": _bolt,
    "peak": _peak,
    "sun": _sun,
    "hexagon": _hexagon,
    "wave": _wave,
}
