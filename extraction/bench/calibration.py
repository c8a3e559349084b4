"""Whether confidence keeps its word: coverage and error by threshold, and a reliability plot."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from matplotlib.figure import Figure
from rich.table import Table

from extraction.bench.metrics import Outcome
from extraction.evidence import CONFIDENCE_THRESHOLD

THRESHOLDS = (0.5, 0.7, 0.8, CONFIDENCE_THRESHOLD, 0.9, 0.95, 0.98)
"""Confidences at which figures are printed, the one in force among them."""

_BINS = 10


@dataclass(frozen=True)
class FieldOutcome:
    """A field of a document whose truth is known: whether it is right, and how sure it was; None when not found."""

    column: str
    right: bool
    confidence: float | None


def field_outcomes(outcomes: Sequence[Outcome]) -> list[FieldOutcome]:
    """Every field of every outcome that the truth has."""
    return [
        FieldOutcome(column, right, outcome.confidence.get(column))
        for outcome in outcomes
        for column, right in (outcome.right | outcome.further).items()
    ]


def table_by_threshold(outcomes: Sequence[Outcome]) -> Table:
    """For the total and for other fields: how many need no check at each threshold, and how many of those are wrong."""
    fields = field_outcomes(outcomes)
    totals = [one for one in fields if one.column == "total"]
    others = [one for one in fields if one.column != "total"]
    table = Table("no doubt from", "totals", "wrong of them", "other fields", "wrong of them")
    for column in table.columns[1:]:
        column.justify, column.no_wrap = "right", True
    for threshold in THRESHOLDS:
        cells = [cell for group in (totals, others) for cell in _covered(group, threshold)]
        table.add_row(f"{threshold:g}", *cells, style="bold" if threshold == CONFIDENCE_THRESHOLD else "")
    return table


def _covered(fields: Sequence[FieldOutcome], threshold: float) -> Iterator[str]:
    sure = [one for one in fields if one.confidence is not None and one.confidence >= threshold]
    wrong = sum(not one.right for one in sure)
    yield f"{len(sure) / len(fields):.1%} ({len(sure)} of {len(fields)})" if fields else "–"
    yield f"{wrong / len(sure):.1%} ({wrong})" if sure else "–"


def plot(outcomes: Sequence[Outcome], file: Path, title: str) -> None:
    """Draws, as PNG, the share that is right over the confidence that was given, for totals and for other fields.

    A point's size says how many values stand behind it; on the diagonal, confidence keeps its word.
    """
    figure = Figure(figsize=(6, 6), layout="constrained")
    axes = figure.add_subplot(xlabel="confidence", ylabel="share that is right", title=title, xlim=(0, 1.02))
    axes.plot([0, 1], [0, 1], color="0.7", linewidth=1)
    axes.axvline(CONFIDENCE_THRESHOLD, color="0.7", linewidth=1, linestyle=":")
    for label, wanted in (("total", True), ("other fields", False)):
        bins = _bins([one for one in field_outcomes(outcomes) if (one.column == "total") == wanted])
        if bins:
            confidence, right, counts = zip(*bins, strict=True)
            sizes = [10 + 6 * number for number in counts]
            axes.scatter(confidence, right, sizes, alpha=0.6, label=f"{label} ({sum(counts)})")
    axes.legend(loc="upper left")
    figure.savefig(file, format="png", dpi=120)


def _bins(fields: Sequence[FieldOutcome]) -> list[tuple[float, float, int]]:
    """Values of like confidence together: their mean confidence, the share that is right, how many."""
    bins = []
    for number in range(_BINS):
        low, high = number / _BINS, (number + 1) / _BINS
        inside = [(one.confidence, one.right) for one in fields if one.confidence is not None]
        inside = [pair for pair in inside if low <= pair[0] < high or (pair[0] == high == 1)]
        if inside:
            mean = sum(confidence for confidence, _ in inside) / len(inside)
            bins.append((mean, sum(right for _, right in inside) / len(inside), len(inside)))
    return bins
