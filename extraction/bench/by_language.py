"""How much was read right in each language, of a set whose truth names it (see extraction.samples.language_set)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from rich.table import Table

from extraction.bench.datasets import Sample
from extraction.bench.metrics import Outcome, count


def table_by_language(samples: Sequence[Sample], outcomes: Sequence[Outcome]) -> Table | None:
    """A row for each language with the per cent of each column that are right; None where the truth names none."""
    told: defaultdict[str, list[Outcome]] = defaultdict(list)
    for sample, outcome in zip(samples, outcomes, strict=True):
        if language := sample.truth.get("language"):
            told[language].append(outcome)
    if not told:
        return None
    figures = {language: count(of_it) for language, of_it in sorted(told.items())}
    columns = list(dict.fromkeys(column for found in figures.values() for column in found.shares))
    table = Table("right, %", "documents", *columns)
    for language, found in figures.items():
        shares = (found.shares.get(column) for column in columns)
        table.add_row(language, str(found.documents), *(f"{100 * s[0] / s[1]:.0f}" if s else "–" for s in shares))
    return table
