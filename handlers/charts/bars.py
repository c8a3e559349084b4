"""Bars: what was spent under each name, and open amounts by age."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from typing import TYPE_CHECKING

from handlers.charts import style
from handlers.language.formats import money
from handlers.language.translation import say
from storage.ledger.money import Money

if TYPE_CHECKING:
    from matplotlib.figure import Figure

MOST = 8
"""Bars; what is smaller is one bar together."""


def spend_chart(spent: Sequence[tuple[str, Money]], label: str) -> Figure:
    """A bar for each name, in the order given; all of one currency."""
    shown = spend_rows(spent)
    return _bars(shown, spend_title(label), [style.BLUE] * len(shown))


def spend_rows(spent: Sequence[tuple[str, Money]]) -> list[tuple[str, Money]]:
    """What has a bar: the largest, and the rest together."""
    return [*spent[: MOST - 1], _rest(spent[MOST - 1 :])] if len(spent) > MOST else list(spent)


def spend_title(label: str) -> str:
    """ "Spent in March"."""
    return say("Spent {label}", label=label)


def ageing_chart(ages: Sequence[tuple[str, Money]]) -> Figure:
    """A bar for each age, the youngest first; the later, the redder."""
    colours = [style.GREEN, style.AMBER, style.AMBER, style.RED, style.RED]
    return _bars(ages, ageing_title(), colours)


def ageing_title() -> str:
    """Above the bars."""
    return say("Open amounts by age")


def _rest(spent: Sequence[tuple[str, Money]]) -> tuple[str, Money]:
    return say("Everything else"), sum((amount for _, amount in spent[1:]), spent[0][1])


def _bars(rows: Sequence[tuple[str, Money]], title: str, colours: Sequence[str]) -> Figure:
    """Lying bars, the first on top, each with its amount written out."""
    figure, axes = style.sheet(1.1 + 0.62 * len(rows), title)
    lengths = [float(amount.decimal) for _, amount in rows]
    axes.barh(range(len(rows)), lengths, color=colours, height=0.62)
    axes.invert_yaxis()
    axes.set_yticks(range(len(rows)), [textwrap.fill(name, 18) for name, _ in rows], color=style.INK)
    axes.xaxis.set_visible(False)
    longest = max(map(abs, lengths)) or 1.0
    for row, (length, (_, amount)) in enumerate(zip(lengths, rows, strict=True)):
        axes.text(
            max(length, 0.0) + longest * 0.02, row, money(amount), va="center", fontsize=style.LETTERS, color=style.INK
        )
    axes.set_xlim(min([0.0, *lengths]) * 1.05, longest * 1.6)
    axes.axvline(0, color=style.RULE, linewidth=1.5)
    return figure
