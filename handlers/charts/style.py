"""The house style of charts: light, few lines, large letters, so that they can be read on a phone.

matplotlib is used without its global state (no pyplot), so that several threads may draw at once. It takes a second to
load, which only whoever asks for a picture waits for.
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

INK, SOFT, RULE, PAPER = "#141b25", "#66717f", "#e0e5ec", "#ffffff"
BLUE, PALE_BLUE, RED, AMBER, GREEN = "#1f5eff", "#dbe5ff", "#b3261e", "#e8a600", "#0b7a4b"

WIDTH = 6.0
"""Inches; with DPI that is 1200 pixels, three times the width of a phone's bubble."""
DPI = 200
LETTERS = 15
"""Points: at 400 pixels' width about the size of the chat's own small letters."""


def sheet(height: float, title: str, note: str = "") -> tuple[Figure, Axes]:
    """An empty chart of so many inches' height, with its title at the left and a warning below that, "" for none."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure
    from matplotlib.layout_engine import ConstrainedLayoutEngine

    margins = ConstrainedLayoutEngine(w_pad=0.18, h_pad=0.16)
    figure = Figure(figsize=(WIDTH, height), dpi=DPI, facecolor=PAPER, layout=margins)
    FigureCanvasAgg(figure)
    axes = figure.subplots()
    axes.set_facecolor(PAPER)
    for side in ("top", "right", "left", "bottom"):
        axes.spines[side].set_visible(False)
    axes.tick_params(length=0, labelsize=LETTERS, labelcolor=SOFT, pad=6)
    figure.suptitle(title, x=0.03, ha="left", fontsize=LETTERS + 2, fontweight="bold", color=INK)
    if note:
        axes.set_title(f"⚠ {note}", loc="left", fontsize=LETTERS - 1, color=RED, pad=10)
    return figure, axes


def png(figure: Figure) -> bytes:
    """The chart as a PNG. Equal charts are equal bytes: nothing in them tells when they were drawn."""
    out = io.BytesIO()
    figure.savefig(out, format="png", dpi=DPI, facecolor=PAPER, metadata={"Software": None})
    return out.getvalue()
