"""The forecast as a line: the balance day by day, with the bills that move it marked and the largest named below."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from handlers.charts import style
from handlers.language.formats import money, round_money, short_day
from handlers.language.translation import say
from storage.ledger.money import Money
from storage.reports.cash_flow_forecast import Basis, Flow, Forecast

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

NAMED = 4
"""The largest movements have a number on the line and their name below; more would be unreadable on a phone."""


def forecast_chart(ahead: Forecast) -> Figure:
    """Steps from today to the last day, red where they are below zero."""
    named = sorted(ahead.flows, key=lambda flow: (-abs(flow.amount.minor), flow.on))[:NAMED]
    named.sort(key=lambda flow: (flow.on, -abs(flow.amount.minor)))
    title = forecast_title(ahead)
    note = say("counted from zero: its balance is not known") if ahead.untold else ""
    figure, axes = style.sheet(4.2 + 0.36 * len(named), title, note)
    days = [on.toordinal() for on, _ in ahead.line()]
    heights = [float(balance.decimal) for _, balance in ahead.line()]
    axes.step(days, heights, where="post", color=style.BLUE, linewidth=3.5)
    axes.fill_between(days, heights, 0, step="post", color=style.PALE_BLUE, alpha=0.7, linewidth=0)
    axes.fill_between(days, [min(h, 0.0) for h in heights], 0, step="post", color=style.RED, alpha=0.35, linewidth=0)
    axes.axhline(0, color=style.SOFT, linewidth=1.2)
    _scales(axes, ahead)
    for flow in ahead.flows:
        if flow not in named:
            axes.plot(flow.on.toordinal(), _height(ahead, flow.on), "o", color=_colour(flow), markersize=7)
    _name(axes, ahead, named)
    return figure


def forecast_title(ahead: Forecast) -> str:
    """What there will be, above the line."""
    return say("Bank and cash until {day}: {amount}", day=short_day(ahead.until), amount=money(ahead.closing))


def _name(axes: Axes, ahead: Forecast, named: list[Flow]) -> None:
    """Numbers on the line, those of one day beside each other; what they stand for below it."""
    beside: dict[date, int] = {}
    width = (ahead.until - ahead.today).days or 1
    for number, flow in enumerate(named, 1):
        place = flow.on.toordinal() + width * 0.055 * beside.get(flow.on, 0)
        beside[flow.on] = beside.get(flow.on, 0) + 1
        axes.annotate(
            str(number),
            (place, _height(ahead, flow.on)),
            ha="center",
            va="center",
            color=style.PAPER,
            fontsize=style.LETTERS - 3,
            fontweight="bold",
            bbox={
                "boxstyle": "circle,pad=0.25",
                "facecolor": _colour(flow),
                "edgecolor": style.PAPER,
                "linewidth": 1.5,
            },
            annotation_clip=False,
        )
    lines = "\n".join(f"{number}  {_words(flow)}" for number, flow in enumerate(named, 1))
    axes.set_xlabel(lines, fontsize=style.LETTERS - 1, color=style.INK, loc="left", labelpad=12, linespacing=1.5)


def _words(flow: Flow) -> str:
    """ "2 Apr · Acme GmbH · -€1,249.50"."""
    party = flow.party if len(flow.party) <= 18 else f"{flow.party[:17].rstrip()}…"
    when = short_day(flow.on)
    expected = say(" (expected)") if flow.basis is Basis.EXPECTED else ""
    return f"{when} · {party} · {money(flow.amount)}{expected}"


def _scales(axes: Axes, ahead: Forecast) -> None:
    from matplotlib.ticker import FuncFormatter, MaxNLocator

    currency = ahead.opening.currency
    axes.grid(axis="y", color=style.RULE, linewidth=1)
    axes.set_axisbelow(True)
    axes.yaxis.set_major_locator(MaxNLocator(4))
    axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: round_money(Money.of(f"{value:.0f}", currency))))
    third = (ahead.until - ahead.today) / 3
    ticks = [ahead.today, ahead.today + third, ahead.today + third * 2, ahead.until]
    if third < timedelta(days=1):
        ticks = [ahead.today, ahead.until]
    axes.set_xticks([on.toordinal() for on in ticks], [short_day(on) for on in ticks])
    axes.margins(x=0.05, y=0.15)


def _height(ahead: Forecast, on: date) -> float:
    """The balance at the end of a day."""
    return float(next(balance for day, balance in reversed(ahead.line()) if day <= on).decimal)


def _colour(flow: Flow) -> str:
    if flow.amount.minor > 0:
        return style.GREEN
    return style.RED if flow.basis is Basis.OVERDUE else style.INK
