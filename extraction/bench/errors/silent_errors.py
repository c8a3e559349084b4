"""What confidence promises, field by field: how many values are shown without a doubt, and how many of those are wrong.

Aimed at: of what is shown without doubt at most 0.5 % of totals and 1 % of every other field wrong, and at least 85 %
shown without doubt. Both are printed with their 95 % intervals, since of 100 documents without an error up to four may
still be wrong in the next hundred.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import sqrt
from statistics import NormalDist

from rich.table import Table

from extraction.bench.metrics import Outcome

OPEN_DATE = "date, day or month open"
"""Dates that can be read in two ways, by the truth: either counts as right there, so they are counted apart."""

_Z = NormalDist().inv_cdf(0.975)


def wilson(hits: int, out_of: int) -> tuple[float, float]:
    """The 95 % interval of a share by Wilson's score: E. B. Wilson, *Probable Inference* (JASA 22, 1927).

    (0, 1) where nothing was counted.
    """
    if not out_of:
        return 0.0, 1.0
    share, square = hits / out_of, _Z * _Z
    centre = share + square / (2 * out_of)
    spread = _Z * sqrt(share * (1 - share) / out_of + square / (4 * out_of * out_of))
    low, high = ((centre + sign * spread) / (1 + square / out_of) for sign in (-1, 1))
    return max(low, 0.0), min(high, 1.0)


def table_of_silent_errors(outcomes: Sequence[Outcome]) -> Table:
    """A row a field: of documents whose truth has it, those shown without doubt, and the wrong ones among these."""
    table = Table("field", "documents", "without doubt", "95 %", "wrong of them", "95 %")
    for column in table.columns[1:]:
        column.justify, column.no_wrap = "right", True
    told = [_told(outcome) for outcome in outcomes]
    for name in dict.fromkeys(name for fields in told for name in fields):
        sure = [right for fields in told if name in fields for right, certain in [fields[name]] if certain]
        documents = sum(name in fields for fields in told)
        table.add_row(name, str(documents), *_share(len(sure), documents), *_share(sure.count(False), len(sure)))
    return table


def _told(outcome: Outcome) -> dict[str, tuple[bool, bool]]:
    """Each field that the truth has: whether it is right, and whether no doubt would have been shown."""
    fields = outcome.right | outcome.further
    return {
        OPEN_DATE if name == "date" and outcome.open_date else name: (right, outcome.sure(name))
        for name, right in fields.items()
    }


def _share(hits: int, out_of: int) -> tuple[str, str]:
    if not out_of:
        return "–", ""
    low, high = wilson(hits, out_of)
    return f"{hits / out_of:.1%} ({hits})", f"{low:.1%} – {high:.1%}"
