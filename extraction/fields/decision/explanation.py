"""Why a field has its value: its candidates with what speaks for and against each, best first, in lines to read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from extraction.evidence import Page, ReadDocument
from extraction.fields.candidate import Candidate
from extraction.fields.decision.field_candidates import DEPENDENT, INDEPENDENT, candidates_of
from extraction.fields.decision.scoring import choose, score, weights
from extraction.fields.layout.document_layout import lay_out

_MOST = 4
"""Candidates that are shown for a field."""

_LEAST = 0.05
"""Points below which a feature is not worth a mention."""


def explained(document: ReadDocument, pages: Sequence[Page]) -> Iterator[str]:
    """A paragraph for each field that has candidates on `pages`, which are those of the document.

    Each candidate is shown with its value, its points, its share of the probability, and the points of its features.
    A value from another source than these words, such as an e-invoice, is said to be so.
    """
    sheet = lay_out(pages)
    if not sheet.rows:
        return
    for name in (*INDEPENDENT, *DEPENDENT):
        found = document.type if name == "document_type" else document.fields.get(name)
        candidates = candidates_of(name, sheet)
        if candidates or found:
            shown = f"{found.value} ({found.confidence:.0%} sure, {found.source})" if found else "nothing"
            yield f"{name.replace('_', ' ')}: {shown}"
            yield from _ranked(name, candidates)


def _ranked(name: str, candidates: Sequence[Candidate]) -> Iterator[str]:
    """A line for each value, the best first, and one for "none of them" with what it has to be better than."""
    best: dict[str, Candidate] = {}
    for found in sorted(candidates, key=lambda found: -score(name, found.features)):
        best.setdefault(found.value, found)
    choice = choose(name, candidates)
    shares = dict(choice.ranked) if choice else {}
    for value, found in list(best.items())[:_MOST]:
        share = f"{shares[value]:>5.1%}" if value in shares else "     "
        yield f"    {score(name, found.features):>6.2f}  {share}  {value}   {_features(name, found)}"
    if len(best) > _MOST:
        yield f"    and {len(best) - _MOST} more"
    yield f"    {weights()[name]['features']['none']:>6.2f}         none of them"


def _features(name: str, found: Candidate) -> str:
    """The points of each feature, the weightiest first: adds up +1.4, misread −0.2."""
    table = weights()[name]["features"]
    points = {feature: table[feature] * amount for feature, amount in found.features.items()}
    told = sorted((pair for pair in points.items() if abs(pair[1]) >= _LEAST), key=lambda pair: -abs(pair[1]))
    return ", ".join(f"{feature.replace('_', ' ')} {point:+.1f}".replace("-", "−") for feature, point in told)
