"""A chart that Slack draws: https://docs.slack.dev/reference/block-kit/blocks/data-visualization-block."""

from __future__ import annotations

from bot.channels.slack.blocks import Block, cut
from handlers.messages import Chart

CHARTS_LIMIT = 2
TITLE_LIMIT = 50
NAME_LIMIT = 20
POINTS_LIMIT = 20


def is_drawable(chart: Chart) -> bool:
    """Whether Slack takes all of its points, each with a name that is told from the others."""
    return 1 <= len(chart.points) <= POINTS_LIMIT and len(set(_labels(chart))) == len(chart.points)


def to_chart(chart: Chart) -> Block:
    """The block of a chart that is drawable."""
    labels = _labels(chart)
    data = [{"label": label, "value": float(amount)} for label, (_, amount) in zip(labels, chart.points, strict=True)]
    series = [{"name": cut(chart.unit, NAME_LIMIT), "data": data}]
    drawn = {"type": chart.kind, "series": series, "axis_config": {"categories": labels, "y_label": chart.unit}}
    return {"type": "data_visualization", "title": cut(chart.title, TITLE_LIMIT), "chart": drawn}


def _labels(chart: Chart) -> list[str]:
    return [cut(label, NAME_LIMIT) for label, _ in chart.points]
